import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPack } from '../../../src-main/datasets/pack.ts'
import { importSource, inspectSource, type SourceOptions } from '../../../src-main/importers/import.ts'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import type { ImportOutcome } from '../../../src-shared/domain/import.ts'
import {
  bytesOf,
  type Files,
  folderOf,
  grey16,
  greyPng,
  gridPoints,
  npy,
  pairedFiles,
  pixels,
  raw,
  rgbPng,
  sampleNames,
  tiff,
  tiffPages,
  wideCurves,
} from './source-files.ts'

let work: string
const made: string[] = []
beforeAll(async () => (work = await mkdtemp(join(tmpdir(), 'import-'))))
afterAll(() =>
  Promise.all([work, ...made].map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 10 }))),
)

async function source(files: Files): Promise<string> {
  const folder = await folderOf(files)
  made.push(folder)
  return folder
}

async function imported(
  files: Files,
  options: SourceOptions = {},
): Promise<{ outcome: ImportOutcome; dataset: Dataset }> {
  const outcome = await importSource({ ...options, source: await source(files), packFile: join(work, 'set.pack') })
  return { outcome, dataset: await readPack(outcome.packFile, outcome.sha256) }
}

/** The values of one modality's sample in the user's units. */
function userValues(dataset: Dataset, name: string, sample: number): number[] {
  const { modality, data } = dataset.modalities.find((m) => m.modality.name === name)!
  const size = modality.shape.reduce((a, b) => a * b, 1)
  const { offset, scale } = modality.scaling
  return Array.from(data.subarray(sample * size, (sample + 1) * size), (value, k) =>
    Number((offset[k % offset.length]! + scale[k % scale.length]! * value).toPrecision(6)),
  )
}

