import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder, makeFolderSync } from '../../../src-main/datasets/make-folder.ts'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'make-folder-'))))
afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

describe.each([
  ['makeFolder', makeFolder],
  ['makeFolderSync', (path: string) => Promise.resolve().then(() => makeFolderSync(path))],
])('%s', (_, make) => {
  it('makes what is missing on the way, and takes what is there', async () => {
    const deep = join(folder, 'a', 'b', 'c')
    await make(deep)
    await make(deep)
    expect((await stat(deep)).isDirectory()).toBe(true)
  })

  it('does not pass through a file or a link to nothing', async () => {
    await writeFile(join(folder, 'file'), '')
    await symlink(join(folder, 'nowhere', 'at all'), join(folder, 'link'))
    await expect(make(join(folder, 'file'))).rejects.toThrow(/EEXIST/)
    await expect(make(join(folder, 'file', 'a'))).rejects.toThrow(/ENOTDIR/)
    await expect(make(join(folder, 'link'))).rejects.toThrow(/EEXIST/)
  })

  it.runIf(process.platform === 'linux')('comes back from where the system takes no folders', async () => {
    await expect(make('/proc/self/folder/of/mine')).rejects.toThrow(/ENOENT/)
  })
})
