import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { applySteps, fitSteps } from '../../../../src-main/datasets/preparations/prepare.ts'
import { parseRecipe } from '../../../../src-shared/preparations/text.ts'
import { rawSamples } from './raw-samples.ts'

const numbers = v.array(v.number())
const { inputs, cases } = v.parse(
  v.object({
    inputs: v.record(
      v.string(),
      v.object({
        kind: v.picklist(['image', 'curve', 'vector']),
        shape: numbers,
        grid: v.exactOptional(numbers),
        samples: v.array(numbers),
      }),
    ),
    cases: v.array(v.object({ input: v.string(), steps: v.string(), expected: numbers })),
  }),
  JSON.parse(readFileSync('tests/fixtures/preparations.json', 'utf8')),
)

/** Raw values are stored in single precision: derivatives of them are as exact as that allows. */
const tolerance = 2e-5

it.each(cases)('$input: $steps is what SciPy and its like make of it', async ({ input, steps, expected }) => {
  const given = inputs[input]!
  const raw = rawSamples(given)
  const recipe = parseRecipe(steps)
  const { described, values } = applySteps(raw, recipe, await fitSteps(raw, recipe, {}), [...given.samples.keys()])
  expect(described.shape.reduce((product, n) => product * n, 1) * given.samples.length).toBe(expected.length)
  const scale = Math.max(...expected.map(Math.abs))
  const found = values.flatMap((sample) => [...sample])
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0)
  expect(worst / scale).toBeLessThan(tolerance)
})
