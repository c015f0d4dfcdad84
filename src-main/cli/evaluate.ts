import { edgeText } from '../../src-shared/graph/edge-words.ts'
import { namedEndsOfClass } from '../../src-shared/graph/marked-graph.ts'
import { readTruth } from '../datasets/truth.ts'
import { evaluateRun, type RunEvaluation } from '../evaluation/evaluate-run.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { readRun } from '../project/runs.ts'
import { readFinishedRun } from '../services/results.ts'
import type { Terminal } from './terminal.ts'

type Arcs = readonly (readonly [string, string])[]

/** Learnt edges with the marks of their class; those of the truth are known, each with its direction. */
function arcs({ edges, ...evaluation }: RunEvaluation): Record<string, string> {
  const learnt = (pairs: Arcs): string => namedEndsOfClass(pairs).map(edgeText).join(', ') || 'none'
  const known = (pairs: Arcs): string =>
    pairs.map(([from, to]) => edgeText({ from, to, fromMark: 'tail', toMark: 'arrow' })).join(', ') || 'none'
  if (evaluation.groundTruth !== 'given') return { edges: learnt(edges) }
  const { factorEdges, trueEdges } = evaluation
  return {
    edges: learnt(edges),
    ...(factorEdges === null ? {} : { factorEdges: learnt(factorEdges) }),
    trueEdges: known(trueEdges),
  }
}

function shown(value: unknown): string {
  if (value === null) return 'not computed'
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(4)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(shown).join(', ') || 'none'
  return JSON.stringify(value)
}

function text(evaluation: RunEvaluation): string {
  const rows = Object.entries({ ...evaluation, ...arcs(evaluation) })
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${shown(value)}`).join('\n')
}

/** `evaluate`: every metric that the data allow; those against a truth only where one is given. */
export async function evaluate(
  terminal: Terminal,
  options: { readonly project: string; readonly run: number; readonly truth?: string },
): Promise<void> {
  const truth = options.truth === undefined ? null : await readTruth(options.truth)
  const project = openProjectReadOnly(options.project)
  try {
    const { id, name, method, seed } = readRun(project.database, options.run)
    const { result, arrays } = await readFinishedRun(project, id)
    const evaluation = evaluateRun(result, arrays, truth)
    await terminal.result({ run: id, name, method, seed, ...evaluation }, text(evaluation))
  } finally {
    project.close()
  }
}
