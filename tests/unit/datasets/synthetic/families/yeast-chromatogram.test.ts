import { expect, it } from 'vitest'
import { type Sample, best, fit, places, quantile, rightShares, steps } from './told-apart.ts'

/** Areas of the six peaks, where retention fits best, on a straight baseline. */
function areas({ curve, grid }: Sample): number[] {
  const fitted = ({ stretch, delay }: { stretch: number; delay: number }): ReturnType<typeof fit> =>
    fit(curve, [
      grid.map(() => 1),
      grid.map((t) => (t - 15.5) / 8.5),
      ...[9.2, 10.3, 12.5, 13.5, 15.1, 21.4].map((at) =>
        grid.map((t) => Math.exp(-(((t - at * stretch - delay - 0.1) / 0.25) ** 2) / 2)),
      ),
    ])
  const retentions = steps(0.976, 1.024, 0.006).flatMap((stretch) =>
    steps(-0.3, 0.3, 0.15).map((delay) => ({ stretch, delay })),
  )
  return fitted(best(retentions, (retention) => -fitted(retention).remainder)).amounts.slice(2)
}

/** Dark bodies of at least 14 connected places, away from the border. */
function bodies({ pixel }: Sample): { x: number; y: number }[][] {
  const threshold =
    quantile(
      places(36, 36).map(({ x, y }) => pixel(x, y)),
      0.5,
    ) - 0.16
  const left = new Set(
    places(36, 36)
      .filter(({ x, y }) => pixel(x, y) < threshold)
      .map(({ x, y }) => 36 * y + x),
  )
  const found: { x: number; y: number }[][] = []
  for (const start of left) {
    const body: { x: number; y: number }[] = []
    const open = [start]
    left.delete(start)
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % 36, Math.floor(at / 36)]
      body.push({ x, y })
      const beside = [x > 0 ? at - 1 : -1, x < 35 ? at + 1 : -1, at - 36, at + 36]
      for (const next of beside) if (left.delete(next)) open.push(next)
    }
    found.push(body)
  }
  return found.filter((body) => body.length >= 14 && body.every(({ x, y }) => x > 0 && y > 0 && x < 35 && y < 35))
}

/** Long over short axis of the ellipse of the same second moments. */
function elongation(body: readonly { x: number; y: number }[]): number {
  const moment = (of: (place: { x: number; y: number }) => number): number =>
    body.reduce((sum, place) => sum + of(place), 0) / body.length
  const [mx, my] = [moment(({ x }) => x), moment(({ y }) => y)]
  const xx = moment(({ x }) => (x - mx) ** 2)
  const yy = moment(({ y }) => (y - my) ** 2)
  const xy = moment(({ x, y }) => (x - mx) * (y - my))
  const apart = Math.hypot((xx - yy) / 2, xy)
  return Math.sqrt(((xx + yy) / 2 + apart) / ((xx + yy) / 2 - apart))
}

it('shows acetate to ethanol, lactate, and cells that are long with their buds', async () => {
  const right = await rightShares(
    'yeast-chromatogram',
    (sample) => {
      const [, , lactate = 0, glycerol = 0, acetate = 0, ethanol = 0] = areas(sample)
      return {
        oxygen: acetate / ethanol,
        bacteria: lactate / (glycerol + acetate + ethanol),
        budding: quantile(bodies(sample).map(elongation), 0.5),
      }
    },
    { oxygen: [0.45], bacteria: [0.2], budding: [1.5] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})