describe('an ordinary folder', () => {
  it('is paired by file name and id column, typed, scaled and packed', async () => {
    const { outcome, dataset } = await imported(await pairedFiles(30))
    expect(outcome).toMatchObject({ samples: 30, complete: 30, notes: [] })
    expect(outcome.pairing).toBe('images by file name, curves.csv by column id, metadata.csv by column id')
    expect(outcome.details).toEqual(['image 10 x 12, grey, 8 bit', 'curve, 5 points, 0 to 0.4'])
    expect(outcome.leftOut.map(({ what }) => what).sort()).toEqual(['README.md', 'truth.json'])
    expect(dataset.ids).toEqual(sampleNames(30))
    expect(dataset.modalities.map(({ modality }) => [modality.name, modality.kind, modality.shape])).toEqual([
      ['images', 'image', [12, 10, 1]],
      ['curves', 'curve', [5]],
    ])
    expect(dataset.modalities[1]!.modality.grid).toEqual(gridPoints)
    expect(userValues(dataset, 'images', 3)).toEqual(pixels(120, 3))
    expect(userValues(dataset, 'curves', 4)).toEqual([0, 0.5, 1, 1.5, 2])
    expect(dataset.metadata.map(({ column }) => column)).toEqual([
      { column: 'plate', kind: 'category', categories: ['gyroid', 'octet'], missing: 0 },
      { column: 'thickness', kind: 'number', missing: 0 },
    ])
    expect([...dataset.metadata[0]!.values.slice(0, 3)]).toEqual([1, 0, 1])
  })

  it('gives a plan with a preview that imports to the same bytes', async () => {
    const folder = await source(await pairedFiles(30))
    const plan = await inspectSource(folder)
    expect(plan).toMatchObject({ samples: 30, complete: 30, blocked: null, questions: [] })
    expect(plan.preview.ids).toEqual(sampleNames(24))
    expect(plan.preview.modalities.map(({ shape, dtype }) => [shape, dtype])).toEqual([
      [[24, 12, 10, 1], 'uint8'],
      [[24, 5], 'float32'],
    ])
    expect([...Buffer.from(plan.preview.modalities[0]!.base64, 'base64').subarray(0, 120)]).toEqual(pixels(120, 0))
    expect(plan.preview.metadata[1]).toEqual(['gyroid', 0.5 + 1 / 7])
    const plain = await importSource({ source: folder, packFile: join(work, 'a.pack') })
    const described = await importSource({
      source: folder,
      packFile: join(work, 'b.pack'),
      description: plan.description,
    })
    expect(described.sha256).toBe(plain.sha256)
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })

  it('keeps samples that lack a modality, masked, or leaves them out when told', async () => {
    const files = await pairedFiles(10)
    delete files['images/s004.png']
    files['curves.csv'] = wideCurves(sampleNames(9))
    const kept = await imported(files)
    expect(kept.outcome).toMatchObject({ samples: 10, complete: 8 })
    expect([...kept.dataset.modalities[0]!.present].filter((bit) => bit === 0)).toHaveLength(1)
    expect(kept.dataset.modalities[0]!.present[kept.dataset.ids.indexOf('s004')]).toBe(0)
    expect(kept.dataset.modalities[1]!.present[kept.dataset.ids.indexOf('s010')]).toBe(0)
    expect(kept.outcome.notes).toContainEqual(expect.objectContaining({ ids: ['s010', 's004'] }))
    const plan = await inspectSource(await source(files))
    expect(plan.questions.map(({ title, choice }) => [title, choice?.field, choice?.chosen])).toEqual([
      ['1 sample has no images', 'missing', 'keep'],
      ['1 sample has no curves', 'missing', 'keep'],
    ])
    const complete = await imported(files, { description: { missing: 'leave-out' } })
    expect(complete.outcome).toMatchObject({ samples: 8, complete: 8 })
  })

  it('takes several image folders as several modalities', async () => {
    const files: Record<string, Uint8Array> = {}
    for (const [i, id] of sampleNames(8).entries()) {
      files[`front/${id}.png`] = await greyPng(6, 6, i)
      files[`side/${id}.png`] = await rgbPng(4, 5, i)
    }
    const { dataset } = await imported(files)
    expect(dataset.modalities.map(({ modality }) => [modality.name, modality.shape])).toEqual([
      ['front', [6, 6, 1]],
      ['side', [4, 5, 3]],
    ])
  })

  it('takes image folders that share no sample as classes of one modality', async () => {
    const files: Record<string, Uint8Array> = {}
    for (const [i, id] of sampleNames(8).entries())
      files[`lattice/${i % 2 === 0 ? 'octet' : 'gyroid'}/${id}.png`] = await greyPng(6, 6, i)
    const { dataset, outcome } = await imported(files)
    expect(outcome).toMatchObject({ samples: 8, complete: 8 })
    expect(dataset.modalities.map(({ modality }) => modality.name)).toEqual(['lattice'])
    expect(dataset.metadata[0]!.column).toEqual({ column: 'folder', kind: 'category', categories: ['gyroid', 'octet'], missing: 0 }) // prettier-ignore
  })

  it('refuses ids that have nothing in common, shows both sides, and offers the rule that pairs them', async () => {
    const files = await pairedFiles(8)
    files['curves.csv'] = wideCurves(['1', '2', '3', '4', '5', '6', '7', '8'])
    const folder = await source(files)
    const plan = await inspectSource(folder)
    const offered = plan.questions[0]!
    expect(offered).toMatchObject({ title: 'Ids do not match', choice: { field: 'samples.match' } })
    expect(offered.message).toContain('curves.csv has "1", "2", "3" ..., images has "s001", "s002", "s003" ...')
    expect(plan.blocked?.hint).toContain('"samples": {"match": "affixes"}')
    const followed = await inspectSource(folder, { description: { samples: { match: 'affixes' } } })
    expect(followed).toMatchObject({ samples: 8, complete: 8, blocked: null })
  })
})

