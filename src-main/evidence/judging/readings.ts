/** The readings of the clusters that fit equally: what each makes of them, and which samples' labels would tell them apart. */
import type { Reading } from '../../../src-shared/domain/judgement.ts'
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import type { Ends } from '../../../src-shared/graph/edge.ts'
import type { EdgeConstraints } from '../../../src-shared/knowledge/constraints.ts'
import { endsOfClass } from '../../../src-shared/graph/marked-graph.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { bestMatching } from '../../statistics/matching.ts'
import { bestDag, scoreFamilies } from '../best-dag.ts'
import { categoriesOfOutcomes, type Counts, countsOver } from '../counts.ts'
import type { EdgePosterior } from '../edge-posterior.ts'
import type { NodeAgreement } from '../node-agreement.ts'
import type { LabelledRun, RivalReading } from './labelled.ts'

const { sharedNode } = evidenceThresholds
/** Outcomes with a smaller share of the samples are not worth a label. */
const smallestShare = 0.005
/** Up to so many combinations two samples of each are named, beyond it one: a dozen labels at most are asked for. */
const mostPaired = 6

/** Every reading with its graph: the run's own first. */
export function judgeReadings(
  run: LabelledRun & { readonly constraints: EdgeConstraints | null },
  own: EdgePosterior,
  rivals: readonly { readonly match: NodeAgreement; readonly posterior: EdgePosterior }[],
): Reading[] {
  const nodes = run.graph.nodes.map((_, node) => node)
  const chosen: Reading = {
    residual: run.residual,
    agreement: nodes.map(() => 1),
    configured: nodes,
    shared: nodes.map(() => true),
    categories: categoriesOfOutcomes(run.counts.categories),
    edges: withProbability(run.graph.edges, own),
    toLabel: [],
  }
  return [
    chosen,
    ...run.rivals.map((rival, at) => rivalReading(run, rival, rivals[at]!, RandomStream.of(run.seed, `reading/${at}`))),
  ]
}

function rivalReading(
  run: LabelledRun & { readonly constraints: EdgeConstraints | null },
  rival: RivalReading,
  { match, posterior }: { readonly match: NodeAgreement; readonly posterior: EdgePosterior },
  random: RandomStream,
): Reading {
  const { partner, nodeAgreement } = match
  const shared = nodeAgreement.map((agreement) => agreement >= sharedNode)
  const counts = countsOver(rival.counts, partner)
  const own = categoriesOfOutcomes(run.counts.categories)
  const renamings = partner.map((node, l) =>
    shared[l] ? sameNames(run.counts, own, rival.categories, l, node, rival.counts.categories[node]!) : null,
  )
  const categories = rival.categories.map((there) =>
    partner.map((node, l) => renamings[l]?.[there[node]!] ?? there[node]!),
  )
  return {
    residual: rival.cost,
    agreement: [...nodeAgreement],
    configured: [...partner],
    shared,
    categories,
    edges: withProbability(
      endsOfClass(bestDag(scoreFamilies(counts, run.constraints), random), run.constraints),
      posterior,
    ),
    toLabel: samplesToLabel(run, own, categories, shared),
  }
}

function withProbability(edges: readonly Ends[], { joined }: EdgePosterior): Reading['edges'] {
  return edges.map(({ from, to, fromMark, toMark }) => ({ from, to, fromMark, toMark, joined: joined[from]![to]! }))
}

/** The graph's category that each of the rival's is, by the samples that have both; null where their numbers differ. */
function sameNames(
  { categories, values }: Counts,
  own: readonly (readonly number[])[],
  there: readonly (readonly number[])[],
  node: number,
  nodeThere: number,
  sizeThere: number,
): number[] | null {
  if (categories[node] !== sizeThere) return null
  const together = Array.from({ length: sizeThere }, () => new Array<number>(sizeThere).fill(0))
  own.forEach((outcome, a) => (together[there[a]![nodeThere]!]![outcome[node]!]! += values[a]!))
  return bestMatching(together)
}

/**
 * For every combination of what the two readings say in the nodes that they do not share, the surest samples of one outcome
 * that has it: where there is a choice, of one that in the shared nodes is like the others, so that little else differs.
 */
function samplesToLabel(
  { counts: { values }, surest }: LabelledRun,
  own: readonly (readonly number[])[],
  there: readonly (readonly number[])[],
  shared: readonly boolean[],
): Reading['toLabel'] {
  if (shared.every(Boolean)) return []
  const apart = (categories: readonly number[]): string => categories.filter((_, l) => !shared[l]).join()
  const alike = (categories: readonly number[]): number[] => categories.filter((_, l) => shared[l])
  let total = 0
  for (let a = 0; a < values.length; a++) total += values[a]!
  const held = own.map((_, outcome) => outcome).filter((a) => values[a]! >= smallestShare * total)
  const heaviestFirst = held.toSorted((a, b) => values[b]! - values[a]!)
  const usual = alike(own[heaviestFirst[0] ?? 0] ?? [])
  const unlike = (outcome: number): number => alike(own[outcome]!).filter((k, i) => k !== usual[i]).length
  const cells = new Map<string, number>()
  for (const outcome of heaviestFirst.toSorted((a, b) => unlike(a) - unlike(b))) {
    const cell = `${apart(own[outcome]!)}/${apart(there[outcome]!)}`
    if (!cells.has(cell) && (surest[outcome]?.length ?? 0) > 0) cells.set(cell, outcome)
  }
  const each = cells.size <= mostPaired ? 2 : 1
  return [...cells.values()]
    .sort((a, b) => a - b)
    .map((outcome) => ({ outcome, samples: surest[outcome]!.slice(0, each) }))
}
