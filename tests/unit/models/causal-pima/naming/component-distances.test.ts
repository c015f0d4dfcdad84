import { describe, expect, it } from 'vitest'
import { lookDistances } from '../../../../../src-main/models/causal-pima/naming/component-distances.ts'
import { componentLooks } from '../../../../../src-main/models/causal-pima/naming/component-looks.ts'
import { carriesNames } from '../../../../../src-main/models/causal-pima/naming/naming-criteria.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

/** [n, C] certain memberships. */
function certain(labels: readonly number[], components: number): Float32Array {
  const memberships = new Float32Array(labels.length * components)
  labels.forEach((label, d) => (memberships[d * components + label] = 1))
  return memberships
}

/** Samples of `components` clusters with these means and independent noise of standard deviation 1. */
function noisy(means: readonly (readonly number[])[], samples: number, seed: number) {
  const random = RandomStream.of(seed, 'noisy')
  const labels = Array.from({ length: samples }, (_, d) => d % means.length)
  const data = labels.flatMap((label) => means[label]!.map((mean) => mean + random.normal()))
  return componentLooks(certain(labels, means.length), means.length, data, new Uint8Array(samples).fill(1))
}

describe('looks of components', () => {
  it('are responsibility-weighted means over the samples that have the modality', () => {
    const responsibilities = [1, 0, 0.5, 0.5, 0, 1, 1, 0]
    const looks = componentLooks(responsibilities, 2, [0, 0, 2, 0, 4, 4, 99, 99], [1, 1, 1, 0])
    ;[2 / 3, 0, 10 / 3, 8 / 3].forEach((mean, i) => expect(looks.means[i]).toBeCloseTo(mean, 12))
  })

  it('lose to their distances what noise adds on average', () => {
    const width = 40
    const apart = Array.from({ length: width }, (_, x) => (x < 10 ? 2 : 0))
    const flat = new Array<number>(width).fill(0)
    const sums = [0, 0, 0, 0]
    const repeats = 60
    for (let seed = 0; seed < repeats; seed++) {
      const { plain, absolute } = lookDistances(noisy([apart, flat, flat], 60, seed))
      sums[0]! += plain[1]! ** 2 / repeats
      sums[1]! += absolute[1]! / repeats
      sums[2]! += plain[5]! ** 2 / repeats
      sums[3]! += absolute[5]! / repeats
    }
    // Without the correction: 44 and 27.6 in place of 40 and 20; 4 and 10 in place of about nothing.
    expect(sums[0]).toBeGreaterThan(39)
    expect(sums[0]).toBeLessThan(41)
    expect(sums[1]).toBeGreaterThan(19)
    expect(sums[1]).toBeLessThan(21.5)
    expect(sums[2]).toBeLessThan(0.6)
    expect(sums[3]).toBeLessThan(1.5)
  })

  it('are as far as the others on average where a component has no sample with the modality', () => {
    // The third component's only sample lacks the modality; its zeros are no measurement.
    const memberships = certain([0, 1, 2, 3], 4)
    const of = (data: readonly number[], present: readonly number[]) =>
      lookDistances(componentLooks(memberships, 4, data, present)).plain
    const distances = of([1, 3, 0, 8], [1, 1, 0, 1])
    expect([distances[1], distances[3], distances[7]]).toEqual([2, 7, 5])
    expect([distances[2], distances[6], distances[11]]).toEqual([4.5, 3.5, 6])
    const [, , first, , , , second] = of([1, 3, 0, 0], [1, 1, 0, 0])
    expect([first, second]).toEqual([2, 2])
    expect([...of([1, 3, 0, 8], [1, 0, 0, 0])]).toEqual(new Array(16).fill(0))
  })

  it('do not name components where they do not differ beyond noise, also where values go together', () => {
    let named = 0
    for (let seed = 0; seed < 200; seed++) {
      const random = RandomStream.of(seed, 'together')
      const labels = Array.from({ length: 240 }, () => random.integer(8))
      // Two directions carry all the noise of thirty values.
      const data = labels.flatMap(() => {
        const [p, q] = [random.normal(), random.normal()]
        return Array.from({ length: 30 }, (_, x) => p * Math.sin(x) + q * Math.cos(x))
      })
      if (carriesNames(componentLooks(certain(labels, 8), 8, data, new Uint8Array(240).fill(1)))) named++
    }
    expect(named).toBeLessThanOrEqual(5)
    const means = Array.from({ length: 8 }, (_, a) => [a & 1, (a >> 1) & 1, 0, 0])
    expect(carriesNames(noisy(means, 240, 1))).toBe(true)
    expect(
      carriesNames(
        noisy(
          means.map(() => [0, 0, 0, 0]),
          240,
          1,
        ),
      ),
    ).toBe(false)
  })

  it('name components without any noise, and not where all look the same', () => {
    const looks = (data: readonly number[]) => componentLooks(certain([0, 1, 0, 1], 2), 2, data, [1, 1, 1, 1])
    expect(carriesNames(looks([1, 2, 1, 2]))).toBe(true)
    expect(carriesNames(looks([1, 1, 1, 1]))).toBe(false)
  })
})