describe('which sample is which', () => {
  const numbers = Array.from({ length: 12 }, (_, i) => i + 1)
  const numberedImages = async (name: (i: number) => string): Promise<Record<string, string | Uint8Array>> =>
    Object.fromEntries(await Promise.all(numbers.map(async (i) => [name(i), await greyPng(6, 6, i)] as const)))
  const curve = (i: number) =>
    `strain,stress\n${gridPoints.map((x) => `${x},${(x * (10 + i)).toFixed(3)}`).join('\n')}\n`

  it('is told by the column that says so, not by a running number', async () => {
    const files = await numberedImages((i) => `sem/${i}.png`)
    files['p.csv'] = `run,sample,hardness\n${numbers.map((i) => `${i},${13 - i},${200 + 13 - i}.5`).join('\n')}\n`
    const { dataset } = await imported(files)
    const hardness = dataset.metadata.find(({ column }) => column.column === 'hardness')!
    expect(dataset.ids.map((id, i) => hardness.values[i]! - Number(id))).toEqual(numbers.map(() => 200.5))
  })

  it('is asked where two columns fit alike, and the printed words settle it', async () => {
    const files = await numberedImages((i) => `sem/${i}.png`)
    files['p.csv'] = `batch,disc,hardness\n${numbers.map((i) => `${i},${13 - i},${200 + 13 - i}.5`).join('\n')}\n`
    const folder = await source(files)
    const plan = await inspectSource(folder)
    expect(plan.blocked?.message).toMatch(/batch .* and disc/)
    expect(plan.questions[0]!.choice?.options.map(({ value }) => value)).toEqual(['batch', 'disc'])
    expect(plan.blocked?.hint).toContain('"samples": {"id": "disc"}')
    const { dataset } = await imported(files, { description: { samples: { id: 'disc' } } })
    const hardness = dataset.metadata.find(({ column }) => column.column === 'hardness')!
    expect(hardness.values[dataset.ids.indexOf('12')]).toBe(212.5)
  })

  it('is told without leading zeros and shared endings, and says so', async () => {
    const files = await numberedImages((i) => `sem/s${i}_SEM.png`)
    for (const i of numbers) files[`curves/s${String(i).padStart(3, '0')}_curve.csv`] = curve(i)
    const { dataset, outcome } = await imported(files)
    expect(outcome).toMatchObject({ samples: 12, complete: 12 })
    expect(outcome.description.samples?.match).toBe('suffix')
    expect(outcome.notes.map(({ message }) => message).join()).toContain('"s1_SEM" of sem is "s001_curve" of curves')
    expect(userValues(dataset, 'curves', dataset.ids.indexOf('s7'))).toEqual([0, 1.7, 3.4, 5.1, 6.8])
  })

  it('is told by its own folder', async () => {
    const files = await numberedImages((i) => `s${i}/SEM.png`)
    for (const i of numbers) files[`s${i}/curve.csv`] = curve(i)
    const { dataset, outcome } = await imported(files)
    expect(outcome).toMatchObject({ samples: 12, complete: 12 })
    expect(outcome.description.modalities?.map(({ name, source: from }) => [name, from])).toEqual([
      ['SEM', '*/SEM.png'],
      ['curve', '*/curve.csv'],
    ])
    expect(userValues(dataset, 'curve', dataset.ids.indexOf('s7'))).toEqual([0, 1.7, 3.4, 5.1, 6.8])
  })

  it('is told in class folders of images and curves', async () => {
    const files = await numberedImages((i) => `${i % 2 === 0 ? 'A' : 'B'}/s${i}.png`)
    for (const i of numbers) files[`${i % 2 === 0 ? 'A' : 'B'}/s${i}.txt`] = curve(i)
    const { dataset, outcome } = await imported(files)
    expect(outcome).toMatchObject({ samples: 12, complete: 12 })
    expect(dataset.modalities.map(({ modality }) => modality.kind)).toEqual(['image', 'curve'])
    expect(dataset.metadata.map(({ column }) => column.column)).toEqual(['folder'])
  })

  it('is not told by the order of rows beside named files', async () => {
    const files = await numberedImages((i) => `sem/s${i}.png`)
    files['p.csv'] = `h,g\n${numbers.map((i) => `${i}.5,${i * i}.25`).join('\n')}\n`
    const plan = await inspectSource(await source(files))
    expect(plan.blocked?.hint).toContain('"samples": {"rows": "in-order"}')
    const followed = await imported(files, { description: { samples: { rows: 'in-order' } } })
    expect(followed.outcome).toMatchObject({ samples: 12, complete: 12 })
  })

  it('takes a copy beside its original once, and asks where they differ', async () => {
    const files = await numberedImages((i) => `sem/s${i}.png`)
    const rows = (first: number) => `id,h\n${numbers.map((i) => `s${i},${first + i / 7}`).join('\n')}\n`
    const same = await imported({ ...files, 'p.csv': rows(1), 'Copy of p.csv': rows(1), '~$p.xlsx': 'lock' })
    expect(same.dataset.metadata.map(({ column }) => column.column)).toEqual(['h'])
    expect(same.outcome.leftOut).toContainEqual({ what: 'Copy of p.csv', reason: 'a copy of p.csv' })
    const differing = await inspectSource(await source({ ...files, 'p.csv': rows(1), 'p (1).csv': rows(2) }))
    expect(differing.blocked?.message).toMatch(/p \(1\)\.csv is by its name a copy of p\.csv, and differs/)
  })
})

