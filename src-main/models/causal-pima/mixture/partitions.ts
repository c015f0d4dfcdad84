/** The clearest ways to divide the samples by one modality alone (causal-pima.md section 5). */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { fitGaussianMixture, mixturePosteriors } from '../../../statistics/gaussian-mixture.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { determines } from '../../../statistics/view-division.ts'
import { linkages, pointsFitted } from './fit-size.ts'
import { apartness, everyFew, mergedComponents, mergedMemberships } from './mixture.ts'
import { coordinatePartitions, partitionByCoordinate } from './coordinate-partitions.ts'
import { crossedPartitions } from './crossed-partitions.ts'
import { alikeOpen, isSharp, type Partition, partition, undoubtedGap } from './partition.ts'

const { oracleGap, oracleSharpness, suggestedSharpness } = thresholds

/** Where one modality alone puts the samples: in what a model of it learnt, or along its own principal directions. */
export interface AloneLatent {
  readonly modality: string
  readonly width: number
  /** Of the rows that have the modality, [present, width]. */
  readonly points: Float32Array
  /** Row in `points` of each sample, -1 without the modality: [n] */
  readonly at: Int32Array
  /** Nothing was learnt or prepared: only clusters with no sample in between count, for continua are cut along it too. */
  readonly asItIs?: boolean
  /** One coordinate of a modality whose coordinates were made because each divides the samples. */
  readonly divides?: boolean
}

/** Components fitted, as multiples of the outcomes; the more, the better curved clusters are followed. */
const oversampled = [1, 1.5, 2.5]
const starts = 5
/** Clusters fitted as they are, without merging. */
const mostDirect = 8
/** Ways of each modality that are combined with those of the others, besides passing it over; ... */
const waysKept = 6
/** ... and of these as many that have the same number of clusters. */
const waysOfOneCount = 2

/**
 * The clearest ways to divide one modality's samples in any of its spaces, clearest first; of one number of clusters more than
 * one, for along other directions two clusters may be others.
 */
export function* partitionsIn(
  spaces: readonly AloneLatent[],
  counts: readonly number[],
  random: RandomStream,
): Piecewise<Partition[]> {
  const found: Partition[] = []
  const coordinates: Partition[] = []
  for (const space of spaces) {
    if (space.divides === true) coordinates.push(partitionByCoordinate(space))
    else found.push(...(yield* partitionsOf(space, counts, random)))
  }
  found.push(...crossedPartitions(found, counts))
  yield `clusters of ${spaces[0]?.modality ?? ''} alone, crossed`
  const byCoordinates = coordinatePartitions(
    coordinates.sort((a, b) => b.sharpness - a.sharpness),
    found.sort((a, b) => undoubtedGap(b) - undoubtedGap(a)),
    counts,
  )
  const told = new Set(byCoordinates.map(({ clusters }) => clusters))
  const others = found.filter(({ clusters }) => !told.has(clusters))
  const kept: Partition[] = []
  for (const part of others.sort(
    (a, b) => Number(b.settled) - Number(a.settled) || undoubtedGap(b) - undoubtedGap(a),
  )) {
    const alike = kept.filter(({ clusters }) => clusters === part.clusters)
    if (alike.length < waysOfOneCount && !alike.some((other) => determines(other, part, alikeOpen))) kept.push(part)
  }
  return [...byCoordinates, ...kept.sort((a, b) => undoubtedGap(b) - undoubtedGap(a)).slice(0, waysKept)]
}

function* partitionsOf(
  { modality, width, points, at, asItIs = false }: AloneLatent,
  counts: readonly number[],
  random: RandomStream,
): Piecewise<Partition[]> {
  const all = Float64Array.from(points)
  const fitted = everyFew(all, width, pointsFitted)
  const outcomes = counts.at(-1)!
  const found: Partition[] = []
  const sharp = asItIs ? suggestedSharpness : oracleSharpness
  for (const factor of oversampled) {
    const components = Math.min(Math.round(factor * outcomes), Math.floor(fitted.length / width / (width + 1)))
    if (components < 2) continue
    const mixture = yield* fitGaussianMixture(fitted, width, { components, starts }, random)
    const posteriors = yield* mixturePosteriors(mixture, all)
    const smaller = counts.filter((count) => count < components)
    for (const linkage of linkages)
      for (const { clusters, labels, gap } of mergedComponents(mixture, smaller, linkage)) {
        if (gap < oracleGap) continue
        const memberships = mergedMemberships(posteriors, labels, clusters)
        if (isSharp(memberships, clusters, sharp)) found.push(partition(memberships, clusters, at, gap))
      }
    yield `clusters of ${modality} alone`
  }
  // Merging takes the pieces of a long cluster for clusters; as many Gaussians as clusters may tell these without doubt. The
  // likeliest fit need not be the one that nodes make: each start counts.
  for (const clusters of counts) {
    if (clusters > mostDirect || clusters * width * (width + 1) > fitted.length / width) continue
    for (let start = 0; start < starts; start++) {
      const mixture = yield* fitGaussianMixture(fitted, width, { components: clusters, starts: 1 }, random)
      const memberships = yield* mixturePosteriors(mixture, all)
      const gap = apartness(mixture)
      if (gap >= oracleGap && isSharp(memberships, clusters, suggestedSharpness))
        found.push(partition(memberships, clusters, at, gap))
      yield `clusters of ${modality} alone`
    }
  }
  return found
}
