/** A run as commands print it: an object for programs, words for people. */
import type { ComponentJudgement } from '../../src-shared/domain/component-judgement.ts'
import type { Judgement } from '../../src-shared/domain/judgement.ts'
import type { RunResult } from '../../src-shared/domain/result.ts'
import type { RunSummary } from '../../src-shared/domain/run.ts'
import { isDirected, isOpen } from '../../src-shared/graph/edge.ts'
import { edgeText, standingWords } from '../../src-shared/graph/edge-words.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import { named, namedEdges } from '../../src-shared/graph/marked-graph.ts'
import { withNames, type GraphNames } from '../../src-shared/graph-formats/names.ts'
import { facetOf, facetsOf, findingsOf } from '../../src-shared/methods/results.ts'
import type { Knowledge } from '../../src-shared/knowledge/knowledge.ts'
import { type JudgedPrivate, judgedCoupling } from '../../src-shared/findings/judged-coupling.ts'
import { judgedGraph } from '../../src-shared/findings/judged-graph.ts'
import { cautionsOf, detailLines } from '../../src-shared/findings/finding.ts'
import { estimateText, percent, probability } from '../../src-shared/findings/words.ts'
import { readJudged, readNames, readResult, readReturning } from '../services/results.ts'
import type { ReadableProject } from '../project/project.ts'
import { clock, type Terminal } from './terminal.ts'

/** A finished run with how firmly each part of it may be stated, under the names that people gave. */
export interface Reported {
  readonly result: RunResult
  /** Null where there is no graph. */
  readonly judgement: Judgement | null
  /** Null where there are no coupled components. */
  readonly components: ComponentJudgement | null
  readonly names?: GraphNames | undefined
}

function graphOf({ result, judgement, names }: Reported): LearnedGraph | null {
  const { graph } = facetsOf(result)
  if (graph === null || judgement === null) return graph
  return judgedGraph(withNames(graph, names), judgement)
}

/** The summary of any run; a finished one with what it found. */
export function runRecord(run: RunSummary, reported: Reported | null): object {
  const { config, datasetId, ...rest } = run
  const pinned = { ...rest, dataset: datasetId }
  if (reported === null) return { ...pinned, config }
  const { result, judgement, components } = reported
  const { headline, provisional, details, notes } = findingsOf(result, reported)
  const graph = graphOf(reported)
  return {
    ...pinned,
    seconds: result.seconds,
    epochs: result.epochs,
    ...(graph === null ? {} : { nodes: withReplicability(graph, judgement), edges: namedEdges(graph) }),
    terms: result.score.terms,
    finding: headline,
    provisional,
    ...(components === null ? {} : componentRecords(reported)),
    replicates: judgement?.replicates ?? components?.replicates ?? 0,
    cautions: cautionsOf({ details }),
    warnings: notes,
    provenance: result.provenance,
    config,
  }
}

/** Components with what of them may be stated. */
function componentRecords({ result, components: judgement, names }: Reported): object {
  const { components, privates, mcc } = judgedCoupling(facetOf(result, 'coupling'), judgement, names)
  return { components, privates: privates.map(({ modality, components: own }) => ({ modality, components: own })), mcc }
}

function withReplicability({ nodes }: LearnedGraph, judgement: Judgement | null): object[] {
  return nodes.map((node, l) => ({ ...node, replicability: judgement?.nodes[l]?.replicability?.mean ?? null }))
}

function edgeLines(graph: LearnedGraph): string[] {
  return named(graph.edges, (node) => graph.nodes[node]!.name).map((ends, i) => {
    const { support, standing } = graph.edges[i]!
    const { posterior, replicates } = support
    const notes = [
      ...(posterior === null ? [] : [`joined ${probability(posterior.joined)}`]),
      ...(posterior !== null && isDirected(ends) ? [`this way ${probability(posterior.forward)}`] : []),
      ...(replicates === null ? [] : [`${replicates.agreeing} of ${replicates.of} replicates`]),
      ...(isOpen(ends) ? ['direction open'] : []),
      ...(standing === 'supported' ? [] : [standingWords[standing]]),
    ]
    return `  ${edgeText(ends)} (${notes.join('; ')})`
  })
}

type Stated = Pick<JudgedPrivate, 'name' | 'own' | 'replicability' | 'standing'>

function componentLines({ result, components: judgement, names }: Reported): string[] {
  const { coupling } = facetsOf(result)
  if (coupling === null) return []
  const { components, privates } = judgedCoupling(coupling, judgement, names)
  const line = ({ name, own, replicability, standing }: Stated, measure: string): string => {
    const returns = replicability === null ? [] : [`returns ${estimateText(replicability)}`]
    const called = name === own ? name : `${name} (${own})`
    return `  ${called}: ${[standingWords[standing] || 'supported', measure, ...returns].join('; ')}`
  }
  return [
    'Components, most strongly coupled first:',
    ...components.map((component) => line(component, `coupling ${component.strength.toFixed(2)}`)),
    ...privates.flatMap(({ modality, components: own }) => [
      `What ${modality} varies in alone:`,
      ...own.map((component) => line(component, `${percent(component.explained)} of its variance`)),
    ]),
  ]
}

function rankingLines(result: RunResult): string[] {
  const { ranking, coupling } = facetsOf(result)
  // Coupled components are told with what of them may be stated.
  if (ranking === null || coupling !== null) return []
  const entries = ranking.entries.map(
    ({ name, value }, i) => `  ${i + 1}. ${name} (${ranking.measure} ${value.toPrecision(4)})`,
  )
  return [`${ranking.title}:`, ...entries]
}

/** What was found, in words. */
export function findingText(reported: Reported): string {
  const { result } = reported
  const findings = findingsOf(result, reported)
  const graph = graphOf(reported)
  return [
    findings.headline,
    ...(graph === null || graph.edges.length === 0 ? [] : ['Edges:', ...edgeLines(graph)]),
    ...componentLines(reported),
    ...rankingLines(result),
    ...detailLines(findings),
  ].join('\n')
}

/** What a finished run found, in words, and what it took. */
export function runText(run: RunSummary, reported: Reported): string {
  const { result } = reported
  const { name, value, unit } = result.score
  const took = `${run.name}: ${name} ${value.toFixed(3)} ${unit} a sample, ${result.epochs} epochs, ${clock(result.seconds)}.`
  return [findingText(reported), took].join('\n')
}

/** @param known instead of what is kept with the run */
export async function readReported(project: ReadableProject, runId: number, known?: Knowledge): Promise<Reported> {
  const result = await readResult(project, runId, known)
  const [judged, components] = await Promise.all([readJudged(project, runId, known), readReturning(project, runId)])
  return {
    result,
    judgement: judged?.judgement ?? null,
    components,
    names: readNames(project, runId, facetsOf(result)),
  }
}

/** Prints a finished run. */
export async function tellResult(terminal: Terminal, project: ReadableProject, run: RunSummary): Promise<void> {
  const reported = await readReported(project, run.id)
  await terminal.result(runRecord(run, reported), runText(run, reported))
}
