/** Kinds of data sets times odd ways of writing them: stored as written, asked about or refused, never silently wrong. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { readPack } from '../../../src-main/datasets/pack.ts'
import { userValues } from '../../../src-main/datasets/user-values.ts'
import { labelAndUnit } from '../../../src-main/importers/cells.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import { performImport } from '../../../src-main/importers/run.ts'
import { CausalscopeError } from '../../../src-shared/errors.ts'
import { oddities, samples, textKinds, type Truth } from './oddities.ts'
import { stacks } from './odd-stacks.ts'
import { type Files, folderOf, greyPng } from './source-files.ts'

let work: string
beforeAll(async () => (work = await mkdtemp(join(tmpdir(), 'oddities-'))))
afterAll(() => rm(work, { recursive: true, force: true, maxRetries: 10 }))

type Outcome = 'right' | 'asked' | 'refused'

/** Of every sample as it was numbered when it was written, its row in the data set. */
function rowsOf(dataset: Dataset): Map<number, number> {
  return new Map(dataset.ids.map((id, row) => [Number(/\d+/.exec(id)?.[0]) - 1, row]))
}

/** What a person finds by the name of a column: its value for each row. */
function columnOf(dataset: Dataset, name: string): ((row: number) => number | string | null) | null {
  const same = (own: string): boolean => labelAndUnit(own).label.toLowerCase() === name.toLowerCase()
  const column = dataset.metadata.find((m) => same(m.column.column))
  if (column !== undefined)
    return (row) => {
      const value = column.values[row]!
      if (column.column.categories !== undefined) return column.column.categories[value] ?? null
      return Number.isNaN(value) ? null : value
    }
  for (const { modality, data } of dataset.modalities) {
    const at = modality.features?.findIndex(same) ?? -1
    if (at >= 0) {
      const values = userValues(modality, data)
      return (row) => values[row * modality.features!.length + at]!
    }
  }
  return null
}

/** Single precision, and numbers of up to 3000. */
const close = 1e-3

/** What of the truth is stored otherwise than it was written, in words. */
function wrongIn(dataset: Dataset, { columns = {}, curves, stack }: Truth): string[] {
  const notes = dataset.notes.map(({ message }) => message)
  const rows = rowsOf(dataset)
  const wrong: string[] = []
  if (dataset.ids.length !== samples || rows.size !== samples) wrong.push(`ids ${dataset.ids.join(' ')}`)
  for (const [name, values] of Object.entries(columns)) {
    const found = columnOf(dataset, name)
    if (found === null) wrong.push(`no ${name}`)
    else
      values.forEach((value, i) => {
        const own = found(rows.get(i) ?? -1)
        const same = typeof value === 'number' && own !== null ? Math.abs(Number(own) - value) < close : own === value
        if (!same) wrong.push(`${name} of sample ${i + 1}: ${own} for ${value}`)
      })
  }
  if (curves !== undefined) {
    const curve = dataset.modalities.find(({ modality }) => modality.kind === 'curve')
    if (curve === undefined) return [...wrong, 'no curve']
    const grid = curve.modality.grid ?? []
    if (grid.join() !== curves.grid.join()) wrong.push(`grid ${grid.join(' ')}`)
    const stored = userValues(curve.modality, curve.data)
    curves.values.forEach((row, i) =>
      row.forEach((y, k) => {
        const own = stored[(rows.get(i) ?? -1) * row.length + k]!
        // A point that is missing is drawn through, and said to be.
        const drawn = y ?? (row[k - 1]! + row[k + 1]!) / 2
        if (y === null && !notes.some((note) => note.includes('interpolated'))) wrong.push(`point ${k} made up unsaid`)
        if (!(Math.abs(own - drawn) < close)) wrong.push(`point ${k} of sample ${i + 1}: ${own} for ${y}`)
      }),
    )
  }
  if (stack !== undefined) {
    const [{ modality, data }] = dataset.modalities as [Dataset['modalities'][number]]
    const stored = userValues(modality, data)
    if (dataset.modalities.length !== 1) wrong.push(`${dataset.modalities.length} modalities`)
    if (stored.length !== stack.length * stack[0]!.length) wrong.push(`${stored.length} values`)
    stack.flat().forEach((value, at) => {
      if (!(Math.abs(stored[at]! - value) < close)) wrong.push(`value ${at}: ${stored[at]} for ${value}`)
    })
  }
  return wrong
}

/** Fails where what is stored is not what was written. */
async function outcomeOf(odd: string, files: Files, truth: Truth): Promise<Outcome> {
  const source = await folderOf(files)
  try {
    const request = { source, description: {}, name: null, limits: defaultLimits, packFile: join(work, 'set.pack') }
    const outcome = await performImport(request, () => undefined)
    expect(wrongIn(await readPack(outcome.packFile, outcome.sha256), truth), odd).toEqual([])
    return 'right'
  } catch (error) {
    if (!(error instanceof CausalscopeError) || error.code !== 'refused') throw error
    // A refusal that can be answered prints the answer to copy.
    return /"[\w.]+": ["{]/.test(error.hint) ? 'asked' : 'refused'
  } finally {
    await rm(source, { recursive: true, force: true })
  }
}

interface Expected {
  readonly right: number
  readonly asked: readonly string[]
  readonly refused: readonly string[]
}

async function counted(sets: Iterable<readonly [string, { files: Files; truth: Truth } | null]>): Promise<Expected> {
  const by: Record<Outcome, string[]> = { right: [], asked: [], refused: [] }
  for (const [odd, set] of sets) if (set !== null) by[await outcomeOf(odd, set.files, set.truth)].push(odd)
  return { ...by, right: by.right.length }
}

/** A change of any shows here; docs/cli.md has the counts. */
const expected: Readonly<Record<string, Expected>> = {
  'curves, a row a sample': {
    right: 48,
    asked: ['NaN', 'below detection', '-9999 for missing', 'samples in columns'],
    refused: [],
  },
  'curves, a row a point': {
    right: 47,
    asked: ['NaN', 'below detection', '-9999 for missing'],
    refused: [],
  },
  'spectra, a file a sample': {
    right: 47,
    asked: ['NaN', 'below detection', '-9999 for missing', 'rows in disorder'],
    refused: [],
  },
  'table of numbers and categories': {
    right: 46,
    asked: ['empty cell', 'n.d.', 'NaN', 'below detection', '-9999 for missing', 'samples in columns'],
    refused: [],
  },
  'images and a table': {
    right: 48,
    asked: ['ids padded by zeros', 'ids that are numbers', 'below detection', '-9999 for missing'],
    refused: [],
  },
}

describe('every odd way of writing is stored as written, asked about or refused', async () => {
  const names = Array.from({ length: samples }, (_, i) => `sem/s${i + 1}.png`)
  const pngs = await Promise.all(names.map(async (name, i) => [name, await greyPng(5, 6, i)] as const))
  const kinds = textKinds(Object.fromEntries(pngs))

  it.each(Object.keys(expected))('%s', async (kind) => {
    const sets = Object.entries(oddities).map(([odd, writing]) => [odd, kinds[kind]!(writing)] as const)
    expect(await counted(sets)).toEqual(expected[kind])
  })

  it('NumPy stacks', async () => {
    expect(await counted(Object.entries(stacks()))).toEqual({ right: 18, asked: [], refused: [] })
  })
})
