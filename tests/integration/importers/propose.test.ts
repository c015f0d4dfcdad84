/** What is proposed as a description says all that was inferred: read by it, the same files come to the same values. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { readPack } from '../../../src-main/datasets/pack.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import { performImport } from '../../../src-main/importers/run.ts'
import { dataDescription } from '../../../src-shared/contract/shapes.ts'
import type { DataDescription } from '../../../src-shared/domain/dataset.ts'
import { CausalscopeError } from '../../../src-shared/errors.ts'
import { labKinds } from './lab-kinds.ts'
import { oddities, textKinds } from './oddities.ts'
import { type Files, folderOf, greyPng } from './source-files.ts'

let work: string
beforeAll(async () => (work = await mkdtemp(join(tmpdir(), 'propose-'))))
afterAll(() => rm(work, { recursive: true, force: true, maxRetries: 10 }))

async function read(source: string, description: DataDescription): Promise<{ dataset: Dataset; description: unknown }> {
  const request = { source, description, name: null, limits: defaultLimits, packFile: join(work, 'set.pack') }
  const outcome = await performImport(request, () => undefined)
  const { description: proposed } = outcome
  return { dataset: await readPack(outcome.packFile, outcome.sha256), description: proposed }
}

/** All but what is said of the reading. */
function values({ ids, modalities, metadata }: Dataset): unknown {
  return { ids, modalities, metadata }
}

/** The description with the first answer that a refusal prints. */
function answered(error: unknown, description: DataDescription): DataDescription | null {
  if (!(error instanceof CausalscopeError)) throw error
  const [text] = /"\w+(?:\.\w+)?": (?:\{[^}]*\}|"[^"]*")/.exec(error.hint) ?? []
  if (text === undefined) return null
  const answer = v.parse(dataDescription, JSON.parse(`{${text}}`))
  return { ...description, ...answer, text: { ...description.text, ...answer.text } }
}

async function expectSame(files: Files): Promise<void> {
  const source = await folderOf(files)
  try {
    let given: DataDescription | null = {}
    for (let asked = 0; given !== null && asked < 4; asked++) {
      try {
        const first = await read(source, given)
        const again = await read(source, v.parse(dataDescription, JSON.parse(JSON.stringify(first.description))))
        expect(values(again.dataset)).toEqual(values(first.dataset))
        expect(again.description).toEqual(first.description)
        return
      } catch (error) {
        given = answered(error, given)
      }
    }
  } finally {
    await rm(source, { recursive: true, force: true })
  }
}

describe('a proposed description reads the same values', async () => {
  for (const { name, files } of await labKinds()) it(name, () => expectSame(files))

  const names = Array.from({ length: 16 }, (_, i) => `sem/s${i + 1}.png`)
  const pngs = await Promise.all(names.map(async (name, i) => [name, await greyPng(5, 6, i)] as const))
  const kinds = textKinds(Object.fromEntries(pngs))
  it.each(Object.entries(oddities))('%s', async (_, writing) => {
    for (const kind of Object.values(kinds)) {
      const set = kind(writing)
      if (set !== null) await expectSame(set.files)
    }
  })
})

it('names the id column, the delimiter, the rows above the table and the signs of its numbers', async () => {
  const rows = Array.from({ length: 12 }, (_, i) => `${i + 1};p${i};${20 + i},5;1.${100 + i}`)
  const source = await folderOf({
    'haerte.csv': `Serie 4\nBediener: Labor\nLfd. Nr.;Probe;Haerte;Zyklen\n;;HV;\n${rows.join('\n')}\n`,
    ...Object.fromEntries(
      await Promise.all(rows.map(async (_, i) => [`sem/p${i}.png`, await greyPng(4, 4, i)] as const)),
    ),
  })
  try {
    const { description } = await read(source, {})
    expect(description).toMatchObject({
      samples: { id: 'Probe' },
      text: { delimiter: ';', skip: 2, header: 1, units: true, decimal: ',' },
    })
  } finally {
    await rm(source, { recursive: true, force: true })
  }
})
