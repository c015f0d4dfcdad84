import type { GraphAnnotations } from '../../../src-shared/contract/graphs.ts'
import type { graphRequests } from '../../../src-shared/contract/graphs.ts'
import type { LearnedGraph } from '../../../src-shared/graph/learned-graph.ts'
import { facetOf, findingsOf } from '../../../src-shared/methods/results.ts'
import { withNames } from '../../../src-shared/graph-formats/names.ts'
import { graphText } from '../../../src-shared/graph-formats/text.ts'
import type { Handlers } from '../../host/router.ts'
import { readDataset } from '../../project/datasets.ts'
import type { WritableProject } from '../../project/project.ts'
import { readRun } from '../../project/runs.ts'
import { changeGraph, readGraphAnnotations, redoGraphChange, undoGraphChange } from '../../services/graphs.ts'
import type { AppContext } from '../context.ts'
import { compareRun } from '../run-comparison.ts'
import { Display } from '../display.ts'
import { graphView } from '../graph-view.ts'

export function graphHandlers(context: AppContext): Handlers<keyof typeof graphRequests> {
  const { results, store } = context

  const changed = async (run: number, change: (project: WritableProject, graph: LearnedGraph) => GraphAnnotations) => {
    const session = context.session()
    const { project } = session
    const result = await results.result(project, run)
    const annotations = change(project, facetOf(result, 'graph'))
    // Lists of runs name the edges as people do.
    session.tell([readRun(project.database, run)])
    return { annotations, finding: findingsOf(result, annotations) }
  }

  return {
    'graph.get': async ({ run }) => {
      const { project } = context.session()
      const summary = readRun(project.database, run)
      const result = await results.result(project, run)
      const { samples, modalities } = readDataset(project.database, summary.datasetId)
      const annotations = readGraphAnnotations(project, run, facetOf(result, 'graph'))
      const display = new Display(store, project.database, summary.datasetId)
      return graphView({ run: summary, samples, modalities, result, annotations, display })
    },
    'graph.change': ({ run, change }) => changed(run, (project, graph) => changeGraph(project, run, graph, change)),
    'graph.undo': ({ run }) => changed(run, (project, graph) => undoGraphChange(project, run, graph)),
    'graph.redo': ({ run }) => changed(run, (project, graph) => redoGraphChange(project, run, graph)),
    'graph.text': async ({ run, format }) => {
      const { project } = context.session()
      const result = await results.result(project, run)
      const graph = facetOf(result, 'graph')
      const shown = withNames(graph, readGraphAnnotations(project, run, graph))
      return { fileName: `graph.${format}`, text: graphText(shown, format, { provenance: result.provenance }) }
    },
    'graph.compare': ({ run, with: other }) => compareRun(context, run, other),
  }
}
