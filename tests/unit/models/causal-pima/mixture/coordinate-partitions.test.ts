import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  coordinatePartitions,
  partitionByCoordinate,
} from '../../../../../src-main/models/causal-pima/mixture/coordinate-partitions.ts'
import { type Partition, partition } from '../../../../../src-main/models/causal-pima/mixture/partition.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

const samples = 600

function draw(seed: number, categories: readonly number[]): number[][] {
  const random = RandomStream.of(seed, 'coordinates')
  return categories.map((k) => Array.from({ length: samples }, () => random.integer(k)))
}

/** The division along a coordinate in which a factor moves samples by so many standard deviations. */
function along(groups: readonly number[], by = 9, seed = 1): Partition {
  const random = RandomStream.of(seed, `along ${groups.slice(0, 20).join('')}`)
  const points = Float32Array.from(groups, (group) => random.normal() + by * group)
  return partitionByCoordinate({ points, at: Int32Array.from(groups, (_, i) => i) })
}

/** Whether two divisions are the same but for the numbers of their clusters. */
function isSame(part: Partition, groups: readonly (string | number)[]): boolean {
  const pairs = new Set(groups.map((group, i) => `${group} ${part.labels[i]!}`))
  return pairs.size === part.clusters && new Set(groups).size === part.clusters
}

describe('the groups along a coordinate', () => {
  it('are two, with nothing said of samples that lack the modality', () => {
    const [groups] = draw(1, [2])
    const random = RandomStream.of(1, 'lacking')
    const has = groups!.flatMap((_, i) => (i % 4 > 0 ? [i] : []))
    const points = Float32Array.from(has, (i) => random.normal() + 9 * groups![i]!)
    const at = new Int32Array(samples).fill(-1)
    has.forEach((i, row) => (at[i] = row))
    const part = partitionByCoordinate({ points, at })
    expect(part).toMatchObject({ clusters: 2, settled: true })
    expect(part.gap).toBeGreaterThan(1)
    expect(new Set(has.map((i) => `${groups![i]!} ${part.labels[i]!}`)).size).toBe(2)
    expect(part.labels.filter((label) => label < 0)).toHaveLength(samples / 4)
  })

  it('may each be a single value', () => {
    const [groups] = draw(2, [2])
    const part = partitionByCoordinate({
      points: Float32Array.from(groups!),
      at: Int32Array.from(groups!, (_, i) => i),
    })
    expect(isSame(part, groups!)).toBe(true)
    expect(part.gap).toBeGreaterThan(1)
    expect(Number.isFinite(part.gap)).toBe(true)
  })
})

describe('coordinates together', () => {
  it('divide by each and by all, whichever comes first, and say what they are made of', () => {
    const factors = draw(3, [2, 2, 2])
    const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 })
    fc.assert(
      fc.property(order, (places) => {
        const found = coordinatePartitions(
          places.map((k) => along(factors[k]!)),
          [],
          [2, 4, 8],
        )
        expect(found.map(({ clusters }) => clusters).sort()).toEqual([2, 2, 2, 4, 4, 4, 8])
        expect(found.every(({ divides }) => divides)).toBe(true)
        const all = found.find(({ clusters }) => clusters === 8)!
        expect(
          isSame(
            all,
            factors[0]!.map((_, i) => factors.map((factor) => factor[i]!).join()),
          ),
        ).toBe(true)
        expect(all.factors).toHaveLength(3)
        for (const factor of factors) expect(all.factors!.filter((one) => isSame(one, factor))).toHaveLength(1)
      }),
      { numRuns: 6 },
    )
  })

  it('are one factor where two of them tell of one cause of three levels', () => {
    const [three, two] = draw(4, [3, 2])
    const coordinates = [1, 2].map((level) => along(three!.map((value) => Number(value === level))))
    const found = coordinatePartitions([coordinates[0]!, along(two!), coordinates[1]!], [], [2, 3, 6])
    const all = found.find(({ clusters }) => clusters === 6)!
    expect(all.factors!.map(({ clusters }) => clusters).sort()).toEqual([2, 3])
    expect(
      isSame(
        all.factors!.find(({ clusters }) => clusters === 3)!,
        three!,
      ),
    ).toBe(true)
    const level = found.find(({ clusters }) => clusters === 3)!
    expect(isSame(level, three!)).toBe(true)
    expect(level.factors).toBeUndefined()
  })

  it('are left out where no nodes make as many clusters', () => {
    const [a, b] = draw(5, [2, 2]).map((factor) => along(factor))
    expect(coordinatePartitions([a!, b!], [], [3])).toEqual([])
    expect(coordinatePartitions([], [], [2, 4])).toEqual([])
    expect(coordinatePartitions([a!, b!], [], [2]).map(({ clusters }) => clusters)).toEqual([2, 2])
  })

  it('are told by a division of the whole space where that leaves nothing open and they do', () => {
    const [a, b] = draw(6, [2, 2])
    const codes = a!.map((value, i) => 2 * value + b![i]!)
    const sure = partition(
      Float64Array.from({ length: 4 * samples }, (_, at) => Number(codes[Math.floor(at / 4)] === at % 4)),
      4,
      Int32Array.from(codes, (_, i) => i),
      3,
    )
    const coordinates = [along(a!, 5), along(b!, 5)]
    const [whole] = coordinatePartitions(coordinates, [sure], [2, 4]).filter(({ clusters }) => clusters === 4)
    expect(whole!.labels).toEqual(sure.labels)
    expect(isSame(whole!.factors![0]!, a!)).toBe(true)
    expect(isSame(whole!.factors![1]!, b!)).toBe(true)
    // Of clusters that are others nothing is taken.
    const turned = { ...sure, labels: sure.labels.map((_, i) => i % 4) }
    const [own] = coordinatePartitions(coordinates, [turned], [4])
    expect(own?.labels).not.toEqual(turned.labels)
  })
})
