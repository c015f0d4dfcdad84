/** What setting nodes does: before, given that it is seen, and when it is set, with the range over the graphs of the class. */
import type { Effect } from '../../../src-shared/contract/what-if.ts'
import { refused } from '../../../src-shared/errors.ts'
import { list, percent } from '../../../src-shared/findings/words.ts'
import { type Digraph, edgesOf } from '../../../src-shared/graph/digraph.ts'
import type { LearnedGraph } from '../../../src-shared/graph/learned-graph.ts'
import type { Setting } from '../../../src-shared/graph-questions/called.ts'
import { cautionsFor } from '../../../src-shared/graph-questions/cautions.ts'
import { categoriesOfOutcomes } from '../../../src-shared/graph-formats/probabilities.ts'
import { effectInClass } from '../../evidence/class-effect.ts'
import type { AskedRun } from './asked-run.ts'

/** An outcome with fewer expected samples than this was hardly seen: what it looks like is extrapolated. */
const hardlySeen = 5

function requireSettings({ nodes }: LearnedGraph, settings: readonly Setting[]): void {
  if (settings.length === 0) throw refused('Nothing is set.', 'Say which node is set to which category.')
  for (const { node, value } of settings) {
    if (nodes[node]?.categories[value] === undefined)
      throw refused(`The graph has no category ${value} of a node ${node}.`, '', { field: 'settings' })
  }
  if (new Set(settings.map(({ node }) => node)).size < settings.length)
    throw refused('A node is set twice.', 'Set each node once.', { field: 'settings' })
}

/** "hue = blue and radius = small" */
export function settingWords({ nodes }: LearnedGraph, settings: readonly Setting[]): string {
  return list(settings.map(({ node, value }) => `${nodes[node]!.name} = ${nodes[node]!.categories[value]!}`))
}

/** A sum of parts that is all or nothing but for rounding is that. */
const exact = (share: number): number => (share > 1 - 1e-9 ? 1 : share < 1e-12 ? 0 : share)

/** [L][K]: shares of each node's categories under p(a) [C]. */
export function sharesOf({ nodes }: Pick<LearnedGraph, 'nodes'>, joint: readonly number[]): number[][] {
  const counts = nodes.map((node) => node.categories.length)
  const categories = categoriesOfOutcomes(counts)
  return counts.map((count, l) => {
    const shares = new Array<number>(count).fill(0)
    joint.forEach((p, a) => (shares[categories[l]![a]!]! += p))
    return shares.map(exact)
  })
}

/** `A → B`, each edge of a DAG. */
function edgeLines({ nodes }: LearnedGraph, dag: Digraph): string[] {
  return edgesOf(dag).map(([from, to]) => `${nodes[from]!.name} → ${nodes[to]!.name}`)
}

const extremes = (rows: readonly (readonly number[])[], at: number): [mean: number, low: number, high: number] => {
  const values = rows.map((row) => row[at]!)
  return [
    exact(values.reduce((sum, value) => sum + value, 0) / values.length),
    Math.min(...values),
    Math.max(...values),
  ]
}

/** The draws of the outcome under do(): the mean over the graphs of the class. Throws `refused` where nothing, or no category, is set. */
export function effectOf(run: AskedRun, settings: readonly Setting[]): Effect {
  const { graph } = run
  requireSettings(graph, settings)
  const { observational, conditioned, answers, complete } = effectInClass(graph, settings)
  const joints = answers.map(({ interventional }) => interventional)
  const byNode = categoriesOfOutcomes(graph.nodes.map((node) => node.categories.length))
  const outcomes = observational.map((before, a) => {
    const [set, low, high] = extremes(joints, a)
    const categories = byNode.map((of) => of[a]!)
    return { categories, before, seen: conditioned?.[a] ?? null, set, low, high }
  })
  const shares = joints.map((joint) => sharesOf(graph, joint))
  const before = sharesOf(graph, observational)
  const seen = conditioned === null ? null : sharesOf(graph, conditioned)
  const nodes = graph.nodes.map(({ name, categories }, l) => {
    const over = categories.map((_, k) =>
      extremes(
        shares.map((of) => of[l]!),
        k,
      ),
    )
    return {
      name,
      categories: [...categories],
      before: before[l]!,
      seen: seen?.[l] ?? null,
      set: over.map(([mean]) => mean),
      low: over.map(([, low]) => low),
      high: over.map(([, , high]) => high),
    }
  })
  const effect = { settings: settings.map((one) => ({ ...one })), outcomes, nodes, complete }
  return {
    ...effect,
    cautions: [
      ...cautionsFor(
        graph,
        settings.map(({ node }) => node),
      ),
      ...rareOutcomes(run, effect.outcomes),
      // What is asked about first.
      ...(run.result.cautions ?? []),
    ],
    text: textOf(graph, settings, { ...effect, answers: answers.length }),
    answers: answers.map(({ dag }, i) => ({ edges: edgeLines(graph, dag), set: shares[i]! })),
  }
}

function rareOutcomes({ clusters, samples }: AskedRun, outcomes: Effect['outcomes']): string[] {
  if (clusters === null) return []
  const expected = new Map(clusters.components.map(({ outcome, weight }) => [outcome, weight * samples]))
  const rare = outcomes.reduce((sum, { set }, a) => ((expected.get(a) ?? 0) < hardlySeen ? sum + set : sum), 0)
  if (rare < 0.005) return []
  return [
    `${percent(rare)} of what would be are combinations of categories that hardly any sample has: how these look is extrapolated.`,
  ]
}

function textOf(
  graph: LearnedGraph,
  settings: readonly Setting[],
  { nodes, answers, complete }: Pick<Effect, 'nodes' | 'complete'> & { readonly answers: number },
): string[] {
  const words = settingWords(graph, settings)
  const others = nodes.filter((_, l) => settings.every(({ node }) => node !== l))
  const moved = others.flatMap(({ name, categories, before, seen, set, low, high }) => {
    const k = set.reduce(
      (best, share, at) => (Math.abs(share - before[at]!) > Math.abs(set[best]! - before[best]!) ? at : best),
      0,
    )
    const span = high[k]! - low[k]! > 0.005 ? ` (${percent(low[k]!)} to ${percent(high[k]!)})` : ''
    const among = seen === null ? '' : `, ${percent(seen[k]!)} among samples seen with ${words}`
    return [
      `${name} = ${categories[k]!}: ${percent(set[k]!)}${span} when ${words} is set, ${percent(before[k]!)} before${among}.`,
    ]
  })
  const given = graph.given !== undefined
  return [
    ...moved,
    answers === 1
      ? `Every graph that fits the data as well${given ? ' and agrees with what was given' : ''} gives this answer.`
      : `The graph's directions are not all fixed: ${complete ? '' : 'the first '}${answers} ways to orient what drives ${list(settings.map(({ node }) => graph.nodes[node]!.name))} fit the data as well${given ? ' and agree with what was given' : ''}. Told is the mean over them, with the lowest and the highest.`,
  ]
}
