import { edgeText } from '../../src-shared/graph/edge-words.ts'
import { namedEndsOfClass } from '../../src-shared/graph/marked-graph.ts'
import { readTruth } from '../datasets/truth.ts'
import type { CauseEvaluation } from '../evaluation/causes.ts'
import { evaluateRun, type RunEvaluation } from '../evaluation/evaluate-run.ts'
import type { MatchedLatent } from '../evaluation/matched-latents.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { readRun } from '../project/runs.ts'
import { readFinishedRun } from '../services/results.ts'
import type { Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'

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

/** The representation against each cause, beside what one that holds the sufficient and necessary cause alone would have. */
function causesText({ given, rows, samples, list }: CauseEvaluation): string {
  const number = (value: number | null): string => (value === null ? '' : value.toFixed(3))
  const header = ['cause', 'dCor', 'corrected', `partial given ${given}`, `dCor of ${given}`, `corrected of ${given}`]
  const cells = list.map((cause) => [
    cause.name,
    ...[cause.dCor, cause.dCorUnbiasedSquared, cause.partial, cause.ceiling, cause.ceilingUnbiasedSquared].map(number),
  ])
  const which = {
    kept: 'samples that the run kept for measuring',
    test: 'samples set apart for testing',
    all: 'samples',
  }[rows]
  return [`Causes of the label, ${samples} ${which}:`, textTable([header, ...cells])].join('\n')
}

/** Which component each true latent comes back as. */
function latentsText(latents: readonly MatchedLatent[]): string {
  const cells = latents.map(({ latent, component, correlation, r2 }) => [
    ...[
      latent,
      component ?? 'none',
      component === null ? '' : correlation.toFixed(3),
      r2 === null ? '' : r2.toFixed(3),
    ],
  ])
  return ['Latents of the truth:', textTable([['latent', 'component', '|correlation|', 'R2 of all'], ...cells])].join(
    '\n',
  )
}

function text(evaluation: RunEvaluation): string {
  const causes = 'causes' in evaluation ? evaluation.causes : undefined
  const latents = 'latents' in evaluation ? evaluation.latents : undefined
  const apart = ['causes', 'latents']
  const rows = Object.entries({ ...evaluation, ...arcs(evaluation) }).filter(([name]) => !apart.includes(name))
  return [
    textTable(rows.map(([name, value]) => [name, shown(value)])),
    ...(latents === undefined ? [] : ['', latentsText(latents)]),
    ...(causes === undefined ? [] : ['', causesText(causes)]),
  ].join('\n')
}

/** `evaluate`: every metric that the data allow; those against a truth only where one is given. */
export async function evaluate(
  terminal: Terminal,
  options: { readonly project: string; readonly run: number; readonly truth?: string },
): Promise<void> {
  const truth = options.truth === undefined ? null : readTruth(options.truth)
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
