/**
 * Would means without any product structure be named as well? The components' means are turned at random about their
 * centre, all modalities by the same rotation, which keeps their singular values and what modalities share, and named
 * anew (causal-pima.md section 5.3).
 */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { AssignmentSearch, type HeldNames } from './assignment-search.ts'
import { exhaustiveLimit, distinctNamings } from './assignment.ts'
import type { ComponentLooks } from './component-looks.ts'
import { namingCost, namingsByChance } from './criterion.ts'
import { carriesNames, namingCriteria } from './naming-criteria.ts'

/** Rotations drawn at most, and how many of them may be named as well before the rest is spared (Besag and Clifford 1991). */
const [drawsOfFew, exceedingOfFew] = [99, 10]
const [drawsOfMany, exceedingOfMany] = [39, 4]
/** Beyond this many components a draw takes seconds. */
export const mostComponents = 64
/** Descents of a search whose result only has to compare with others of its kind. */
const starts = 4

/**
 * The probability that rotated means are named at least as far below chance, in standard deviations of namings by
 * chance, as these are; null where no modality has a vote or the components are too many to try.
 */
export function* namingNull(
  looks: readonly ComponentLooks[],
  categories: readonly number[],
  held: HeldNames | undefined,
  random: RandomStream,
): Piecewise<number | null> {
  const voting = looks.filter(carriesNames).map(allSeen)
  const components = voting[0]?.components ?? 0
  if (components < 3 || components > mostComponents) return null
  const few = components <= exhaustiveLimit
  const namings = few ? distinctNamings(categories, held) : null
  if (namings !== null && namings.length < 2) return null
  const observed = yield* depth(voting, categories, held, namings, random)
  const turns = voting.map((look) => inBasis(look, complementOfOnes(components, random)))
  const [draws, most] = few ? [drawsOfFew, exceedingOfFew] : [drawsOfMany, exceedingOfMany]
  let exceeding = 0
  for (let draw = 1; draw <= draws; draw++) {
    const basis = complementOfOnes(components, random)
    const turned = voting.map((look, m) => rotated(look, turns[m]!, basis))
    if ((yield* depth(turned, categories, held, namings, random)) <= observed) exceeding++
    if (exceeding >= most) return exceeding / draw
    yield `comparing the names with those of means without structure, ${draw} of at most ${draws}`
  }
  return (1 + exceeding) / (1 + draws)
}

/** How far the best naming's cost lies below chance, in standard deviations of namings by chance. */
function* depth(
  looks: readonly ComponentLooks[],
  categories: readonly number[],
  held: HeldNames | undefined,
  namings: readonly (readonly number[])[] | null,
  random: RandomStream,
): Piecewise<number> {
  const criteria = namingCriteria(looks, categories, () => true)
  if (criteria.length === 0) return 0
  const orders = namings ?? namingsByChance(looks[0]!.components)
  const costs = orders.map((order) => namingCost(criteria, order))
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length
  const variance = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / (costs.length - 1)
  const best =
    namings === null
      ? yield* new AssignmentSearch(criteria, categories, held).glance(starts, random)
      : costs.reduce((least, cost) => Math.min(least, cost), Infinity)
  return variance > 0 ? (best - mean) / Math.sqrt(variance) : 0
}

/** The looks with the same noise for every component, those not seen put at the centre: what a rotation can turn. */
function allSeen(look: ComponentLooks): ComponentLooks {
  const { components, width } = look
  const seen = look.seen.reduce((sum, here) => sum + here, 0)
  const noise = look.spread.reduce((sum, x, a) => sum + (look.seen[a] === 1 ? x : 0), 0) / Math.max(seen, 1)
  const means = look.means.slice()
  for (let x = 0; x < width; x++) {
    let sum = 0
    for (let a = 0; a < components; a++) sum += means[a * width + x]!
    for (let a = 0; a < components; a++) if (look.seen[a] === 0) means[a * width + x] = sum / Math.max(seen, 1)
  }
  return { ...look, means, seen: look.seen.map(() => 1), spread: look.spread.map(() => noise) }
}

/** A random orthonormal basis of what is orthogonal to (1, ..., 1), uniform over all: [C - 1][C]. */
function complementOfOnes(components: number, random: RandomStream): Float64Array[] {
  const basis = [new Float64Array(components).fill(1 / Math.sqrt(components))]
  while (basis.length < components) {
    const vector = Float64Array.from({ length: components }, () => random.normal())
    // Twice, for what rounding left of the first.
    for (let pass = 0; pass < 2; pass++)
      for (const other of basis) {
        const product = vector.reduce((sum, x, i) => sum + x * other[i]!, 0)
        for (let i = 0; i < components; i++) vector[i]! -= product * other[i]!
      }
    const norm = Math.hypot(...vector)
    basis.push(vector.map((x) => x / norm))
  }
  return basis.slice(1)
}

/** Coordinates of the means about their centre in a basis, [C - 1, width]. */
function inBasis({ components, width, means }: ComponentLooks, basis: readonly Float64Array[]): Float64Array {
  const coordinates = new Float64Array(basis.length * width)
  basis.forEach((vector, k) => {
    for (let a = 0; a < components; a++)
      for (let x = 0; x < width; x++) coordinates[k * width + x]! += vector[a]! * means[a * width + x]!
  })
  return coordinates
}

/** Means that have these coordinates in another basis. */
function rotated(look: ComponentLooks, coordinates: Float64Array, basis: readonly Float64Array[]): ComponentLooks {
  const { components, width } = look
  const means = new Float64Array(components * width)
  for (let x = 0; x < width; x++) {
    let centre = 0
    for (let a = 0; a < components; a++) centre += look.means[a * width + x]! / components
    for (let a = 0; a < components; a++) means[a * width + x] = centre
  }
  basis.forEach((vector, k) => {
    for (let a = 0; a < components; a++)
      for (let x = 0; x < width; x++) means[a * width + x]! += vector[a]! * coordinates[k * width + x]!
  })
  return { ...look, means }
}
