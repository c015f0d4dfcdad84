/** Whole folders in the formats of instruments and other programs, through the real process, value by value. */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { readPack } from '../../../src-main/datasets/pack.ts'
import { importSource, inspectSource, type SourceOptions } from '../../../src-main/importers/import.ts'
import type { ImportOutcome, ImportPlan } from '../../../src-shared/domain/import.ts'
import { carbon, count, hardness, ids } from '../../unit/importers/formats/fixtures.ts'
import { type Files, folderOf, greyPng } from './source-files.ts'

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'formats')
let work: string
const made: string[] = []
beforeAll(async () => (work = await mkdtemp(join(tmpdir(), 'formats-'))))
afterAll(() => Promise.all([work, ...made].map((folder) => rm(folder, { recursive: true, force: true }))))

/** A folder with these files, and of the fixtures those named, at the places given. */
async function source(files: Files, copied: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await folderOf(files)
  made.push(folder)
  for (const [path, name] of Object.entries(copied)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await copyFile(join(fixtures, name), join(folder, path))
  }
  return folder
}

async function imported(
  folder: string,
  options: SourceOptions = {},
): Promise<{ outcome: ImportOutcome; dataset: Dataset }> {
  const outcome = await importSource({ ...options, source: folder, packFile: join(work, 'set.pack') })
  return { outcome, dataset: await readPack(outcome.packFile, outcome.sha256) }
}

function plan(folder: string, options: SourceOptions = {}): Promise<ImportPlan> {
  return inspectSource(folder, options)
}

function numbers(dataset: Dataset, column: string): number[] {
  return Array.from(dataset.metadata.find((m) => m.column.column === column)!.values)
}

async function images(): Promise<Files> {
  const files: Record<string, Uint8Array> = {}
  for (const [i, id] of ids.entries()) files[`micrographs/${id}.png`] = await greyPng(8, 8, i)
  return files
}

describe('an Excel workbook beside images', () => {
  it('is paired by its ids and read as a text table is', async () => {
    const folder = await source(await images(), { 'chemistry.xlsx': 'chemistry.xlsx' })
    const { outcome, dataset } = await imported(folder)
    expect(dataset.ids).toEqual(ids)
    expect(outcome.pairing).toBe('micrographs by file name, chemistry.xlsx by column Sample')
    numbers(dataset, 'C (wt%)').forEach((value, i) => expect(value).toBeCloseTo(carbon[i]!, 14))
    expect(numbers(dataset, 'Hardness (HV)')).toEqual(hardness.map((value, i) => (i === 2 ? Number.NaN : value)))
    expect(numbers(dataset, 'Held for (s)')).toEqual(ids.map((_, i) => 60 * (1 + i) + 30))
    expect(numbers(dataset, 'Route')).toEqual(ids.map((_, i) => (i < count / 2 ? 0 : 1)))
    expect(outcome.leftOut).toEqual(
      expect.arrayContaining([
        { what: 'chemistry.xlsx/Notes', reason: 'a sheet without a table' },
        { what: 'chemistry.xlsx/Scratch', reason: 'a hidden sheet' },
        { what: 'chemistry.xlsx, column Cast on', reason: 'dates, which are not read' },
      ]),
    )
    expect(outcome.notes.map(({ message }) => message)).toContainEqual(expect.stringContaining('D7 (#N/A)'))
  })

  it('with several tables asks which is meant, and takes the one chosen, or all', async () => {
    const folder = await source(await images(), { 'lab/book.xlsx': 'two-tables.xlsx' })
    const open = await plan(folder)
    expect(open.blocked?.message).toBe('lab/book.xlsx: several of its sheets hold a table: Chemistry and Grains.')
    expect(open.questions[0]?.choice?.options.map(({ value }) => value)).toEqual(['Chemistry', 'Grains', '*'])
    const one = await imported(folder, { description: { text: { sheet: 'Grains' } } })
    expect(one.dataset.metadata.map(({ column }) => column.column)).toEqual(['Diameter (um)', 'Aspect'])
    expect(numbers(one.dataset, 'Diameter (um)')).toEqual(ids.map((_, i) => 10.5 + 0.25 * i))
    const all = await imported(folder, { description: { text: { sheet: '*' } } })
    expect(all.outcome.pairing).toContain('lab/book.xlsx/Chemistry by column Sample')
    expect(numbers(all.dataset, 'Aspect')).toHaveLength(count)
    expect(numbers(all.dataset, 'Hardness (HV)')).toHaveLength(count)
  })

  it('is read by the sheet and columns that a description names', async () => {
    const folder = await source(await images(), { 'book.xlsx': 'two-tables.xlsx' })
    const { dataset } = await imported(folder, {
      description: {
        modalities: [
          { name: 'micrographs', kind: 'image', source: 'micrographs' },
          { name: 'grains', kind: 'vector', source: 'book.xlsx/Grains:Diameter (um),Aspect' },
        ],
        metadata: [],
      },
    })
    expect(dataset.modalities[1]?.modality.features).toEqual(['Diameter (um)', 'Aspect'])
  })
})

describe('measurements in a format that is not read', () => {
  it('are said last where no table is', async () => {
    const folder = await source({ ...(await images()), 'measured.csv.gz': Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0) })
    const { notes } = (await imported(folder)).outcome
    expect(notes.at(-1)).toMatchObject({
      severity: 'warning',
      message:
        'No table was read: measured.csv.gz is a gzip archive, which is not read. Export the measurements as CSV.',
    })
  })
})
