/** Latent points drawn from the mixture, its components weighed by a distribution over the joint outcomes. */
import { failed } from '../../../src-shared/errors.ts'
import type { Clusters, ComponentSummary } from '../../../src-shared/methods/facets.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'

export interface Draws {
  /** [count] joint outcome of each. */
  readonly outcomes: readonly number[]
  /** [count, latent] */
  readonly latents: Float32Array
}

export function componentsByOutcome({
  components,
}: Pick<Clusters, 'components'>): ReadonlyMap<number, ComponentSummary> {
  return new Map(components.map((component) => [component.outcome, component]))
}

/** A point of a Gaussian with diagonal variance. */
export function gaussianPoint(mean: readonly number[], variance: readonly number[], random: RandomStream): number[] {
  return mean.map((m, j) => m + Math.sqrt(variance[j]!) * random.normal())
}

export function pointsOf(points: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(points.flat())
}

/**
 * Outcome, then latent point from its component (evidence.md section 5).
 * @param joint [C], need not sum to 1
 */
export function drawFrom(
  clusters: Pick<Clusters, 'components'>,
  joint: readonly number[],
  count: number,
  random: RandomStream,
): Draws {
  const components = componentsByOutcome(clusters)
  const weights = joint.map((p, outcome) => (components.has(outcome) ? p : 0))
  if (weights.every((weight) => weight === 0))
    throw failed('The run has no component for what was asked.', 'Train the run again with more samples.')
  const outcomes = Array.from({ length: count }, () => random.categorical(weights))
  const points = outcomes.map((outcome) => {
    const { mean, variance } = components.get(outcome)!
    return gaussianPoint(mean, variance, random)
  })
  return { outcomes, latents: pointsOf(points) }
}
