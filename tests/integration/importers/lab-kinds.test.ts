import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { readPack } from '../../../src-main/datasets/pack.ts'
import { userValues } from '../../../src-main/datasets/user-values.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import { performImport, planImport } from '../../../src-main/importers/run.ts'
import { dataDescription } from '../../../src-shared/contract/shapes.ts'
import type { DataDescription } from '../../../src-shared/domain/dataset.ts'
import { count, labKinds, type Values } from './lab-kinds.ts'
import { folderOf } from './source-files.ts'

const work: string[] = []
const silent = (): void => undefined
beforeAll(async () => work.push(await mkdtemp(join(tmpdir(), 'kinds-'))))
afterAll(() => Promise.all(work.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 10 }))))

function request(source: string, description: DataDescription = {}) {
  return { source, description, name: null, limits: defaultLimits }
}

/** A question that an answer leads to is answered as it is printed last, so often at most. */
const mostQuestions = 3

async function stored(source: string, description: DataDescription = {}, asked = 0): Promise<Dataset> {
  const { blocked } = await planImport(request(source, description), silent)
  const next = blocked === null ? undefined : printed(blocked.hint).at(-1)
  if (next !== undefined && asked < mostQuestions) return stored(source, { ...description, ...next }, asked + 1)
  const packFile = join(work[0]!, 'set.pack')
  const outcome = await performImport({ ...request(source, description), packFile }, silent)
  // Three measurements of each where each is a sample.
  expect(outcome.samples).toBe(description.replicates === 'each' ? 3 * count : count)
  return readPack(outcome.packFile, outcome.sha256)
}

/** By sample in the order of the data set, in the user's units. */
function valuesOf(dataset: Dataset, name: string): (number | null)[] | number[][] | null {
  const column = dataset.metadata.find((metadata) => metadata.column.column === name)
  if (column !== undefined) {
    const { categories } = column.column
    return Array.from(column.values, (value) => {
      if (categories !== undefined) return value < 0 ? null : Number(categories[value])
      return Number.isNaN(value) ? null : value
    })
  }
  const found = dataset.modalities.find(({ modality }) => modality.name === name)
  if (found === undefined) return null
  const size = found.modality.shape.reduce((product, side) => product * side, 1)
  const values = userValues(found.modality, found.data)
  return dataset.ids.map((_, i) => Array.from(values.subarray(i * size, (i + 1) * size)))
}

function expectStored(dataset: Dataset, values: Values): void {
  for (const [name, expected] of Object.entries(values)) {
    const found = valuesOf(dataset, name)
    expect(found, name).not.toBeNull()
    expected.forEach((value, i) => {
      const own = found![i]
      if (Array.isArray(value) && Array.isArray(own)) {
        expect(own.length).toBe(value.length)
        value.forEach((number, k) => expect(own[k]).toBeCloseTo(number as number, 3))
      } else if (value === null) expect(own).toBeNull()
      else expect(own, `${name} of sample ${i + 1}`).toBeCloseTo(value as number, 6)
    })
  }
}

/** The answers that a refusal prints, as descriptions. */
function printed(hint: string): DataDescription[] {
  return [...hint.matchAll(/"\w+(?:\.\w+)?": (?:\{[^}]*\}|"[^"]*")/g)].map(([text]) =>
    v.parse(dataDescription, JSON.parse(`{${text}}`)),
  )
}

describe('kinds of files that laboratories have', async () => {
  for (const { name, files, stored: expected, answers = [], asks } of await labKinds())
    it(`${name}: stored as measured, or asked about with answers that work`, async () => {
      const source = await folderOf(files)
      work.push(source)
      const { blocked } = await planImport(request(source), silent)
      if (expected !== null) {
        expect(blocked).toBeNull()
        expectStored(await stored(source), expected)
        return
      }
      expect(blocked?.message).toMatch(asks!)
      await expect(performImport({ ...request(source), packFile: join(work[0]!, 'no.pack') }, silent)).rejects.toThrow()
      const descriptions = printed(blocked!.hint)
      expect(descriptions).toHaveLength(answers.length)
      for (const [i, description] of descriptions.entries())
        if (answers[i] === null) await expect(stored(source, description)).rejects.toThrow()
        else expectStored(await stored(source, description), answers[i]!)
    })
})
