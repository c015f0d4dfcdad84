/**
 * A finished run of values that readers stumble over: ids and categories with umlauts, quotes, line breaks, leading zeros
 * and words that mean "missing" elsewhere, numbers at the ends of their ranges, tables of rare probabilities.
 */
import type { FinishedRun } from '../../src-main/export/finished-run.ts'
import { digraph, edgesOf } from '../../src-shared/graph/digraph.ts'
import type { Knowledge } from '../../src-shared/knowledge/knowledge.ts'
import { withBody } from '../unit/example-result.ts'
import { exampleRun } from '../unit/export/example-run.ts'
import { lattice } from '../unit/shared/graph-formats/example-graph.ts'

const ids = ['007', 'NA', '1e5', 'ä,"b"', 'line\nbreak', ' space ', '=1+1', "'quoted", 'nan', '😀', 'TRUE', '-3', '-x']
const numbers = [0.1, -0, 5e-324, 1.7976931348623157e308, 1 / 3, NaN, 2 ** 53, -1e-7, 123456789.12345679, 1e21]
const floats = [0.1, -0, 1.401298464324817e-45, 3.4028234663852886e38, 1 / 3, 16777216, 1e-7].map(Math.fround)
const categories = ['null', '1', 'Größe > "3" & <b>', 'NA']

/** Late yield is rare where it is soft: probabilities that are written with an exponent. */
function rare() {
  const weights = lattice.logJoint.map((logP, a) => Math.exp(logP) * (a % 4 === 1 ? 3e-7 : 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return {
    ...lattice,
    nodes: lattice.nodes.map((node, l) => ({
      ...node,
      categories: node.categories.map((c, k) => (l === 1 ? `${k} µm, "${c}"` : c)),
    })),
    logJoint: weights.map((weight) => Math.log(weight / total + 1e-12)),
  }
}

export function strangeRun(): FinishedRun {
  const run = exampleRun()
  const n = run.arrays.ids.length
  const named = run.arrays.ids.map((id, row) => ids[row] ?? id)
  const latents = run.arrays.named.latentMean!
  const mean = Float32Array.from(latents.values, (value, i) => floats[i] ?? value)
  const graph = rare()
  return {
    ...run,
    result: withBody(run.result, { graph }),
    arrays: { ids: named, named: { ...run.arrays.named, latentMean: { ...latents, values: mean } } },
    names: {
      names: ['Gefüge', 'Größe, µm', 'probability of "table"', null],
      clusters: Array.from({ length: graph.logJoint.length }, (_c, k) => (k % 2 === 0 ? `Gruppe ${k}; "neu"` : null)),
    },
    dataset: {
      ...run.dataset,
      ids: named,
      metadata: [
        {
          column: { column: 'Yield', kind: 'number', missing: 1 },
          values: Float64Array.from({ length: n }, (_r, row) => numbers[row] ?? row / 7),
        },
        {
          column: { column: 'Größe "x", µm', kind: 'category', categories, missing: 1 },
          values: Float64Array.from({ length: n }, (_r, row) => (row % 5) - 1),
        },
      ],
    },
  }
}

/** What is known of nodes whose names have to be quoted. */
export const strangeKnowledge: Knowledge = {
  forbidden: [
    ['N1', 'hue'],
    ['yield, early', 'a//b'],
  ],
  required: [['hue', 'yield point']],
  tiers: [
    { nodes: ['hue', 'a//b', 'yield, early'], closed: true },
    { nodes: ['yield point', 'N1'], closed: false },
    { nodes: ['last one', '//N2'], closed: true },
  ],
  scopes: [{ node: 'hue', modalities: ['images'] }],
  intervened: 'set',
}

export const knowledgeNodes = strangeKnowledge.tiers.flatMap(({ nodes }) => nodes)

/** Every pair [from, to] that it forbids, by the nodes' names. */
export function forbiddenPairs({ forbidden, tiers }: Knowledge): [string, string][] {
  const nodes = tiers.flatMap((tier) => tier.nodes)
  const tierOf = (name: string): number => tiers.findIndex((tier) => tier.nodes.includes(name))
  const against = (from: string, to: string): boolean =>
    tierOf(from) > tierOf(to) ||
    (tierOf(from) === tierOf(to) && tiers[tierOf(from)]!.closed) ||
    forbidden.some(([a, b]) => a === from && b === to)
  const all = digraph(
    nodes.length,
    nodes.flatMap((from, i) => nodes.flatMap((to, j) => (i !== j && against(from, to) ? [[i, j] as const] : []))),
  )
  return edgesOf(all).map(([from, to]) => [nodes[from]!, nodes[to]!])
}
