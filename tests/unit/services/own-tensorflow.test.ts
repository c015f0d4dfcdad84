import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readNamed } from '../../../src-main/compute/tensorflow/native/named.ts'
import { forgetTensorflow, nameTensorflow } from '../../../src-main/services/own-tensorflow.ts'
import type { ProcessExit, Spawn } from '../../../src-main/training/spawn.ts'
import { compiler, program, scratch, wheel } from '../compute/own-tensorflow/folders.ts'

/** A process that answers what it is asked with one message, or ends. */
function process(answer: object | ProcessExit): Spawn {
  return () => {
    const listeners: { message?: (message: unknown) => void; exit?: (exit: ProcessExit) => void } = {}
    const reply = (): void => {
      if ('signal' in answer) listeners.exit?.(answer)
      else listeners.message?.(answer)
    }
    return {
      pid: 1,
      send: () => void setImmediate(reply),
      onMessage: (listener) => (listeners.message = listener),
      onExit: (listener) => (listeners.exit = listener),
      kill: () => undefined,
    }
  }
}

const sound = { type: 'tried', engine: 'tensorflow', version: '2.21.0', cases: 296, failed: [], said: null }
/** Writes what it is asked for. */
const compiles = 'while [ "$1" != -o ]; do shift; done; echo code > "$2"'

describe.skipIf(globalThis.process.platform !== 'linux')("naming a TensorFlow of one's own", () => {
  let settings: string

  beforeEach(() => {
    settings = scratch()
    vi.stubEnv('CAUSALSCOPE_SETTINGS', settings)
    const cxx = compiler(compiles)
    chmodSync(cxx, 0o755)
    vi.stubEnv('CXX', cxx)
  })
  afterEach(() => vi.unstubAllEnvs())

  const name = (folder: string, answer: object = sound) =>
    nameTensorflow(folder, () => undefined, { spawn: process(answer), program: program() })

  it('remembers it once its numbers are right, tells each step, and forgets it again', async () => {
    const folder = wheel()
    const said: string[] = []
    const machine = { spawn: process(sound), program: program() }
    const named = await nameTensorflow(folder, (words) => said.push(words), machine)
    expect(named).toMatchObject({ engine: 'tensorflow', version: '2.21.0', cases: 296 })
    expect(said[0]).toContain('Found TensorFlow 2.21.0')
    expect(await readNamed(settings)).toMatchObject({ folder: named.folder })
    const other = await name(wheel())
    expect(await readNamed(settings)).toMatchObject({ folder: other.folder })
    expect(readdirSync(settings)).toEqual(['tensorflow'])
    expect(await forgetTensorflow()).toBe(true)
    expect(await forgetTensorflow()).toBe(false)
    expect(readdirSync(settings)).toEqual([])
  })

  it.each([
    [
      'another version inside than outside',
      { ...sound, version: '2.16.2' },
      /says TensorFlow 2\.21\.0, but its library says 2\.16\.2/,
    ],
    ['wrong numbers', { ...sound, failed: ['exp [1]'] }, /computes otherwise.*1 of 296.*exp \[1\]/],
    ['ops that fail', { ...sound, failed: ['exp [1]'], said: 'no such op' }, /no such op/],
    [
      'a crash',
      { code: null, signal: 'SIGILL', stderr: 'noise\nIllegal instruction\n' },
      /ended the process.*SIGILL.*Illegal/,
    ],
    [
      'what the loader says',
      { type: 'error', error: { code: 'failed', message: 'GLIBC_2.38 not found', hint: '', details: {} } },
      /GLIBC_2\.38/,
    ],
  ])('leaves what was named before with %s', async (_, answer, words) => {
    // prettier-ignore
    const before = await name(wheel())
    await expect(name(wheel(), answer)).rejects.toThrow(words)
    expect(await readNamed(settings)).toMatchObject({ folder: before.folder })
    expect(readdirSync(settings)).toEqual(['tensorflow'])
  })

  it('refuses a wrong version and a folder that anyone may change before anything is compiled', async () => {
    await expect(name(wheel('2.8.0'))).rejects.toThrow('older than what')
    const open = wheel()
    chmodSync(join(open, 'tensorflow'), 0o777)
    await expect(name(open)).rejects.toThrow('Every user of this machine may change')
    expect(readdirSync(settings)).toEqual([])
  })

  it('says what to install where there is no compiler, and what it said where it could not compile', async () => {
    vi.stubEnv('CXX', '')
    vi.stubEnv('PATH', scratch())
    await expect(name(wheel())).rejects.toMatchObject({ code: 'refused', hint: expect.stringContaining('apt install g++') as unknown }) // prettier-ignore
    vi.unstubAllEnvs()
    vi.stubEnv('CAUSALSCOPE_SETTINGS', settings)
    const cxx = compiler('echo "a.cc:1:10: fatal error: tensorflow/c/x.h: No such file or directory" >&2; exit 1')
    chmodSync(cxx, 0o755)
    vi.stubEnv('CXX', cxx)
    await expect(name(wheel())).rejects.toMatchObject({
      message: expect.stringContaining('x.h: No such file') as unknown,
      hint: expect.stringContaining('take the Python wheel') as unknown,
    })
    expect(existsSync(join(settings, 'tensorflow'))).toBe(false)
  })
})
