/**
 * A run's graph against another run's, or against a truth file: the graphs as they were learned. What may be stated of them
 * depends on the replicates made so far, and would make a graph differ from itself.
 */
import { basename } from 'node:path'
import type { ResponseOf } from '../../src-shared/contract.ts'
import type { ComparedWith } from '../../src-shared/contract/graphs.ts'
import { refused } from '../../src-shared/errors.ts'
import { digraph, isAcyclic } from '../../src-shared/graph/digraph.ts'
import { endsOfClass } from '../../src-shared/graph/marked-graph.ts'
import { facetOf } from '../../src-shared/methods/results.ts'
import { readTruth } from '../datasets/truth.ts'
import { readRun } from '../project/runs.ts'
import { readGraphAnnotations } from '../services/graphs.ts'
import type { AppContext } from './context.ts'
import { compareGraphs, type NamedGraph } from './graph-comparison.ts'

async function graphOfRun({ session, results }: AppContext, run: number): Promise<NamedGraph> {
  const { project } = session()
  const graph = facetOf(await results.result(project, run), 'graph')
  const { names } = readGraphAnnotations(project, run, graph)
  return { title: readRun(project.database, run).name, names, edges: graph.edges }
}

/** Throws `refused` for a truth with a cycle, and for graphs without a node of the same name. */
export async function compareRun(
  context: AppContext,
  run: number,
  other: ComparedWith,
): Promise<ResponseOf<'graph.compare'>> {
  const here = await graphOfRun(context, run)
  if (other.kind === 'run') return compareGraphs(here, await graphOfRun(context, other.run))
  const truth = await readTruth(other.file)
  const names = truth.nodes.map(({ name }) => name)
  const dag = digraph(names.length, truth.edges)
  if (!isAcyclic(dag))
    throw refused(`The edges of ${other.file} hold a cycle.`, 'A causal graph must be acyclic.', { field: 'edges' })
  return compareGraphs(here, { title: basename(other.file), names, edges: endsOfClass(dag) })
}
