import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPack } from '../../../src-main/datasets/pack.ts'
import { deleteDataset, listDatasets, renameDataset } from '../../../src-main/project/datasets.ts'
import { datasetsFolder, packsFolder } from '../../../src-main/project/folders.ts'
import { chunkRows, ingestPack } from '../../../src-main/project/ingest.ts'
import { packFor, readWholeDataset } from '../../../src-main/project/packs.ts'
import { insertRun } from '../../../src-main/project/runs.ts'
import { findRows, readIds, readMetadata, readPresence, readRows } from '../../../src-main/project/samples.ts'
import { newRun, projectFolder, smallDataset } from './project-folder.ts'

const lab = projectFolder()

describe.each([
  ['inside the project file', {}],
  ['beside the project file', { largestInside: 0 }],
])('a data set %s', (_, options) => {
  it('is listed as it was imported', async () => {
    const project = lab.open()
    const original = smallDataset()
    const summary = await lab.ingest(project, original, { ...options, name: 'renamed' })
    expect(summary).toMatchObject({
      name: 'renamed',
      samples: 10,
      source: original.source,
      notes: original.notes,
      modalities: original.modalities.map((m) => m.modality),
      metadata: original.metadata.map((m) => m.column),
    })
    expect(listDatasets(project.database)).toEqual([summary])
  })

  it('gives single samples in any order, across chunks', async () => {
    const project = lab.open()
    const original = smallDataset(600)
    const { id } = await lab.ingest(project, original, options)
    const rows = [599, 0, 256, 255, 7, 7]
    const read = readRows(project.database, id, rows)
    for (const [m, { data, present, modality }] of read.entries()) {
      const size = modality.shape.reduce((a, b) => a * b, 1)
      const source = original.modalities[m]!
      expect(modality).toEqual(source.modality)
      expect([...present]).toEqual(rows.map((row) => source.present[row]))
      expect([...data]).toEqual(rows.flatMap((row) => [...source.data.subarray(row * size, (row + 1) * size)]))
    }
    expect(readRows(project.database, id, [3], ['curve']).map((m) => m.modality.name)).toEqual(['curve'])
    expect(() => readRows(project.database, id, [600])).toThrow(/no row 600/)
    expect(() => readRows(project.database, id, [0], ['spectrum'])).toThrow(/no modality "spectrum"/)
  })

  it('gives ids, presence and metadata', async () => {
    const project = lab.open()
    const original = smallDataset(300)
    const { id } = await lab.ingest(project, original, options)
    expect(readIds(project.database, id)).toEqual(original.ids)
    expect(readIds(project.database, id, 298, 5)).toEqual(['s298', 's299'])
    expect(findRows(project.database, id, 'S29')).toEqual([29, 290, 291, 292, 293, 294, 295, 296, 297, 298, 299])
    expect(readPresence(project.database, id, 'curve')).toEqual(original.modalities[1]!.present)
    expect(readMetadata(project.database, id)).toEqual(original.metadata)
  })

  it('comes back as the very pack that was imported', async () => {
    const project = lab.open()
    const original = smallDataset(600)
    const { id, sha256 } = await lab.ingest(project, original, options)
    rmSync(join(lab.folder, 'imported.pack'))
    const pack = await packFor(project.database, id)
    expect(pack.sha256).toBe(sha256)
    expect(createHash('sha256').update(readFileSync(pack.packFile)).digest('hex')).toBe(sha256)
    expect(await readPack(pack.packFile, sha256)).toEqual(original)
    expect(await packFor(project.database, id)).toEqual(pack)
    expect(await readWholeDataset(project.database, id)).toEqual(original)
  })
})

describe('data sets of a project', () => {
  it('writes a damaged cached pack again, and says when a pack beside it is missing or changed', async () => {
    const project = lab.open()
    const inside = await lab.ingest(project)
    const cached = (await packFor(project.database, inside.id)).packFile
    expect(readdirSync(packsFolder(lab.file))).toEqual([`${inside.sha256}.pack`])
    writeFileSync(cached, 'noise')
    expect(await packFor(project.database, inside.id)).toEqual({ packFile: cached, sha256: inside.sha256 })
    expect((await readPack(cached, inside.sha256)).ids).toHaveLength(10)

    const beside = await lab.ingest(project, smallDataset(11), { largestInside: 0 })
    const file = join(datasetsFolder(lab.file), `${beside.sha256}.pack`)
    writeFileSync(file, 'noise')
    await expect(packFor(project.database, beside.id)).rejects.toThrow(/not as it was imported/)
    rmSync(file)
    await expect(packFor(project.database, beside.id)).rejects.toThrow(/missing/)
    expect(() => readRows(project.database, beside.id, [0])).toThrow(file)
  })

  it('takes nothing from a pack that was cut or changed after it was written', async () => {
    const project = lab.open()
    const packFile = join(lab.folder, 'cut.pack')
    await lab.ingest(project)
    const bytes = readFileSync(join(lab.folder, 'imported.pack')).subarray(0, 600)
    writeFileSync(packFile, bytes)
    await expect(ingestPack(project.database, packFile, 'of another file')).rejects.toThrow(
      /changed after it was written/,
    )
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await expect(ingestPack(project.database, packFile, sha256)).rejects.toThrow(/cut off|damaged/)
    expect(listDatasets(project.database)).toHaveLength(1)
  })

  it('renames a set, and deletes it once no run uses it', async () => {
    const project = lab.open()
    const used = await lab.ingest(project)
    const free = await lab.ingest(project, smallDataset(4))
    const run = insertRun(project.database, newRun(used))
    expect(renameDataset(project.database, free.id, 'plates').name).toBe('plates')
    deleteDataset(project.database, free.id)
    expect(() => deleteDataset(project.database, used.id)).toThrow(`used by run ${run.id}`)
    expect(listDatasets(project.database)).toEqual([used])
  })

  it('lets go of the files of a deleted set that no other has', async () => {
    const project = lab.open()
    const [beside, inside] = [{ largestInside: 0 }, {}]
    const sets = [
      await lab.ingest(project, smallDataset(5), beside),
      await lab.ingest(project, smallDataset(5), beside),
    ]
    const other = await lab.ingest(project, smallDataset(6), inside)
    await packFor(project.database, other.id)
    deleteDataset(project.database, sets[0]!.id)
    deleteDataset(project.database, other.id)
    expect(readdirSync(datasetsFolder(lab.file))).toEqual([`${sets[1]!.sha256}.pack`])
    expect(readdirSync(packsFolder(lab.file))).toEqual([])
    deleteDataset(project.database, sets[1]!.id)
    expect(readdirSync(datasetsFolder(lab.file))).toEqual([])
  })

  it('keeps chunks of 256 rows, fewer where samples are large', () => {
    expect(chunkRows([28, 28, 3])).toBe(256)
    expect(chunkRows([128, 128, 3])).toBe(21)
    expect(chunkRows([2048, 2048, 3])).toBe(1)
  })
})
