import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evaluateCase, readGolden } from './evaluate.ts'
import { goldenKinds } from './kinds.ts'

const folder = 'tests/fixtures/golden'
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const cases = (await Promise.all(files.map((name) => readGolden(join(folder, name))))).flat()

describe('golden files', () => {
  for (const golden of cases) {
    const title = `${golden.kind} / ${golden.name}`
    if (!goldenKinds.has(golden.kind)) {
      it.skip(`${title}: no method of this kind yet`)
      continue
    }
    it(`reproduces ${title}`, async () => {
      expect(await evaluateCase(golden, goldenKinds)).toMatchObject({ covered: true, passed: true })
    })
  }

  it('notices a number that is off, a missing field and a field of another length', async () => {
    const golden = cases.find(({ kind }) => kind === 'metrics')!
    const [field, value] = Object.entries(golden.expected)[0]!
    const wrong = (expected: Record<string, unknown>) => evaluateCase({ ...golden, expected }, goldenKinds)
    expect(await wrong({ [field]: Number(value) + 1e-6 })).toMatchObject({ passed: false, field })
    expect(await wrong({ unheardOf: 1 })).toMatchObject({ passed: false, error: Infinity })
    expect(await wrong({ [field]: [value, value] })).toMatchObject({ passed: false, error: Infinity })
  })

  it('reports a kind that nobody covers without failing it', async () => {
    const verdict = await evaluateCase({ kind: 'astrology', name: 'x', input: {}, expected: { a: 1 } }, goldenKinds)
    expect(verdict).toMatchObject({ covered: false, passed: true })
  })
})
