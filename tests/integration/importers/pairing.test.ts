/** Places that call one sample by different names, and samples that were measured several times. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { readPack } from '../../../src-main/datasets/pack.ts'
import { userValues } from '../../../src-main/datasets/user-values.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import { performImport, planImport } from '../../../src-main/importers/run.ts'
import type { DataDescription } from '../../../src-shared/domain/dataset.ts'
import { type Files, folderOf, greyPng, pixels } from './source-files.ts'

const work: string[] = []
beforeAll(async () => work.push(await mkdtemp(join(tmpdir(), 'pairing-'))))
afterAll(() => Promise.all(work.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 10 }))))

const count = 12
const numbers = Array.from({ length: count }, (_, i) => i)
/** Far from the order of the images. */
const shuffled = numbers.map((i) => (i * 5) % count)
const image = (i: number): string => `IMG_${101 + i}`
const specimen = (i: number): string => `A${String.fromCharCode(65 + i)}`
const lines = (header: string, row: (i: number) => string): string => [header, ...shuffled.map(row), ''].join('\n')

async function images(name: (i: number) => string): Promise<Files> {
  return Object.fromEntries(
    await Promise.all(numbers.map(async (i) => [`sem/${name(i)}.png`, await greyPng(5, 6, i)] as const)),
  )
}

async function imported(files: Files, description: DataDescription): Promise<{ asked: string; dataset: Dataset }> {
  const source = await folderOf(files)
  work.push(source)
  const request = { source, description: {}, name: null, limits: defaultLimits }
  const { blocked } = await planImport(request, () => undefined)
  const packFile = join(work[0]!, 'set.pack')
  const outcome = await performImport({ ...request, description, packFile }, () => undefined)
  return {
    asked: blocked === null ? '' : `${blocked.message} ${blocked.hint}`,
    dataset: await readPack(outcome.packFile, outcome.sha256),
  }
}

const values = ({ modalities }: Dataset, at: number): number[] => {
  const { modality, data } = modalities[at]!
  return Array.from(userValues(modality, data))
}

it('pairs images and curves by a table that says which is which, once it is told to', async () => {
  const curves = Object.fromEntries(
    numbers.map((i) => [`curves/${specimen(i)}.csv`, `x,y\n0,${i}\n1,${i + 2}\n2,${3 * i + 1}\n`]),
  )
  const key = lines('image,specimen', (i) => `${image(i)}.png,${specimen(i)}`)
  const description: DataDescription = { samples: { key: 'key.csv:image,specimen' } }
  const { asked, dataset } = await imported({ ...(await images(image)), ...curves, 'key.csv': key }, description)
  expect(asked).toContain('No sample pairs between')
  expect(asked).toContain('"samples": {"key": "key.csv:image,specimen"}')
  expect(dataset.ids).toEqual(numbers.map(image))
  expect(values(dataset, 0)).toEqual(numbers.flatMap((i) => pixels(30, i)))
  values(dataset, 1).forEach((y, k) => expect(y).toBeCloseTo([0, 2, 1][k % 3]! + Math.floor(k / 3) * (k % 3 === 2 ? 3 : 1), 4)) // prettier-ignore
})

it('pairs two tables by a third, in either order of its columns', async () => {
  const files = {
    'a.csv': lines('ms_id,m,n', (i) => `X${900 + i},${i + 0.5},${i * i}`),
    'b.csv': lines('patient,age,dose', (i) => `P-${7 * ((i * 7) % count)},${20.5 + ((i * 7) % count)},${i / 8}`),
    'key.csv': lines('patient,ms_id', (i) => `P-${7 * i},X${900 + i}`),
  }
  for (const columns of ['patient,ms_id', 'ms_id,patient']) {
    const { asked, dataset } = await imported(files, { samples: { key: `key.csv:${columns}` } })
    expect(asked).toContain('"samples": {"key": "key.csv:patient,ms_id"}')
    const column = (name: string) => Array.from(dataset.metadata.find((m) => m.column.column === name)!.values)
    expect(column('age')).toEqual(column('m').map((m) => m + 20))
    expect(dataset.ids).toHaveLength(count)
  }
})

it('refuses a key that makes one sample of two', async () => {
  const files = {
    ...(await images(image)),
    'p.csv': lines('specimen,h,g', (i) => `${specimen(i)},${i + 0.5},${i * i}`),
    'key.csv': lines('image,specimen', (i) => `${image(i === 3 ? 4 : i)},${specimen(i)}`),
  }
  await expect(imported(files, { samples: { key: 'key.csv:image,specimen' } })).rejects.toThrow(
    /key\.csv makes one sample of "A[DE]" and "A[DE]" of p\.csv: IMG_105/,
  )
  await expect(imported(files, { samples: { key: 'key.csv:image' } })).rejects.toThrow(/does not name two columns/)
})

it('takes each repeated measurement for a sample that shares the image of its group', async () => {
  const sample = (i: number): string => `s${String(i + 1).padStart(2, '0')}`
  const rows = shuffled.flatMap((i) => [1, 2, 3].map((r) => `${sample(i)},${r},${200 + 3 * i + r},${i + r / 4}`))
  const { dataset } = await imported(
    { ...(await images(sample)), 'h.csv': `sample,replicate,h,g\n${rows.join('\n')}\n` },
    { replicates: 'each' },
  )
  const each = numbers.flatMap((i) => [1, 2, 3].map((r) => ({ i, r })))
  expect(dataset.ids).toEqual(each.map(({ i, r }) => `${sample(i)}_${r}`))
  expect(values(dataset, 0)).toEqual(each.flatMap(({ i }) => pixels(30, i)))
  const column = (name: string) => dataset.metadata.find((m) => m.column.column === name)!
  expect(Array.from(column('h').values)).toEqual(each.map(({ i, r }) => 200 + 3 * i + r))
  const { categories } = column('group').column
  expect(Array.from(column('group').values, (code) => categories![code])).toEqual(each.map(({ i }) => sample(i)))
  expect(dataset.notes.map(({ message }) => message).join()).toContain('They are not independent of each other')
})
