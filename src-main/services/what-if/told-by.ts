/**
 * What some modalities of a sample say of its nodes and of the other modalities. The encoders' Gaussian N(z; mu, s^2) is
 * taken as what was seen of z and the mixture as what was known before: p(a | x) ~ p(a) N(mu; mu_a, s^2 + sigma_a^2),
 * and z given a from the product of the two Gaussians. What the modalities seen leave open is then drawn from the
 * clusters, not from between them.
 */
import type { ToldByModalities } from '../../../src-shared/contract/what-if.ts'
import { joint } from '../../../src-shared/graph-formats/probabilities.ts'
import { cautionsFor } from '../../../src-shared/graph-questions/cautions.ts'
import type { Clusters } from '../../../src-shared/methods/facets.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import type { AskedRun } from './asked-run.ts'
import { componentsByOutcome, type Draws, gaussianPoint, pointsOf } from './draws.ts'
import { sharesOf } from './effect.ts'

export interface SeenLatent {
  /** [latent] */
  readonly mean: ArrayLike<number>
  readonly sd: ArrayLike<number>
}

/** p(a | x), [C]. */
export function outcomeWeights(
  { components }: Pick<Clusters, 'components'>,
  prior: readonly number[],
  { mean, sd }: SeenLatent,
): number[] {
  const logs = new Array<number>(prior.length).fill(-Infinity)
  for (const component of components) {
    const fit = component.mean.reduce((sum, m, j) => {
      const variance = sd[j]! ** 2 + component.variance[j]!
      return sum - 0.5 * (Math.log(variance) + (mean[j]! - m) ** 2 / variance)
    }, 0)
    logs[component.outcome] = Math.log(prior[component.outcome]! + 1e-12) + fit
  }
  const most = Math.max(...logs)
  const weights = logs.map((log) => Math.exp(log - most))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

export function toldBy(
  run: AskedRun,
  clusters: Clusters,
  from: readonly string[],
  seen: SeenLatent,
  { count, random }: { readonly count: number; readonly random: RandomStream },
): { readonly told: ToldByModalities; readonly draws: Draws } {
  const { graph } = run
  const weights = outcomeWeights(clusters, joint(graph), seen)
  const components = componentsByOutcome(clusters)
  const outcomes = Array.from({ length: count }, () => random.categorical(weights))
  const points = outcomes.map((outcome) => {
    const component = components.get(outcome)!
    const precision = component.variance.map((variance, j) => 1 / variance + 1 / Math.max(1e-12, seen.sd[j]! ** 2))
    const mean = component.mean.map(
      (m, j) => (m / component.variance[j]! + seen.mean[j]! / Math.max(1e-12, seen.sd[j]! ** 2)) / precision[j]!,
    )
    return gaussianPoint(
      mean,
      precision.map((p) => 1 / p),
      random,
    )
  })
  const shares = sharesOf(graph, weights)
  return {
    told: {
      from: [...from],
      nodes: graph.nodes.map(({ name, categories }, l) => ({
        name,
        categories: [...categories],
        probabilities: shares[l]!,
      })),
      cautions: [...cautionsFor({ nodes: graph.nodes, edges: [] }, []), ...(run.result.cautions ?? [])],
    },
    draws: { outcomes, latents: pointsOf(points) },
  }
}