describe('images', () => {
  const names = sampleNames(8)

  it('of 16 bits and of floating point keep their values', async () => {
    const deep = (i: number) => pixels(12, i).map((v) => v * 257)
    const files: Record<string, Uint8Array> = {}
    for (const [i, id] of names.entries()) {
      files[`deep/${id}.png`] = await grey16(3, 4, deep(i)).png().toBuffer()
      files[`camera/${id}.tif`] = await grey16(3, 4, pixels(12, i, 4000))
        .tiff({ compression: 'lzw' })
        .toBuffer()
      files[`height/${id}.tif`] = tiff([3, 4, 1], pixels(12, i).map((v) => v / 8 - 5), { bits: 32, format: 3 }) // prettier-ignore
      files[`colours/${id}.tif`] = tiff([2, 2, 3], pixels(12, i).map((v) => v / 3), { bits: 64, format: 3 }) // prettier-ignore
      files[`signed/${id}.tif`] = tiff([3, 4, 1], pixels(12, i).map((v) => v * 9 - 1000), { bits: 16, format: 2 }) // prettier-ignore
    }
    const { outcome, dataset } = await imported(files)
    expect(userValues(dataset, 'deep', 2)).toEqual(deep(2))
    expect(userValues(dataset, 'height', 2)).toEqual(pixels(12, 2).map((v) => v / 8 - 5))
    expect(userValues(dataset, 'camera', 2)).toEqual(pixels(12, 2, 4000))
    expect(userValues(dataset, 'colours', 5)).toEqual(pixels(12, 5).map((v) => Number((v / 3).toPrecision(6))))
    expect(userValues(dataset, 'signed', 1)).toEqual(pixels(12, 1).map((v) => v * 9 - 1000))
    const scaling = Object.fromEntries(
      dataset.modalities.map(({ modality }) => [modality.name, modality.scaling.scale]),
    )
    expect(scaling).toMatchObject({ deep: [65535], camera: [4095] })
    expect(outcome.notes.map(({ message }) => message)).toContainEqual(expect.stringContaining('12-bit'))
  })

  it('drop transparency, follow EXIF rotation, and grey among colour becomes RGB, each with a note', async () => {
    const files: Record<string, Uint8Array> = {}
    for (const [i, id] of names.entries()) {
      files[`a/${id}.png`] = await raw(2, 3, 4, pixels(24, i)).png().toBuffer()
      files[`b/${id}.jpg`] = await raw(8, 16, 3, pixels(384, i)).withMetadata({ orientation: 6 }).jpeg().toBuffer()
      files[`c/${id}.png`] = i === 0 ? await greyPng(4, 4, i) : await rgbPng(4, 4, i)
    }
    const { outcome, dataset } = await imported(files)
    expect(dataset.modalities.map(({ modality }) => modality.shape)).toEqual([
      [2, 3, 3],
      [16, 8, 3],
      [4, 4, 3],
    ])
    expect(userValues(dataset, 'a', 1)).toEqual(pixels(24, 1).filter((_, k) => k % 4 !== 3))
    expect(userValues(dataset, 'c', 0)).toEqual(pixels(16, 0).flatMap((v) => [v, v, v]))
    expect(outcome.notes.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a: the transparency of 8 images/),
      expect.stringMatching(/^b: 8 images turned/),
      expect.stringMatching(/^c: 1 grey image/),
    ])
  })

  const many = (name: (id: string, i: number) => [string, Uint8Array]): Files =>
    Object.fromEntries(names.map((id, i) => name(id, i)))

  it('of 16-bit floating point keep their values', async () => {
    // 0x3c00 is 1, 0x4000 2, 0xb800 -0.5, 0x3555 a third.
    const bits = (i: number) => [0x3c00, 0x4000, 0xb800, i % 2 === 0 ? 0x3555 : 0]
    const { dataset } = await imported(many((id, i) => [`${id}.tif`, tiff([2, 2, 1], bits(i), { bits: 16, format: 3 })])) // prettier-ignore
    expect(userValues(dataset, 'image', 2)).toEqual([1, 2, -0.5, 0.333252])
  })

  it('of two channels without names are two modalities, none of them transparency', async () => {
    const { dataset } = await imported(many((id, i) => [`${id}.tif`, tiff([2, 2, 2], pixels(8, i, 4000), { bits: 16, format: 1 })])) // prettier-ignore
    expect(dataset.modalities.map(({ modality }) => modality.name)).toEqual(['image channel 1', 'image channel 2'])
    const values = pixels(8, 3, 4000)
    expect(userValues(dataset, 'image channel 1', 3)).toEqual(values.filter((_, k) => k % 2 === 0))
    expect(userValues(dataset, 'image channel 2', 3)).toEqual(values.filter((_, k) => k % 2 === 1))
  })

  it('behind a thumbnail, or of the page that a description names, are the ones read', async () => {
    const kind = { bits: 16, format: 1 } as const
    const page = (i: number, page: number) => ({ shape: [3, 3, 1], values: pixels(9, 10 * page + i, 4000), ...kind }) as const // prettier-ignore
    const files = many((id, i) => [
      `${id}.tif`,
      tiffPages([{ shape: [1, 1, 1], values: [7], ...kind, reduced: true }, page(i, 1), page(i, 2)]),
    ])
    const first = await imported(files)
    expect(userValues(first.dataset, 'image', 4)).toEqual(pixels(9, 14, 4000))
    const modalities = [{ name: 'second', kind: 'image' as const, source: '.', page: 2 }]
    const second = await imported(files, { description: { modalities } })
    expect(userValues(second.dataset, 'second', 4)).toEqual(pixels(9, 24, 4000))
  })

  it('with a pixel that is no number are refused, naming the pixel, and left out when told', async () => {
    const values = (i: number) => [0.5, 1, i === 3 ? Number.NaN : 2, 3 + i]
    const files = many((id, i) => [`${id}.tif`, tiff([2, 2, 1], values(i), { bits: 32, format: 3 })])
    const { blocked } = await inspectSource(await source(files))
    expect(blocked?.message).toBe('s004.tif (sample s004): the pixel in row 2, column 1 is NaN, not a finite number.')
    const { dataset } = await imported(files, { description: { faults: 'leave-out' } })
    expect(dataset.ids).toEqual(names.filter((id) => id !== 's004'))
    expect(userValues(dataset, 'image', 3)).toEqual([0.5, 1, 2, 7])
  })

  it('are known by content, whatever their names', async () => {
    const files: Record<string, Uint8Array> = {}
    for (const [i, id] of names.entries()) files[`images/${id}.dat`] = await greyPng(4, 4, i)
    expect((await imported(files)).dataset.modalities[0]!.modality.kind).toBe('image')
  })

  it('of other sizes are resized when the description says so', async () => {
    const files: Record<string, Uint8Array> = {}
    for (const [i, id] of names.entries())
      files[`images/${id}.png`] = await sharp({ create: { width: 8 + i, height: 8, channels: 3, background: '#808080' } }).png().toBuffer() // prettier-ignore
    const description = { modalities: [{ name: 'images', kind: 'image' as const, source: 'images', size: [4, 4] as const }] } // prettier-ignore
    const { dataset } = await imported(files, { description })
    expect(dataset.modalities[0]!.modality.shape).toEqual([4, 4, 3])
    expect(new Set(userValues(dataset, 'images', 7))).toEqual(new Set([128]))
  })
})

