import { describe, expect, it } from 'vitest'
import { dividedComponents } from '../../../src-main/evidence/divided.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

/** One component of samples drawn so, beside one of a plain normal distribution. */
function dividedOf(draw: (random: RandomStream, i: number) => readonly number[], samples = 200): number[] {
  const random = RandomStream.of(1, 'divided/test')
  const first = Array.from({ length: samples }, (_, i) => draw(random, i))
  const width = first[0]!.length
  const second = Array.from({ length: samples }, () => first[0]!.map(() => 50 + random.normal()))
  const means = { values: Float32Array.from([...first, ...second].flat()), columns: width }
  const shares = {
    values: Float32Array.from({ length: 4 * samples }, (_, at) => Number(at % 2 === (at < 2 * samples ? 0 : 1))),
    columns: 2,
  }
  return dividedComponents(means, shares)
}

describe('clusters within a cluster', () => {
  it('are seen where two groups lie apart, also along a direction of little spread', () => {
    expect(dividedOf((random, i) => [8 * (i % 2) + random.normal(), random.normal()])).toEqual([0])
    expect(dividedOf((random, i) => [0.08 * (i % 2) + 0.01 * random.normal(), random.normal()])).toEqual([0])
    expect(dividedOf((random, i) => [8 * Number(i % 5 === 0) + random.normal(), random.normal()])).toEqual([0])
    expect(dividedOf((random, i) => [7 * (i % 2) + random.normal(), random.normal()])).toEqual([0])
  })

  it('are none in a normal cluster, an even one, an arc of any length, a heavy tail, or with a few odd samples', () => {
    expect(dividedOf((random) => [random.normal(), random.normal(), random.normal(), random.normal()])).toEqual([])
    expect(dividedOf((random) => [random.normal(), random.normal(), random.normal(), random.normal()], 60)).toEqual([])
    expect(dividedOf((random) => [random.uniform(), 0.1 * random.normal()])).toEqual([])
    for (const part of [0.5, 0.75, 1])
      expect(
        dividedOf((random) => {
          const turn = 2 * part * Math.PI * random.uniform()
          return [Math.cos(turn) + 0.02 * random.normal(), Math.sin(turn) + 0.02 * random.normal()]
        }),
      ).toEqual([])
    expect(dividedOf((random) => [Math.exp(random.normal()), random.normal()])).toEqual([])
    expect(dividedOf((random, i) => [random.normal() + (i < 8 ? 40 : 0), random.normal()])).toEqual([])
  })
})
