/** What people call the clusters of a run: a name of their own, or the categories of the nodes that they stand for. */
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { categoriesOfOutcomes } from '../../src-shared/graph-formats/probabilities.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import type { Clusters } from '../../src-shared/methods/facets.ts'
import { annotate, readAnnotations } from '../project/annotations.ts'
import type { ReadableProject, WritableProject } from '../project/project.ts'

const keyOf = (outcome: number): string => `outcome/${outcome}/name`

/** How many joint outcomes the clusters are of. */
export function outcomeCount({ components }: Pick<Clusters, 'components'>): number {
  return 1 + Math.max(-1, ...components.map(({ outcome }) => outcome))
}

/** The name that a person gave to each joint outcome; null where nobody gave one, [C]. */
export function givenClusterNames({ database }: ReadableProject, runId: number, count: number): (string | null)[] {
  const { values } = readAnnotations(database, runId)
  return Array.from({ length: count }, (_, outcome) => {
    const given = v.safeParse(v.string(), values.get(keyOf(outcome)))
    return given.success ? given.output : null
  })
}

/**
 * What each joint outcome is called without a name of its own: "thick, stiff", or "Cluster 3" where no node names it, [C].
 * @param categories shown names of each node's categories
 */
export function ownClusterNames(
  graph: Pick<LearnedGraph, 'nodes'> | null,
  categories: readonly (readonly string[])[],
  count: number,
): string[] {
  const outcomes = categoriesOfOutcomes((graph?.nodes ?? []).map((node) => node.categories.length))
  return Array.from({ length: count }, (_, outcome) =>
    outcomes.length === 0
      ? `Cluster ${outcome + 1}`
      : outcomes.map((ofNode, l) => categories[l]?.[ofNode[outcome]!] ?? '').join(', '),
  )
}

/**
 * An empty name gives the cluster its own back. Throws `refused` for a name that another has.
 * @param own what each is called without, [C]
 */
export function nameCluster(
  project: WritableProject,
  runId: number,
  own: readonly string[],
  outcome: number,
  name: string,
): void {
  const mine = own[outcome]
  if (mine === undefined) throw refused(`The run has no cluster ${outcome}.`, '', { field: 'outcome' })
  const given = givenClusterNames(project, runId, own.length)
  const wanted = name.trim()
  const value = wanted === '' || wanted === mine ? null : wanted
  if (value !== null && own.some((title, c) => c !== outcome && (given[c] ?? title) === value))
    throw refused(`Another cluster is called "${value}".`, 'Give each a name of its own.', { field: 'name' })
  annotate(project.database, runId, `Rename ${given[outcome] ?? mine} to ${value ?? mine}`, [
    { key: keyOf(outcome), value },
  ])
}
