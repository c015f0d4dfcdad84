import { expect, it } from 'vitest'
import { type Sample, best, fit, mean, quantile, rightShares, upTo } from './told-apart.ts'

/** The row of the call, to which its overtone adds, in each column in which it is loud, and how loud. */
function track({ pixel }: Sample): { x: number; row: number; loud: number }[] {
  const sound = (x: number, row: number): number =>
    row > 34 ? 0 : 1 - mean([-1, 0, 1].map((k) => pixel(x, 35 - row - k)))
  const loudest = upTo(40, (x) => {
    const row = best(
      upTo(22, (k) => 5 + k),
      (candidate) => sound(x, candidate) + 0.4 * sound(x, 2 * candidate),
    )
    return { x, row, loud: sound(x, row) }
  })
  const most = Math.max(...loudest.map(({ loud }) => loud))
  return loudest.filter(({ loud }) => loud > 0.55 * most)
}

/** Sound at twice the pitch over sound at the pitch, above the hiss. */
function overtone({ pixel }: Sample, call: ReturnType<typeof track>): number {
  const sound = (x: number, row: number): number => 1 - mean([-1, 0, 1].map((k) => pixel(x, 35 - row - k)))
  const hiss =
    1 -
    quantile(
      upTo(40 * 6, (k) => pixel(k % 40, 12 + Math.floor(k / 40))),
      0.5,
    )
  const within = call.filter(({ row }) => 2 * row < 34)
  return (
    mean(within.map(({ x, row }) => Math.max(...[-1, 0, 1].map((k) => sound(x, 2 * row + k))) - hiss)) /
    mean(within.map(({ loud }) => loud - hiss))
  )
}

it('shows bandwidth, overtone and the aspect ratio of the wing', async () => {
  const right = await rightShares(
    'calls-wings',
    (sample) => {
      const call = track(sample)
      const heard = call.map(({ row }) => row)
      const rows = heard.map((_, k) => quantile(heard.slice(Math.max(0, k - 1), k + 2), 0.5))
      return {
        wing: sample.value('wingspan') ** 2 / sample.value('wing area') / 100,
        harmonics: overtone(sample, call),
        // Rows by which the pitch falls towards its end.
        call: fit(rows, [rows.map(() => 1), rows.map((_, k) => Math.exp((-2.2 * k) / rows.length))]).amounts[1]!,
      }
    },
    { wing: [7], harmonics: [0.3], call: [2, 8.1] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})

it('shows the ears of those who listen to overtones too', async () => {
  const { harmonics } = await rightShares(
    'calls-wings',
    (sample) => ({ wing: 0, harmonics: sample.value('ear') / sample.value('forearm'), call: 0 }),
    { wing: [], harmonics: [0.405], call: [] },
  )
  expect(harmonics).toBeGreaterThan(0.99)
})
