/** Whole folders in the formats of instruments and other programs, through the real process, value by value. */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { readPack } from '../../../src-main/datasets/pack.ts'
import { importSource, inspectSource, listContents, type SourceOptions } from '../../../src-main/importers/import.ts'
import type { ImportOutcome, ImportPlan } from '../../../src-shared/domain/import.ts'
import { carbon, count, hardness, ids } from '../../unit/importers/formats/fixtures.ts'
import { type Files, folderOf, greyPng } from './source-files.ts'

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'formats')
let work: string
const made: string[] = []
beforeAll(async () => (work = await mkdtemp(join(tmpdir(), 'formats-'))))
afterAll(() =>
  Promise.all([work, ...made].map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 10 }))),
)

/** A folder with these files, and of the fixtures those named, at the places given. */
async function source(files: Files, copied: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await folderOf(files)
  made.push(folder)
  for (const [path, name] of Object.entries(copied)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await cp(join(fixtures, name), join(folder, path), { recursive: true })
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

const points = 64
/** As make.py has it: a peak that moves with the sample, and a dip below zero, over wavenumbers from 400 to 652. */
const spectrum = (i: number): number[] =>
  Array.from({ length: points }, (_, k) => (Math.round(1000 * Math.exp(-(((k - 20 - i) / 6) ** 2))) - (k >= 50 && k < 56 ? 7 : 0)) / 1000) // prettier-ignore

function expectSpectra({ modalities }: Dataset): void {
  const { modality, data } = modalities[0]!
  expect(modality).toMatchObject({ kind: 'curve', gridLabel: 'wavenumber' })
  expect(modality.grid).toEqual(Array.from({ length: points }, (_, k) => 400 + 4 * k))
  const [offset, scale] = [modality.scaling.offset[0]!, modality.scaling.scale[0]!]
  ids.forEach((_, i) =>
    spectrum(i).forEach((value, k) => expect(offset + scale * data[i * points + k]!).toBeCloseTo(value, 6)),
  )
}

describe('JCAMP-DX spectra beside a workbook', () => {
  const spectra = Object.fromEntries(ids.map((id) => [`spectra/${id}.jdx`, `jcamp/${id}.jdx`]))

  it('are curves, a file a sample, paired by their names', async () => {
    const folder = await source({}, { ...spectra, 'chemistry.xlsx': 'chemistry.xlsx' })
    const { outcome, dataset } = await imported(folder)
    expect(dataset.ids).toEqual(ids)
    expect(outcome.pairing).toBe('spectra by file name, chemistry.xlsx by column Sample')
    expect(dataset.modalities[0]?.modality).toMatchObject({ gridUnit: 'cm-1', valueLabel: 'absorbance' })
    expectSpectra(dataset)
    numbers(dataset, 'C (wt%)').forEach((value, i) => expect(value).toBeCloseTo(carbon[i]!, 14))
  })

  it('may lie in the folder of the workbook, and a workbook among them is no spectrum', async () => {
    const beside = Object.fromEntries(ids.map((id) => [`${id}.jdx`, `jcamp/${id}.jdx`]))
    const { dataset } = await imported(await source({}, { ...beside, 'chemistry.xlsx': 'chemistry.xlsx' }))
    expectSpectra(dataset)
    expect(numbers(dataset, 'Route')).toHaveLength(count)
  })

  it('in linked blocks are read from one file', async () => {
    const folder = await source({}, { 'all.jdx': 'link.jdx', 'chemistry.xlsx': 'chemistry.xlsx' })
    const { outcome, dataset } = await imported(folder)
    expect(dataset.ids).toEqual(ids)
    expect(outcome.pairing).toBe('all.jdx by column sample, chemistry.xlsx by column Sample')
    expectSpectra(dataset)
  })

  it('of which one is in per cent of transmittance is refused by its name', async () => {
    const folder = await source({}, { ...spectra, 'spectra/s013.jdx': 'transmittance.jdx' })
    const { blocked } = await plan(folder)
    expect(blocked?.message).toContain('spectra/s013.jdx (sample s013): it has no column "absorbance"')
    expect(blocked?.message).toContain('transmittance (%)')
  })

  it('of which one is a table of peaks names it', async () => {
    const folder = await source({}, { ...spectra, 'spectra/s013.jdx': 'peaks.jdx' })
    expect((await plan(folder)).blocked?.message).toContain('holds a table of peaks, not a spectrum')
  })
})

/** images[i, r, c] = 100 i + 10 r + c, of 5 rows and 4 columns. */
function expectImages(dataset: Dataset): void {
  const { modality, data } = dataset.modalities.find(({ modality: { kind } }) => kind === 'image')!
  expect(modality.shape).toEqual([5, 4, 1])
  const [offset, scale] = [modality.scaling.offset[0]!, modality.scaling.scale[0]!]
  data.forEach((value, k) => {
    const [i, r, c] = [Math.floor(k / 20), Math.floor(k / 4) % 5, k % 4]
    expect(offset + scale * value).toBeCloseTo(100 * i + 10 * r + c, 1)
  })
}

describe('arrays in a container', () => {
  it('of HDF5 are paired by the ids beside them, with grid and units', async () => {
    const { outcome, dataset } = await imported(await source({}, { 'entry.h5': 'entry.h5' }))
    expect(dataset.ids).toEqual(ids)
    expectImages(dataset)
    const curve = dataset.modalities.find(({ modality }) => modality.kind === 'curve')!.modality
    expect(curve).toMatchObject({ name: 'spectra', gridLabel: 'wavenumber', gridUnit: 'cm-1', valueUnit: 'a.u.' })
    expect(curve.grid).toEqual(Array.from({ length: points }, (_, k) => 400 + 4 * k))
    expect(numbers(dataset, 'hardness')).toEqual(hardness)
    expect(outcome.leftOut).toEqual(
      expect.arrayContaining([
        { what: 'entry.h5:entry/calibration', reason: '3 values beside the ids of 12 samples' },
        { what: 'entry.h5:table', reason: 'records with named fields' },
      ]),
    )
  })

  it.each(['variables.mat', 'variables-73.mat'])('of MATLAB (%s) turn to their samples', async (name) => {
    const { outcome, dataset } = await imported(await source({}, { 'set.mat': name }))
    expect(dataset.ids).toEqual(ids)
    expectImages(dataset)
    expectSpectra({ ...dataset, modalities: dataset.modalities.filter(({ modality }) => modality.kind === 'curve') })
    expect(numbers(dataset, 'hardness')).toEqual(hardness)
    expect(outcome.notes.map(({ message }) => message)).toContain(
      'set.mat: the samples of images run along its last axis, of 12.',
    )
  })

  it('of MATLAB that nothing turns are asked about', async () => {
    const folder = await source({}, { 'set.mat': 'open.mat' })
    const { blocked, questions } = await plan(folder)
    expect(blocked?.message).toContain('images has the shape (5, 4, 12), and nothing beside it tells')
    expect(questions[0]?.choice?.options.map(({ value }) => value)).toEqual(['last', 'first'])
    expectImages((await imported(folder, { description: { samples: { axis: 'last' } } })).dataset)
  })

  it('whose ids are of another number are refused', async () => {
    await expect(imported(await source({}, { 'set.h5': 'disagreeing.h5' }))).rejects.toMatchObject({
      code: 'refused',
      message: 'set.h5: ids names 10 samples, images has the shape (12, 5, 4).',
    })
  })

  it('are read by the paths that a description names', async () => {
    const { dataset } = await imported(await source({}, { 'entry.h5': 'entry.h5' }), {
      description: {
        modalities: [
          { name: 'pictures', kind: 'image', source: 'entry.h5:entry/data/images', size: [10, 8], scale: 'none' },
        ],
        metadata: [{ column: 'entry.h5:entry/data/route', kind: 'category' }],
      },
    })
    expect(dataset.modalities[0]?.modality.shape).toEqual([10, 8, 1])
    expect(numbers(dataset, 'route')).toEqual(ids.map((_, i) => (i < 6 ? 0 : 1)))
  })
})

describe('arrays of NetCDF and Zarr', () => {
  it('of NetCDF are paired by the ids beside them', async () => {
    const { dataset } = await imported(await source({}, { 'classic.nc': 'classic.nc' }))
    expect(dataset.ids).toEqual(ids)
    expectImages(dataset)
    expect(numbers(dataset, 'hardness')).toEqual(hardness)
  })

  it('of a Zarr store, a folder among others, are read by their paths', async () => {
    const { dataset } = await imported(await source({}, { 'lab/set.zarr': 'store-v3.zarr' }))
    expect(dataset.ids).toEqual(ids.map((_, i) => String(i + 1)))
    expectImages(dataset)
  })
})

describe('typed tables', () => {
  it.each(['table.parquet', 'table.feather'])('(%s) are paired with images, their lists as curves', async (name) => {
    const { outcome, dataset } = await imported(await source(await images(), { [name]: name }))
    expect(dataset.ids).toEqual(ids)
    expect(outcome.pairing).toContain(`${name} by column sample`)
    expect(numbers(dataset, 'carbon (wt%)')).toEqual(carbon)
    const curve = dataset.modalities.find(({ modality }) => modality.kind === 'curve')!
    expect(curve.modality.shape).toEqual([points])
    expect(outcome.notes.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('column who is left out'),
    )
  })
})

describe('OME-TIFF', () => {
  it('is named without its double ending, with a modality a channel', async () => {
    const copied = Object.fromEntries(ids.slice(0, 3).map((id) => [`ome/${id}.ome.tif`, `ome/${id}.ome.tif`]))
    const { dataset } = await imported(await source({}, copied))
    expect(dataset.ids).toEqual(ids.slice(0, 3))
    expect(dataset.modalities.map(({ modality }) => modality.name)).toEqual(['ome channel 1', 'ome channel 2'])
    const [a, b] = dataset.modalities.map(({ modality: { scaling }, data }) =>
      Array.from(data, (value) => Math.round(scaling.offset[0]! + scaling.scale[0]! * value)),
    )
    expect(b).toEqual(a!.map((value) => value + 1000))
    expect(a!.slice(20, 24)).toEqual([100, 101, 102, 103])
  })
})

describe('the contents of containers', () => {
  it('are listed with shapes, types and units, as a description names them', async () => {
    const contents = await listContents(await source({}, { 'a/entry.h5': 'entry.h5', 'book.xlsx': 'two-tables.xlsx' }))
    expect(contents.map(({ file, format }) => [file, format])).toEqual([
      ['a/entry.h5', 'an HDF5 file'],
      ['book.xlsx', 'an Excel workbook'],
    ])
    expect(contents[0]!.parts).toContainEqual({
      source: 'a/entry.h5:entry/data/images',
      shape: [12, 5, 4],
      type: 'uint16',
      unit: 'counts',
    })
    expect(contents[0]!.unread).toContainEqual({ what: 'table', reason: 'records with named fields' })
    expect(contents[1]!.parts.map(({ source: part }) => part)).toEqual(['book.xlsx/Chemistry', 'book.xlsx/Grains'])
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
