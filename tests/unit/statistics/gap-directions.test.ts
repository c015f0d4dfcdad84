import { describe, expect, it } from 'vitest'
import { gapDirections, gapGroups } from '../../../src-main/statistics/gap-directions.ts'
import { productWithTranspose } from '../../../src-main/statistics/linear-algebra/products.ts'
import { centred, matrixOfRows } from '../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { whole } from '../../../src-main/statistics/piecewise.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const size = 10
const n = 600

/** Contents of diluted powders: one cause moves the last of ten a little, another moves three; dilution moves all a lot. */
function powders(seed: number): { readonly samples: number[][]; readonly causes: readonly number[][] } {
  const random = RandomStream.of(seed, 'powders')
  const causes = Array.from({ length: n }, () => [Number(random.uniform() < 0.5), Number(random.uniform() < 0.5)])
  const samples = causes.map(([source = 0, doping = 0]) => {
    const dilution = Math.exp(0.25 * random.normal())
    return Array.from({ length: size }, (_, j) => {
      const effect = (j < 3 ? 0.5 * source : 0) + (j === size - 1 ? 0.25 * doping : 0)
      return dilution * (2 / (j + 1) + effect) + 0.02 * random.normal()
    })
  })
  return { samples, causes }
}

describe('directions with a gap', () => {
  it('tell causes that move few values a little beside what moves all of them a lot', () => {
    const { samples, causes } = powders(1)
    const rows = matrixOfRows(samples)
    const { mean, weights } = whole(gapDirections(rows, 3))!
    const along = productWithTranspose(centred(rows, mean), weights)
    for (const cause of [0, 1]) {
      const shares = Array.from({ length: along.columns }, (_, k) => {
        const right =
          causes.filter((of, i) => Number(along.values[i * along.columns + k]! > 0) === of[cause]).length / n
        return Math.max(right, 1 - right)
      })
      expect(Math.max(...shares)).toBeGreaterThan(0.98)
    }
    const groups = gapGroups(along)
    const pairs = new Set(causes.map(([a, b], i) => `${a} ${b} ${groups.labels[i]}`))
    expect(groups.clusters).toBeGreaterThanOrEqual(4)
    expect(pairs.size).toBeLessThan(2 * groups.clusters)
    expect(whole(gapDirections(rows, 3))).toEqual({ mean, weights })
    expect(whole(gapDirections(rows, 1))!.weights.rows).toBe(1)
  })

  it.each<readonly [string, (random: RandomStream) => number[]]>([
    ['noise', (random) => Array.from({ length: size }, () => random.normal())],
    [
      'a square',
      (random) => Array.from({ length: size }, (_, j) => (j < 2 ? random.uniform() : 0.1 * random.normal())),
    ],
    [
      'a ring',
      (random) => {
        const angle = 2 * Math.PI * random.uniform()
        return Array.from({ length: size }, (_, j) => Math.cos(angle - j / 2) + 0.05 * random.normal())
      },
    ],
    [
      'a spiral',
      (random) => {
        const angle = 6 * random.uniform()
        return Array.from({ length: size }, (_, j) => angle * Math.cos(angle - j / 2) + 0.05 * random.normal())
      },
    ],
    [
      'a few far samples',
      (random) => {
        const far = random.uniform() < 0.03 ? 20 : 1
        return Array.from({ length: size }, () => far * random.normal())
      },
    ],
    ['samples that are all the same', () => new Array<number>(size).fill(2)],
  ])('are none in %s', (what, of) => {
    const random = RandomStream.of(3, what)
    expect(whole(gapDirections(matrixOfRows(Array.from({ length: n }, () => of(random))), 3))).toBeNull()
  })

  it('are not taken for causes where a continuum that was bent is crossed by a few samples', () => {
    // The spectrum of an oscillation of any pitch: a peak that wanders over the logarithm of what is there besides.
    const random = RandomStream.of(5, 'any pitch')
    const rows = matrixOfRows(
      Array.from({ length: n }, () => {
        const pitch = size * random.uniform()
        return Array.from({ length: size }, (_, j) => Math.log(1e-6 + Math.exp(-((j - pitch) ** 2)) * random.uniform()))
      }),
    )
    expect(whole(gapDirections(rows, 3))).not.toBeNull()
    expect(whole(gapDirections(rows, 3, { any: 0.007, upright: 0.02, alone: 0 }))).toBeNull()
    const causes = matrixOfRows(powders(1).samples)
    expect(whole(gapDirections(causes, 3, { any: 0.007, upright: 0.007, alone: 0 }))!.weights.rows).toBe(2)
  })

  it('may have more between where neither group leans towards the other', () => {
    const random = RandomStream.of(7, 'upright')
    const groups = (spread: () => number): ReturnType<typeof matrixOfRows> =>
      matrixOfRows(
        Array.from({ length: n }, () => {
          const side = random.uniform() < 0.5 ? -1 : 1
          return Array.from({ length: size }, (_, j) => (j === 0 ? side * (1 - spread()) : 0.2 * random.normal()))
        }),
      )
    const strict = { any: 0.007, upright: 0.007, alone: 0 }
    const lenient = { any: 0.007, upright: 0.02, alone: 0 }
    const upright = groups(() => 0.32 * random.normal())
    const leaning = groups(() => -0.24 * Math.log(1 - random.uniform()))
    expect([upright, leaning].map((rows) => whole(gapDirections(rows, 3, strict)))).toEqual([null, null])
    expect(whole(gapDirections(upright, 3, lenient))!.weights.rows).toBe(1)
    expect(whole(gapDirections(leaning, 3))).not.toBeNull()
    expect(whole(gapDirections(leaning, 3, lenient))).toBeNull()
    // Too wide for how few lie between: more than next to nothing is open.
    const wide = groups(() => 0.71 * (2 * random.uniform() - 1))
    expect(whole(gapDirections(wide, 3, { any: 0.02, upright: 0.02, alone: 0 }))).not.toBeNull()
    expect(whole(gapDirections(wide, 3, lenient))).toBeNull()
  })

  it('may have more between where nothing beside them tells their groups, as it tells those of what moves', () => {
    const random = RandomStream.of(8, 'alone')
    const own = { any: 0.007, upright: 0.02, alone: 0.05 }
    const groups = (spread: () => number): ReturnType<typeof matrixOfRows> =>
      matrixOfRows(
        Array.from({ length: n }, () => {
          const side = random.uniform() < 0.5 ? -1 : 1
          return Array.from({ length: size }, (_, j) => (j === 0 ? side * (1 - spread()) : 0.2 * random.normal()))
        }),
      )
    for (const spread of [() => 0.4 * random.normal(), () => -0.24 * Math.log(1 - random.uniform())]) {
      const alone = groups(spread)
      expect(whole(gapDirections(alone, 3, { ...own, alone: 0 }))).toBeNull()
      expect(whole(gapDirections(alone, 3, own))!.weights.rows).toBe(1)
    }
    for (const width of [0.6, 2.4]) {
      const moving = matrixOfRows(
        Array.from({ length: n }, () => {
          const at = 4 + 12 * random.uniform()
          return Array.from({ length: 20 }, (_, j) => Math.exp(-(((j - at) / width) ** 2) / 2) + 0.01 * random.normal())
        }),
      )
      expect(whole(gapDirections(moving, 3))).not.toBeNull()
      expect(whole(gapDirections(moving, 3, own))).toBeNull()
    }
  })

  it('are as few as tell all groups: none for what two of them tell together', () => {
    const random = RandomStream.of(6, 'and')
    const rows = matrixOfRows(
      Array.from({ length: n }, () => {
        const [a, b] = [Number(random.uniform() < 0.5), Number(random.uniform() < 0.5)]
        return [a, a, b, b, a * b, a * b, Math.max(a, b)].map((value) => value + 0.05 * random.normal())
      }),
    )
    expect(whole(gapDirections(rows, 8))!.weights.rows).toBe(2)
  })

  it('are not looked for where too few samples could be turned until they fall apart', () => {
    expect(whole(gapDirections(matrixOfRows(powders(4).samples.slice(0, 40)), 3))).toBeNull()
  })
})