describe('curves', () => {
  const ids = sampleNames(10)

  it('with grids of their own, in rows of id, x, y, come onto a common grid', async () => {
    const rows = ids.flatMap((id, i) =>
      Array.from({ length: 11 + (i % 3) }, (_, k, n = 11 + (i % 3)) => {
        const x = k / (n - 1)
        return `${id};${String(x).replace('.', ',')};${String(2 * x + i).replace('.', ',')}`
      }),
    )
    const { dataset, outcome } = await imported({ 'pull.csv': `Sample;strain [-];stress (MPa)\n${rows.join('\r\n')}` })
    const { modality } = dataset.modalities[0]!
    expect(modality).toMatchObject({ name: 'pull', kind: 'curve', gridLabel: 'strain', gridUnit: '-', valueLabel: 'stress', valueUnit: 'MPa' }) // prettier-ignore
    expect(userValues(dataset, 'pull', 3)).toEqual(modality.grid!.map((x) => Number((2 * x + 3).toPrecision(6))))
    expect(outcome.notes[0]!.message).toMatch(/interpolated onto/)
  })

  it('that are too short are left out, or all are shortened, never extrapolated', async () => {
    const files: Record<string, string> = {}
    ids.forEach((id, i) => {
      const n = id === 's003' ? 6 : 11
      files[`pulls/${id}.txt`] = Array.from({ length: n }, (_, k) => `${k / 10} ${(k / 10) * (i + 1)}`).join('\n')
    })
    const left = await imported(files)
    expect(left.outcome.samples).toBe(9)
    expect(left.outcome.leftOut).toContainEqual({ what: 's003', reason: 'no usable modality' })
    expect(left.dataset.modalities[0]!.modality.grid!.at(-1)).toBe(1)
    const plan = await inspectSource(await source(files))
    expect(plan.questions[0]).toMatchObject({ ids: ['s003'], choice: { field: 'shortCurves', chosen: 'leave-out' } })
    const all = await imported(files, { description: { shortCurves: 'shorten' } })
    expect(all.outcome.samples).toBe(10)
    expect(all.dataset.modalities[0]!.modality.grid).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5])
  })

  it('are read from UTF-16, tabs and a byte order mark', async () => {
    const text = wideCurves(ids).replaceAll(',', '\t')
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
    const { dataset } = await imported({ 'kurven.csv': utf16, 'daten.csv': `\uFEFFid,größe\n${ids.map((id, i) => `${id},${i % 2}`).join('\n')}` }) // prettier-ignore
    expect(userValues(dataset, 'kurven', 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8])
    expect(dataset.metadata[0]!.column.column).toBe('größe')
  })
})

