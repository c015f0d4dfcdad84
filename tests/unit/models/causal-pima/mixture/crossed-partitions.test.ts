import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossedPartitions } from '../../../../../src-main/models/causal-pima/mixture/crossed-partitions.ts'
import { type Partition, partition } from '../../../../../src-main/models/causal-pima/mixture/partition.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

const samples = 240

/** Labels told without doubt, or with `open` left to each other cluster. */
function told(labels: readonly number[], clusters: number, gap: number, open = 0, lacking = 0): Partition {
  const present = labels.slice(lacking)
  const memberships = Float64Array.from({ length: present.length * clusters }, (_, i) =>
    present[Math.floor(i / clusters)] === i % clusters ? 1 - open * (clusters - 1) : open,
  )
  const at = Int32Array.from(labels, (_, i) => (i < lacking ? -1 : i - lacking))
  return partition(memberships, clusters, at, gap)
}

function factors(seed: number, categories: readonly number[]): number[][] {
  const random = RandomStream.of(seed, 'factors')
  return categories.map((k) => Array.from({ length: samples }, () => random.integer(k)))
}

/** One cluster of `part` for each pair of labels, and the other way round. */
function isCrossing(part: Partition, a: readonly number[], b: readonly number[]): boolean {
  const seen = Array.from(part.labels.keys()).filter((i) => part.labels[i]! >= 0)
  const pairs = new Set(seen.map((i) => `${a[i]!} ${b[i]!}`))
  return (
    pairs.size === part.clusters && new Set(seen.map((i) => `${a[i]!} ${b[i]!} ${part.labels[i]!}`)).size === pairs.size
  )
}

describe('partitions of one modality, crossed', () => {
  it('give the clusters that two factors make together', () => {
    const [a, b] = factors(1, [2, 3])
    const crossed = crossedPartitions([told(a!, 2, 9), told(b!, 3, 4)], [2, 3, 6])
    expect(crossed).toHaveLength(1)
    expect(crossed[0]).toMatchObject({ clusters: 6, gap: 4, settled: true })
    expect(isCrossing(crossed[0]!, a!, b!)).toBe(true)
  })

  it('give those of three, and of each two of them', () => {
    const all = factors(2, [2, 2, 2])
    const crossed = crossedPartitions(
      all.map((labels, i) => told(labels, 2, 5 + i)),
      [2, 4, 8],
    )
    expect(crossed.map(({ clusters }) => clusters).sort()).toEqual([4, 4, 4, 8])
  })

  it('are none where one tells the other, samples lie between, a combination has none, or no nodes make as many', () => {
    const [a, b] = factors(3, [2, 2])
    const both = a!.map((value, i) => Number(value === 1 && b![i] === 1))
    const [whole, other] = [told(a!, 2, 9), told(b!, 2, 4)]
    expect(crossedPartitions([whole, told(a!, 2, 4)], [2, 4])).toEqual([])
    expect(crossedPartitions([whole, told(both, 2, 4)], [2, 4])).toEqual([])
    expect(crossedPartitions([whole, told(b!, 2, 4, 0.01)], [2, 4])).toEqual([])
    expect(crossedPartitions([whole, other], [2, 3, 6])).toEqual([])
    expect(crossedPartitions([], [2, 4])).toEqual([])
  })

  it('say nothing of samples without the modality, and keep to those that have it, whatever the order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer(), fc.boolean(), (lacking, seed, turned) => {
        const [a, b] = factors(seed, [2, 2])
        const parts = [told(a!, 2, 9, 0, lacking), told(b!, 2, 4, 0, lacking)]
        const [crossed] = crossedPartitions(turned ? parts.reverse() : parts, [2, 4])
        expect(isCrossing(crossed!, a!, b!)).toBe(true)
        crossed!.labels.forEach((label, i) => {
          expect(label < 0).toBe(i < lacking)
          const row = [...crossed!.memberships.subarray(i * 4, (i + 1) * 4)]
          if (i < lacking) expect(row).toEqual([1, 1, 1, 1])
          else expect(row[label]).toBeGreaterThan(0.999)
        })
      }),
      { numRuns: 30 },
    )
  })
})
