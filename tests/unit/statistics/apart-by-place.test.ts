import { describe, expect, it } from 'vitest'
import { apartByPlace } from '../../../src-main/statistics/apart-by-place.ts'
import { matrixOfRows } from '../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const n = 300
const groups = 3

function divided(of: (group: number, random: RandomStream) => number[]): Parameters<typeof apartByPlace> {
  const random = RandomStream.of(2, 'places')
  const labels = Int32Array.from({ length: n }, (_, i) => i % groups)
  return [matrixOfRows(Array.from(labels, (group) => of(group, random))), { clusters: groups, labels }]
}

describe('groups of samples', () => {
  it('have places where each lies about a mean of its own, in whatever units', () => {
    expect(apartByPlace(...divided((group, random) => [1e4 * random.normal(), group + 0.1 * random.normal()]))).toBe(
      true,
    )
    // In a corner each, and none between.
    expect(
      apartByPlace(...divided((group, random) => [Number(group === 0), Number(group === 1), 0.1 * random.normal()])),
    ).toBe(true)
  })

  it('have none where they differ by their spread alone', () => {
    const ring = (radius: number, random: RandomStream): number[] => {
      const angle = 2 * Math.PI * random.uniform()
      return [radius * Math.cos(angle), radius * Math.sin(angle)]
    }
    expect(apartByPlace(...divided((group, random) => ring(1 + group, random)))).toBe(false)
    // Oscillations of another pitch: a ring in another plane.
    expect(
      apartByPlace(
        ...divided((group, random) => Array.from({ length: 6 }, (_, j) => (j >> 1 === group ? random.normal() : 0))),
      ),
    ).toBe(false)
  })

  it('are judged by the samples that have a label', () => {
    const [rows, { labels }] = divided((group, random) => [group + 0.1 * random.normal()])
    const some = labels.map((label, i) => (i % 5 === 0 ? -1 : label))
    expect(apartByPlace(rows, { clusters: groups, labels: some })).toBe(true)
  })
})