describe('NumPy arrays', () => {
  const ids = sampleNames(12)
  const images = npy('|u1', [12, 4, 4], Uint8Array.from(pixels(192, 1)))

  it('without ids pair with tables by row, and a note says so', async () => {
    const { outcome, dataset } = await imported({ 'images.npy': images, 'curves.csv': wideCurves(ids) })
    expect(dataset.ids).toEqual(ids)
    expect(outcome.notes[0]!.message).toBe(
      'images.npy has no ids: its 12 rows are paired with those of curves.csv in their order.',
    )
  })

  it('in an archive bring ids, grid and labels', async () => {
    const grid = Float64Array.from({ length: 9 }, (_, k) => k / 8)
    const curves = Float32Array.from({ length: 108 }, (_, k) => Math.sin((k % 9) / 8 + Math.floor(k / 9)))
    const text = Buffer.concat(ids.map((id) => Buffer.from(Uint32Array.from(id, (c) => c.codePointAt(0)!).buffer)))
    const { dataset } = await imported({
      'set.npz': zipSync({
        'images.npy': images,
        'x.npy': npy('<f8', [9], bytesOf(grid)),
        'curves.npy': npy('<f4', [12, 9], bytesOf(curves)),
        'ids.npy': npy('<U4', [12], text),
        'kind.npy': npy('<i8', [12], bytesOf(BigInt64Array.from({ length: 12 }, (_, i) => BigInt(i % 3)))),
      }),
    })
    expect(dataset.ids).toEqual(ids)
    expect(dataset.modalities.map(({ modality }) => [modality.name, modality.kind])).toEqual([
      ['images', 'image'],
      ['curves', 'curve'],
    ])
    expect(dataset.modalities[1]!.modality.grid).toEqual([...grid])
    expect(dataset.metadata[0]!.column).toMatchObject({ column: 'kind', kind: 'category', categories: ['0', '1', '2'] })
  })

  it('of one file a sample are stacked', async () => {
    const files = Object.fromEntries(
      ids.map((id, i) => [`maps/${id}.npy`, npy('>f4', [3, 3], bytesOf(Float32Array.from(pixels(9, i))).swap32())]),
    )
    const { dataset } = await imported(files)
    expect(dataset.modalities[0]!.modality).toMatchObject({ name: 'maps', kind: 'image', shape: [3, 3, 1] })
    expect(userValues(dataset, 'maps', 2)).toEqual(pixels(9, 2))
  })
})

describe('tables of discrete values alone', () => {
  it('make a data set without a modality', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 2 ? 'yes' : 'no'},${i % 3 ? 'yes' : 'no'}`)
    const { outcome, dataset } = await imported({ 'asia.csv': `id,smoke,lung\n${rows.join('\n')}` })
    expect(outcome.samples).toBe(20)
    expect(dataset.modalities).toEqual([])
    expect(dataset.metadata.map(({ column }) => column.column)).toEqual(['smoke', 'lung'])
  })
})

describe('what is left after an import', () => {
  it('is the pack alone', async () => {
    const folder = await mkdtemp(join(work, 'alone-'))
    await importSource({ source: await source(await pairedFiles(5)), packFile: join(folder, 'set.pack') })
    expect(await readdir(folder)).toEqual(['set.pack'])
  })
})
