import { readTruth } from '../datasets/truth.ts'
import { evaluateRun, type RunEvaluation } from '../evaluation/evaluate-run.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { readRun } from '../project/runs.ts'
import { readFinishedRun } from '../services/results.ts'
import type { Terminal } from './terminal.ts'

function shown(value: unknown): string {
  if (value === null) return 'not computed'
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(4)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((v) => (Array.isArray(v) ? v.join(' → ') : shown(v))).join(', ') || 'none'
  return JSON.stringify(value)
}

function text(evaluation: RunEvaluation): string {
  const rows = Object.entries(evaluation)
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
