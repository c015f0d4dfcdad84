/**
 * A judged result in sentences of honest science (causal-pima.md section 7): what is supported, how firmly, what node
 * meaning rests on, and what to be wary of. Window, command line, report and exports say these and no others; the same
 * result always gives the same words.
 */
import type { Judgement } from '../../../domain/judgement.ts'
import type { CausalPimaBody } from '../result.ts'
import { type GraphNames, withNames } from '../../../graph-formats/names.ts'
import { elsewhereFindings } from '../../../findings/elsewhere-findings.ts'
import { edgeFindings } from '../../../findings/edge-findings.ts'
import { explainsAnything, headline } from '../../../findings/headline.ts'
import { judgedGraph } from '../../../findings/judged-graph.ts'
import { meaning } from './meaning.ts'
import { lawFindings } from './law-findings.ts'
import { modalityFindings } from './modality-findings.ts'
import { incompleteFindings, nodeFindings, rebuiltFindings } from '../../../findings/node-findings.ts'
import { type Finding, type Findings, info } from '../../../findings/finding.ts'
import { list } from '../../../findings/words.ts'
import { clusterFindings, thinRows } from './thin-evidence.ts'

interface Judgeable extends Pick<CausalPimaBody, 'graph' | 'assignment' | 'components' | 'modalities' | 'laws'> {
  /** What the training has to say for itself. */
  readonly warnings: readonly string[]
}

/** Where no discrete cause holds and several modalities vary, continuous ones are the question of another method. */
function otherMethod({ replicates, nodes, rebuilt }: Judgement): readonly Finding[] {
  if (replicates === 0 || rebuilt.length < 2 || nodes.some(({ standing }) => standing === 'supported')) return []
  const names = list(rebuilt.map(({ modality }) => modality))
  return [
    info(
      'nodes',
      `What varies continuously, shared by ${names} or private to one of them, is what the partial causal model looks for (method partial-causal): train it on the same samples.`,
    ),
  ]
}

export function findings(result: Judgeable, judgement: Judgement, names?: GraphNames): Findings {
  const graph = judgedGraph(withNames(result.graph, names), judgement)
  const explains = explainsAnything(judgement)
  // Where no node is supported, what else could be said of the graph is of no use.
  const none = judgement.replicates > 0 && judgement.nodes.every(({ standing }) => standing === 'unsupported')
  const details = [
    ...otherMethod(judgement),
    ...rebuiltFindings(judgement),
    ...lawFindings(result.laws ?? []),
    ...incompleteFindings(judgement),
    ...(explains ? nodeFindings(graph, judgement) : []),
    ...(explains && !none ? elsewhereFindings(graph, judgement) : []),
    ...(explains && !none
      ? [
          ...edgeFindings(graph, judgement),
          ...thinRows(graph),
          ...meaning(graph, result.assignment),
          ...modalityFindings(
            graph.nodes.map(({ name }) => name),
            result.modalities ?? [],
          ),
          ...clusterFindings(graph, result.components),
        ]
      : []),
  ]
  return {
    headline: headline(graph, judgement),
    provisional: judgement.replicates === 0,
    details: [
      ...details.filter(({ severity }) => severity === 'warning'),
      ...details.filter(({ severity }) => severity === 'info'),
    ],
    notes: result.warnings,
  }
}
