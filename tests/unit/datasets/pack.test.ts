import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { readPack, writePack } from '../../../src-main/datasets/pack.ts'

const dataset: Dataset = {
  name: 'three',
  source: 'test',
  ids: ['a', 'b', 'ç'],
  notes: [{ severity: 'warning', message: 'b has no curve', ids: ['b'] }],
  modalities: [
    {
      modality: {
        name: 'curve',
        kind: 'curve',
        shape: [2],
        scaling: { offset: [0], scale: [10] },
        present: 2,
        source: 'c.csv',
        grid: [0, 1],
      },
      data: Float32Array.of(0.1, 0.2, 0, 0, 0.5, 1),
      present: Uint8Array.of(1, 0, 1),
    },
  ],
  metadata: [
    {
      column: { column: 'plate', kind: 'category', categories: ['x', 'y'], missing: 1 },
      values: Float64Array.of(0, -1, 1),
    },
  ],
}

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'pack-'))))
afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

describe('data packs', () => {
  it('comes back as it went in, under its hash', async () => {
    const path = join(folder, 'set.pack')
    const { sha256, bytes } = await writePack(path, dataset)
    expect((await readFile(path)).length).toBe(bytes)
    expect(await readPack(path, sha256)).toEqual(dataset)
    expect(await readdir(folder)).toEqual(['set.pack'])
  })

  it('refuses a cut, changed or foreign file', async () => {
    const path = join(folder, 'set.pack')
    const { sha256, bytes } = await writePack(path, dataset)
    await truncate(path, bytes - 20)
    await expect(readPack(path)).rejects.toThrow(/cut off/)
    await expect(readPack(path, sha256)).rejects.toThrow(/changed/)
    const pack = await readFile(path)
    await writeFile(path, pack.fill('?', 12, 20))
    await expect(readPack(path)).rejects.toThrow(/header is damaged/)
    await writeFile(path, 'hello, this is no pack')
    await expect(readPack(path)).rejects.toThrow(/first bytes/)
  })

  it('leaves nothing behind when the folder is missing', async () => {
    await expect(writePack(join(folder, 'none', 'set.pack'), dataset)).rejects.toThrow(/Could not write/)
    expect(await readdir(folder)).toEqual([])
  })
})
