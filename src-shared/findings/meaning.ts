/** What the names of nodes and categories rest on, and where next to no sample stands behind a number. */
import type { Judgement } from '../domain/judgement.ts'
import type { AssignmentReading, Clusters } from '../methods/facets.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { conditionalTables } from '../graph-formats/probabilities.ts'
import { thresholds } from '../methods/causal-pima/thresholds.ts'
import { type Finding, info, warning } from './finding.ts'
import { list, percent, tellApart } from './words.ts'

const { emptyShare, poorResidual } = thresholds

function rival(chosen: AssignmentReading, rivals: readonly AssignmentReading[]): AssignmentReading | undefined {
  return [...rivals]
    .sort((a, b) => a.residual - b.residual)
    .find((reading) => reading.order.join() !== chosen.order.join())
}

export function meaning(
  graph: LearnedGraph,
  assignment: Clusters['assignment'],
  { replicates }: Judgement,
): readonly Finding[] {
  const free = graph.nodes.filter((node) => node.anchor === null).map((node) => node.name)
  if (free.length === 0) return []
  const whose = free.length === graph.nodes.length && free.length > 1 ? 'the nodes and their categories' : list(free)
  if (assignment === null)
    return [
      info(
        'meaning',
        `No label ties ${free.length === 1 ? `the categories of ${list(free)}` : whose}: they are clusters, and the decoded samples show what they mean.`,
      ),
    ]
  const { chosen, rivals } = assignment
  const next = rival(chosen, rivals)
  const [score, nextScore] = tellApart(chosen.residual, next?.residual ?? Infinity)
  const scores = next === undefined ? `residual ${score}` : `residual ${score}; the next best reading ${nextScore}`
  const found = [
    info(
      'meaning',
      `What ${whose} mean rests on the assignment search (${scores}), not on labels: check it against the decoded samples.`,
    ),
  ]
  // Replicates say by themselves whether such nodes return.
  if (chosen.residual > poorResidual && replicates === 0)
    found.push(
      warning(
        'meaning',
        `Even the best reading explains little of how the clusters differ (residual ${score}, where 1 explains nothing): the nodes may not be real. Train again with another seed, another modality or an anchor.`,
      ),
    )
  return found
}

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
