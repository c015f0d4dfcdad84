import type { GraphAnnotations, KnownFrom } from '../../../src-shared/contract/graphs.ts'
import type { graphRequests } from '../../../src-shared/contract/graphs.ts'
import { refused } from '../../../src-shared/errors.ts'
import { judgedGraph } from '../../../src-shared/findings/judged-graph.ts'
import type { LearnedGraph } from '../../../src-shared/graph/learned-graph.ts'
import { nothingKnown } from '../../../src-shared/knowledge/knowledge.ts'
import { facetOf, findingsOf } from '../../../src-shared/methods/results.ts'
import { withNames } from '../../../src-shared/graph-formats/names.ts'
import { graphText } from '../../../src-shared/graph-formats/text.ts'
import type { Handlers } from '../../host/router.ts'
import { readDataset } from '../../project/datasets.ts'
import type { WritableProject } from '../../project/project.ts'
import { readRun } from '../../project/runs.ts'
import { changeGraph, readGraphAnnotations, redoGraphChange, undoGraphChange } from '../../services/graphs.ts'
import { readKnowledgeFile } from '../../services/knowledge-file.ts'
import { keepKnowledge, knownSince, whyNotTold } from '../../services/known-since.ts'
import { restateRun } from '../../services/restate.ts'
import { readLearned } from '../../services/results.ts'
import type { AppContext } from '../context.ts'
import { compareRun, matchRun } from '../run-comparison.ts'
import { Display } from '../display.ts'
import { graphView } from '../graph-view.ts'

export function graphHandlers(context: AppContext): Handlers<keyof typeof graphRequests> {
  const { results, store } = context

  /** A result with a graph, judged. */
  const judged = async (project: WritableProject, run: number) => {
    const [result, found] = await Promise.all([results.result(project, run), results.judged(project, run)])
    if (found === null) throw refused('A run of this method has no graph.', 'Choose a run of another method.')
    return { result, judgement: found.judgement }
  }

  const changed = async (run: number, change: (project: WritableProject, graph: LearnedGraph) => GraphAnnotations) => {
    const session = context.session()
    const { project } = session
    const before = await judged(project, run)
    const annotations = change(project, facetOf(before.result, 'graph'))
    // What is known since may have come or gone with it.
    const { result, judgement } = await judged(project, run)
    // Lists of runs name the edges as people do.
    session.tell([result === before.result ? readRun(project.database, run) : await restateRun(project, run)])
    const finding = findingsOf(result, { judgement, components: null, names: annotations })
    const { given = null } = facetOf(result, 'graph')
    return { annotations, finding, given, knownSince: knownSince(project, run) }
  }

  const know = async (run: number, known: KnownFrom) => {
    const { project } = context.session()
    const learned = await readLearned(project, run)
    const knowledge =
      known.kind === 'file' ? readKnowledgeFile(known.file) : known.kind === 'none' ? nothingKnown : known.knowledge
    return changed(run, (writable, graph) => {
      const names = readGraphAnnotations(writable, run, graph)
      keepKnowledge(writable, run, { result: learned, names }, knowledge)
      return readGraphAnnotations(writable, run, graph)
    })
  }

  return {
    'graph.get': async ({ run }) => {
      const { project } = context.session()
      const summary = readRun(project.database, run)
      const { result, judgement } = await judged(project, run)
      const { samples, modalities } = readDataset(project.database, summary.datasetId)
      const annotations = readGraphAnnotations(project, run, facetOf(result, 'graph'))
      const display = new Display(store, project.database, summary.datasetId)
      const since = knownSince(project, run)
      return graphView({
        ...{ run: summary, samples, modalities, result, judgement, annotations, display },
        knownSince: since,
      })
    },
    'graph.change': ({ run, change }) => changed(run, (project, graph) => changeGraph(project, run, graph, change)),
    'graph.check': async ({ run, knowledge }) => {
      const { project } = context.session()
      const learned = await readLearned(project, run)
      return { why: whyNotTold(learned, knowledge, readGraphAnnotations(project, run, facetOf(learned, 'graph'))) }
    },
    'graph.know': ({ run, known }) => know(run, known),
    'graph.undo': ({ run }) => changed(run, (project, graph) => undoGraphChange(project, run, graph)),
    'graph.redo': ({ run }) => changed(run, (project, graph) => redoGraphChange(project, run, graph)),
    'graph.text': async ({ run, format }) => {
      const { project } = context.session()
      const { result, judgement } = await judged(project, run)
      const graph = facetOf(result, 'graph')
      const names = readGraphAnnotations(project, run, graph)
      const shown = withNames(judgedGraph(graph, judgement), names)
      const finding = findingsOf(result, { judgement, components: null, names })
      return { fileName: `graph.${format}`, text: graphText(shown, format, { provenance: result.provenance, finding }) }
    },
    'graph.match': ({ run, with: other }) => matchRun(context, run, other),
    'graph.compare': ({ run, with: other }) => compareRun(context, run, other),
  }
}
