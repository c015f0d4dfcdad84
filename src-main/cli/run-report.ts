/** A run as commands print it: an object for programs, words for people. */
import type { RunResult } from '../../src-shared/domain/result.ts'
import type { RunSummary } from '../../src-shared/domain/run.ts'
import { isOpen, shown } from '../../src-shared/graph/edge.ts'
import { edgeText, standingWords } from '../../src-shared/graph/edge-words.ts'
import { named } from '../../src-shared/graph/marked-graph.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import { facetsOf, findingsOf } from '../../src-shared/methods/results.ts'
import { readResult } from '../services/results.ts'
import type { ReadableProject } from '../project/project.ts'
import { clock, type Terminal } from './terminal.ts'

/** The summary of any run; a finished one with what it found. */
export function runRecord(run: RunSummary, result: RunResult | null): object {
  const { config, datasetId, ...rest } = run
  const pinned = { ...rest, dataset: datasetId }
  if (result === null) return { ...pinned, config }
  const { graph } = facetsOf(result)
  return {
    ...pinned,
    seconds: result.seconds,
    epochs: result.epochs,
    ...(graph === null ? {} : { nodes: graph.nodes }),
    terms: result.score.terms,
    finding: findingsOf(result).headline,
    warnings: result.warnings,
    provenance: result.provenance,
    config,
  }
}

function edgeLines(graph: LearnedGraph): string[] {
  const name = (node: number): string => graph.nodes[node]?.name ?? String(node)
  const edges = graph.edges.map(shown)
  return named(edges, name).map((ends, i) => {
    const { strength, standing } = edges[i]!
    const notes = [
      `strength ${strength.toFixed(2)}`,
      ...(isOpen(ends) ? ['the data do not fix the direction'] : []),
      ...(standing === 'supported' ? [] : [standingWords[standing]]),
    ]
    return `  ${edgeText(ends)} (${notes.join('; ')})`
  })
}

/** What a finished run found, in words. */
export function runText(run: RunSummary, result: RunResult): string {
  const { headline, details } = findingsOf(result)
  const { graph } = facetsOf(result)
  const { name, value, unit } = result.score
  return [
    headline,
    ...(graph === null || graph.edges.length === 0 ? [] : ['Edges:', ...edgeLines(graph)]),
    ...details.map((detail) => `${detail.severity === 'warning' ? 'Careful: ' : ''}${detail.text}`),
    `${run.name}: ${name} ${value.toFixed(3)} ${unit} a sample, ${result.epochs} epochs, ${clock(result.seconds)}.`,
  ].join('\n')
}

/** Prints a finished run. */
export async function tellResult(terminal: Terminal, project: ReadableProject, run: RunSummary): Promise<void> {
  const result = await readResult(project, run.id)
  await terminal.result(runRecord(run, result), runText(run, result))
}
