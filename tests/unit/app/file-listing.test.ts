import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFolder, describeEntry, listFolder } from '../../../src-main/app/file-listing.ts'

describe('a folder in the in-app dialog', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causalscope-list-'))
    await mkdir(join(folder, 'images'))
    await mkdir(join(folder, 'study.causalscope.files'))
    const whileOpen = ['-wal', '-shm', '-journal'].map((end) => `study.causalscope${end}`)
    for (const name of ['sample10.csv', 'sample2.csv', 'study.causalscope', '.hidden', 'x.NPZ', 'readme', ...whileOpen])
      await writeFile(join(folder, name), 'x')
  })
  afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

  it('shows folders first, then files in the order people count, hidden ones left out', async () => {
    const { entries, parent, trail, cut } = await listFolder(folder)
    expect(entries.map(({ name, looks }) => [name, looks])).toEqual([
      ['images', 'folder'],
      ['readme', 'other'],
      ['sample2.csv', 'table'],
      ['sample10.csv', 'table'],
      ['study.causalscope', 'project'],
      ['x.NPZ', 'array'],
    ])
    expect(parent).toBe(join(folder, '..'))
    expect(trail.at(-1)?.path).toBe(folder)
    expect(cut).toBe(false)
  })

  it('says why a folder cannot be shown', async () => {
    await expect(listFolder(join(folder, 'gone'))).rejects.toThrow(/is not there/)
    await expect(listFolder(join(folder, 'readme'))).rejects.toThrow(/is a file, not a folder/)
  })

  it('makes a folder of one name only', async () => {
    expect(await createFolder(folder, 'new')).toBe(join(folder, 'new'))
    await expect(createFolder(folder, 'new')).rejects.toThrow(/exists already/)
    for (const name of ['..', 'a/b', '.', 'a\\b']) await expect(createFolder(folder, name)).rejects.toThrow()
  })

  it('describes what is there and nothing else', async () => {
    expect(await describeEntry(join(folder, 'readme'))).toMatchObject({ kind: 'file', bytes: 1 })
    expect(await describeEntry(join(folder, 'gone'))).toBeNull()
  })
})
