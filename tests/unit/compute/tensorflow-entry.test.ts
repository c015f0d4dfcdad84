import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../src-main/compute/engine.ts'
import { tensorflowEntry } from '../../../src-main/compute/tensorflow/entry.ts'

const core = createRequire(import.meta.url).resolve('@tensorflow/tfjs-core')
const cpu = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-cpu')

/** Where a stand-in for the GPU package lies that runs `body` when it is loaded. */
function standIn(body: string): string {
  const root = mkdtempSync(path.join(tmpdir(), 'causalscope-tensorflow-'))
  writeFileSync(path.join(root, 'package.json'), '{ "name": "causalscope" }')
  plant(path.join(root, 'node_modules'), body)
  return pathToFileURL(path.join(root, 'program.js')).href
}

function plant(modules: string, body: string): void {
  const folder = path.join(modules, '@tensorflow', 'tfjs-node-gpu')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "@tensorflow/tfjs-node-gpu", "main": "index.js" }')
  writeFileSync(path.join(folder, 'index.js'), body)
}

/** Registers a backend as tfjs-node does, on the plain CPU backend's kernels. */
const registers = (gpu: boolean): string => `
  const tf = require(${JSON.stringify(core)})
  const { MathBackendCPU } = require(${JSON.stringify(cpu)})
  if (require('util').isNullOrUndefined(undefined) !== true) throw new Error('util is not repaired')
  if (tf.findBackendFactory('tensorflow')) tf.removeBackend('tensorflow')
  tf.registerBackend('tensorflow', () => Object.assign(new MathBackendCPU(), { isUsingGpuDevice: ${String(gpu)} }))
  tf.copyRegisteredKernels('cpu', 'tensorflow')
`

const flavour = { name: 'tensorflow-gpu', package: '@tensorflow/tfjs-node-gpu', gpu: true } as const

describe('the TensorFlow engine', () => {
  beforeAll(() => openEngine('cpu'))

  it('says how to install a package that is not there', async () => {
    const presence = await tensorflowEntry(flavour, pathToFileURL(path.join(tmpdir(), 'nowhere.js')).href).probe()
    expect(presence).toMatchObject({
      present: false,
      reason: expect.stringContaining('npm install @tensorflow/tfjs-node-gpu') as unknown,
    })
  })

  it('loads the package with the helpers that newer Node versions lack, and leaves the backend as it was', async () => {
    const entry = tensorflowEntry(flavour, standIn(registers(true)))
    expect(await entry.probe()).toEqual({ present: true, device: 'CUDA GPU', software: false })
    expect(tf.getBackend()).toBe('cpu')
    expect(await entry.open()).toBe('TensorFlow, CUDA GPU')
    expect(tf.getBackend()).toBe('tensorflow')
    const doubled = tf.tidy(() => tf.mul(tf.tensor1d([1, 2]), 2).dataSync())
    expect(Array.from(doubled)).toEqual([2, 4])
    await openEngine('cpu')
  })

  it('loads nothing that lies in a folder above the program, in NODE_PATH or at home', () => {
    const above = mkdtempSync(path.join(tmpdir(), 'causalscope-planted-'))
    const mark = path.join(above, 'planted-code-ran')
    const body = `require('fs').writeFileSync(${JSON.stringify(mark)}, '')`
    for (const modules of ['node_modules', '.node_modules', '.node_libraries', 'path'])
      plant(path.join(above, modules), body)
    const program = path.join(above, 'program')
    mkdirSync(program)
    writeFileSync(path.join(program, 'package.json'), '{ "name": "causalscope" }')
    const entry = new URL('../../../src-main/compute/tensorflow/entry.ts', import.meta.url).href
    const script = `
      import { tensorflowEntry } from ${JSON.stringify(entry)}
      const base = ${JSON.stringify(pathToFileURL(path.join(program, 'a.js')).href)}
      console.log((await tensorflowEntry(${JSON.stringify(flavour)}, base).probe()).reason)`
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, HOME: above, NODE_PATH: path.join(above, 'path') },
      encoding: 'utf8',
    })
    expect(said).toMatch(/^@tensorflow\/tfjs-node-gpu is not installed/)
    expect(existsSync(mark)).toBe(false)
  })

  it.each([
    ['no CUDA GPU', registers(false), 'nvidia-smi'],
    ['a wrong CUDA', "throw new Error('libcudart.so.11.0: cannot open shared object file')", 'CUDA 11.8'],
    [
      'no download',
      "throw new Error('The Node.js native addon module (tfjs_binding.node) can not be found')",
      'rebuild',
    ],
    ['another system', "throw new Error('libtensorflow: version GLIBC_2.99 not found')", 'native library'],
  ])('says what to do with %s', async (_, body, advice) => {
    const presence = await tensorflowEntry(flavour, standIn(body)).probe()
    expect(presence).toMatchObject({ present: false, reason: expect.stringContaining(advice) as unknown })
  })
})
