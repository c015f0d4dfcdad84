import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustedMutualInformation } from '../../../src-main/evidence/adjusted-mutual-information.ts'
import { matchByAgreement } from '../../../src-main/evidence/node-agreement.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const labels = (n: number, share: number, seed: number): number[] => {
  const random = RandomStream.of(seed, 'labels')
  return Array.from({ length: n }, () => Number(random.uniform() < share))
}

describe('adjusted mutual information', () => {
  it('is symmetric and does not care for names', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })), { minLength: 2 })
    fc.assert(
      fc.property(pairs, (samples) => {
        const [first, second] = [samples.map(([a]) => a), samples.map(([, b]) => b)]
        const value = adjustedMutualInformation(first, second)
        expect(adjustedMutualInformation(second, first)).toBeCloseTo(value, 9)
        expect(
          adjustedMutualInformation(
            first.map((a) => 7 - a),
            second,
          ),
        ).toBeCloseTo(value, 9)
      }),
    )
  })

  it('is 1 for the same partition', () => {
    expect(adjustedMutualInformation([0, 0, 1, 1, 2], [5, 5, 3, 3, 9])).toBeCloseTo(1, 12)
    expect(adjustedMutualInformation([0, 0, 0], [1, 1, 1])).toBe(1)
  })

  it('is 0 on average for independent labels, skewed ones too', () => {
    for (const share of [0.5, 0.05]) {
      const values = Array.from({ length: 300 }, (_, seed) =>
        adjustedMutualInformation(labels(200, share, 2 * seed), labels(200, share, 2 * seed + 1)),
      )
      expect(Math.abs(values.reduce((a, b) => a + b, 0) / values.length)).toBeLessThan(0.002)
    }
  })
})

describe('matching nodes', () => {
  it('leaves a node without a partner where the other training has fewer', () => {
    const a = labels(100, 0.5, 1)
    const b = labels(100, 0.5, 2)
    const { partner, nodeAgreement } = matchByAgreement([a, b], [b])
    expect(partner).toEqual([-1, 0])
    expect(nodeAgreement[0]).toBe(0)
    expect(nodeAgreement[1]).toBeCloseTo(1, 12)
  })
})
