/**
 * A run's graph against another run's, or against a truth file: the graphs as they were learned. What may be stated of them
 * depends on the replicates made so far, and would make a graph differ from itself.
 */
import { basename } from 'node:path'
import type { ResponseOf } from '../../src-shared/contract.ts'
import type { ComparedWith } from '../../src-shared/contract/graphs.ts'
import { matrixOf } from '../../src-shared/domain/result.ts'
import { refused } from '../../src-shared/errors.ts'
import { digraph, isAcyclic } from '../../src-shared/graph/digraph.ts'
import { endsOfClass } from '../../src-shared/graph/marked-graph.ts'
import { facetOf, facetsOf } from '../../src-shared/methods/results.ts'
import { readTruth } from '../datasets/truth.ts'
import { readRun } from '../project/runs.ts'
import { readGraphAnnotations } from '../services/graphs.ts'
import { outcomeLabels } from '../services/judging/outcome-labels.ts'
import type { AppContext } from './context.ts'
import { compareGraphs, type NamedGraph } from './graph-comparison.ts'
import { proposeMapping } from './node-mapping.ts'

async function graphOfRun({ session, results }: AppContext, run: number): Promise<NamedGraph> {
  const { project } = session()
  const result = await results.result(project, run)
  const graph = facetOf(result, 'graph')
  const { clusters } = facetsOf(result)
  const { names } = readGraphAnnotations(project, run, graph)
  const arrays = clusters === null ? null : await results.arrays(project, run)
  const samples =
    clusters === null || arrays === null
      ? { ids: [], labels: [] }
      : {
          ids: arrays.ids,
          labels: outcomeLabels(graph.nodes.length, clusters, matrixOf(arrays, clusters.responsibilities)),
        }
  return { title: readRun(project.database, run).name, names, edges: graph.edges, samples }
}

function graphOfTruth(file: string): NamedGraph {
  const { nodes, edges, factors } = readTruth(file)
  const names = nodes.map(({ name }) => name)
  const dag = digraph(names.length, edges)
  if (!isAcyclic(dag))
    throw refused(`The edges of ${file} hold a cycle.`, 'A causal graph must be acyclic.', { field: 'edges' })
  const rows = [...factors.values()]
  const samples = { ids: [...factors.keys()], labels: names.map((_, node) => rows.map((row) => row[node]!)) }
  return { title: basename(file), names, edges: endsOfClass(dag), samples }
}

async function bothGraphs(context: AppContext, run: number, other: ComparedWith): Promise<[NamedGraph, NamedGraph]> {
  const there = other.kind === 'run' ? await graphOfRun(context, other.run) : graphOfTruth(other.file)
  return [await graphOfRun(context, run), there]
}

/** Which nodes are proposed to be the same. Throws `refused` for a truth with a cycle. */
export async function matchRun(
  context: AppContext,
  run: number,
  other: ComparedWith,
): Promise<ResponseOf<'graph.match'>> {
  const [here, there] = await bothGraphs(context, run, other)
  return { title: there.title, ...proposeMapping(here, there) }
}

/** Throws `refused` for a truth with a cycle, and for graphs without a node in common. */
export async function compareRun(
  context: AppContext,
  run: number,
  other: ComparedWith,
): Promise<ResponseOf<'graph.compare'>> {
  const [here, there] = await bothGraphs(context, run, other)
  return compareGraphs(here, there, other.nodes ?? proposeMapping(here, there).proposed)
}
