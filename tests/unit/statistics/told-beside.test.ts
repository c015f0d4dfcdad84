import { describe, expect, it } from 'vitest'
import { centred, columnMeans, matrixOfRows } from '../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { leadingAxes } from '../../../src-main/statistics/linear-algebra/leading-axes.ts'
import { productWithTranspose } from '../../../src-main/statistics/linear-algebra/products.ts'
import { toldBeside } from '../../../src-main/statistics/told-beside.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const n = 500

/** Of samples drawn one by one: what is beside a direction tells of the groups on its two sides. */
function told(
  draw: (random: RandomStream) => readonly number[],
  direction: (sample: readonly number[]) => number,
): number {
  const random = RandomStream.of(2, 'beside')
  const samples = Array.from({ length: n }, () => draw(random))
  const rows = matrixOfRows(samples.map((sample) => [...sample]))
  const around = centred(rows, columnMeans(rows))
  const raw = samples.map(direction)
  const mean = raw.reduce((sum, value) => sum + value, 0) / n
  const along = Float64Array.from(raw, (value) => value - mean)
  const groups = Int32Array.from(raw, (value) => Number(value > 0))
  return toldBeside(productWithTranspose(around, leadingAxes(around, 16)), along, groups)
}

const noise = (random: RandomStream, count: number): number[] => Array.from({ length: count }, () => random.normal())

describe('what lies beside a direction', () => {
  it('tells nothing of a cause that moves this direction alone, however far apart its groups are', () => {
    for (const apart of [1, 10])
      expect(
        told(
          (random) => [(random.uniform() < 0.4 ? -1 : 1) * apart + 0.3 * random.normal(), ...noise(random, 19)],
          ([first = 0]) => first,
        ),
      ).toBeLessThan(0.1)
  })

  it('tells all of a point on an arc, and part of a cause that also widens another', () => {
    const onArc = told(
      (random) => {
        const angle = 2 * Math.PI * random.uniform()
        return [1, 2, 3]
          .flatMap((k) => [Math.cos(k * angle), Math.sin(k * angle)])
          .map((v) => v + 0.02 * random.normal())
      },
      ([first = 0]) => first,
    )
    expect(onArc).toBeGreaterThan(0.9)
    const widened = told(
      (random) => {
        const side = random.uniform() < 0.5 ? -1 : 1
        return [side + 0.1 * random.normal(), (side > 0 ? 3 : 1) * random.normal(), random.normal()]
      },
      ([first = 0]) => first,
    )
    expect(widened).toBeGreaterThan(0.15)
    expect(widened).toBeLessThan(0.7)
  })

  it('is the same whichever group is called which, and none where all samples are one group', () => {
    const coordinates = matrixOfRows(Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]))
    const along = Float64Array.from({ length: 60 }, (_, i) => (i % 2) - 0.5)
    const groups = Int32Array.from({ length: 60 }, (_, i) => i % 2)
    const other = groups.map((group) => 1 - group)
    expect(toldBeside(coordinates, along, groups)).toBe(toldBeside(coordinates, along, other))
    expect(toldBeside(coordinates, along, new Int32Array(60))).toBe(0)
  })
})
