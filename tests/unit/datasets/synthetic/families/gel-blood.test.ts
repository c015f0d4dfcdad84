import { expect, it } from 'vitest'
import { bump } from '../../../../../src-main/datasets/synthetic/families/shapes.ts'
import { type Sample, best, fit, mean, rightShares, steps, upTo } from './told-apart.ts'

/** Densitometry of a lane: mean of its middle columns by row. */
const lane = ({ pixel }: Sample, middle: number): number[] =>
  upTo(30, (y) => mean([-1, 0, 1].map((dx) => pixel(middle + dx, y))))

const rows = [12, 17, 22] as const

/** Amounts of haemoglobin S, F and A in the third lane, at the rows where the control has them: both lie equally far out. */
function haemoglobins(sample: Sample): readonly number[] {
  const control = lane(sample, 3)
  const { start, run } = best(
    steps(-2.5, 3.5, 0.25).flatMap((start) => steps(0.92, 1.08, 0.02).map((run) => ({ start, run }))),
    ({ start, run }) =>
      rows.reduce((sum, row) => {
        const at = start + run * row
        const above = Math.floor(at)
        return sum + (1 - at + above) * control[above]! + (at - above) * control[above + 1]!
      }, 0),
  )
  const bands = rows.map((row) => upTo(30, (y) => bump((y - start) / run - row, 1.1)))
  return fit(lane(sample, 20), [...bands, upTo(30, () => 1), upTo(30, (y) => y - 14.5)]).amounts
}

it('shows the shares of haemoglobins and the saturation of transferrin', async () => {
  const right = await rightShares(
    'gel-blood',
    (sample) => {
      const [s = 0, f = 0, a = 0] = haemoglobins(sample)
      const saturation = sample.value('serum iron') / sample.value('transferrin')
      return { genotype: s / (s + a), fetal: f / (s + a), iron: -saturation }
    },
    { genotype: [0.25, 0.75], fetal: [0.22], iron: [-3.8] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})
