/** Where next to no sample stands behind a number. */
import type { Clusters } from '../../facets.ts'
import type { LearnedGraph } from '../../../graph/learned-graph.ts'
import { conditionalTables } from '../../../graph-formats/probabilities.ts'
import { thresholds } from '../thresholds.ts'
import { type Finding, warning } from '../../../findings/finding.ts'
import { list, percent } from '../../../findings/words.ts'

const { emptyShare } = thresholds

/** Rows of the conditional tables that next to no sample supports: their numbers are guesses. */
export function thinRows(graph: LearnedGraph): readonly Finding[] {
  const thin = conditionalTables(graph).flatMap(({ node, parents, rows }) =>
    rows
      .filter((row) => row.weight < emptyShare)
      .map(({ given }) => {
        const condition = parents.map((parent, i) => {
          const { name, categories } = graph.nodes[parent]!
          return `${name} = ${categories[given[i]!]!}`
        })
        return `P(${graph.nodes[node]!.name} | ${condition.join(', ')})`
      }),
  )
  if (thin.length === 0) return []
  const share = `less than ${percent(emptyShare, 1)} of the samples`
  const text =
    thin.length <= 2
      ? `${list(thin)} ${thin.length === 1 ? 'rests' : 'rest'} on ${share}: do not rely on ${thin.length === 1 ? 'it' : 'them'}.`
      : `${thin.length} rows of the conditional tables rest on ${share} each: do not rely on them.`
  return [warning('support', text)]
}

/** Without anchors, an outcome that nobody has may be rare, or its samples may lie in another's cluster. */
export function clusterFindings(graph: LearnedGraph, components: Clusters['components']): readonly Finding[] {
  const empty = components.filter((component) => component.weight < emptyShare).length
  if (empty === 0 || graph.nodes.every((node) => node.anchor !== null)) return []
  return [
    warning(
      'clusters',
      `${empty} of ${components.length} joint outcomes ${empty === 1 ? 'has' : 'have'} almost no sample: ${empty === 1 ? 'it is' : 'they are'} rare, or the model merged ${empty === 1 ? 'its' : 'their'} samples with others.`,
    ),
  ]
}
