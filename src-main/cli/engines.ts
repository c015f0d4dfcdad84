import { resolve } from 'node:path'
import { checkConformance } from '../compute/conformance/check.ts'
import { describeEngines, type EngineDescription } from '../compute/registry.ts'
import { modelCases } from '../models/conformance-cases.ts'
import { forgetTensorflow, nameTensorflow } from '../services/own-tensorflow.ts'
import type { Terminal } from './terminal.ts'

interface Conformance {
  readonly verdict: 'passed' | 'failed' | 'not run'
  /** Ops and gradients compared with the plain CPU backend. */
  readonly cases: number
  /** Those that differ by more than the engine's tolerance. */
  readonly failed: readonly string[]
}

async function conformanceOf({ name, present }: EngineDescription): Promise<Conformance> {
  if (!present) return { verdict: 'not run', cases: 0, failed: [] }
  const { results, failed } = await checkConformance(name, modelCases)
  return {
    verdict: failed.length === 0 ? 'passed' : 'failed',
    cases: results.length,
    failed: failed.map((result) => result.name),
  }
}

function line(engine: EngineDescription, conformance: Conformance, chosen: boolean): string {
  const where = engine.present ? `present, ${engine.device ?? ''}` : 'not present'
  const why = engine.reason === null ? '' : `: ${engine.reason}`
  const tested = {
    passed: `; conformance passed, ${conformance.cases} ops and gradients`,
    failed: `; conformance failed on ${conformance.failed.length} of ${conformance.cases}: ${conformance.failed.slice(0, 5).join(', ')}`,
    'not run': '',
  }[conformance.verdict]
  return `${engine.name}: ${where}${why}${tested}${chosen ? '; chosen by default' : ''}`
}

/** `engines`: each engine in the order of choice: whether it is here, on what, why not, and whether its numbers are right. */
export async function engines(terminal: Terminal): Promise<void> {
  const described = await describeEngines()
  const chosen = described.find((engine) => engine.present && engine.reason === null)
  for (const engine of described) {
    const conformance = await conformanceOf(engine)
    await terminal.result(
      {
        ...engine,
        conformance: conformance.verdict,
        cases: conformance.cases,
        failed: conformance.failed,
        chosen: engine === chosen,
      },
      line(engine, conformance, engine === chosen),
    )
  }
}

/** `engines --native DIR`: takes a TensorFlow of the person's own as the engine, if it is sound. */
export async function nameNative(terminal: Terminal, folder: string): Promise<void> {
  const named = await nameTensorflow(resolve(folder), (words) => terminal.message(words))
  const { engine, version, cases } = named
  await terminal.result(
    named,
    `${engine}: TensorFlow ${version} in ${named.folder}; conformance passed, ${cases} ops and gradients. It is remembered, and taken from now on where the engine ${engine} is chosen.`,
  )
}

/** `engines --forget`: no TensorFlow is named any more. */
export async function forgetNative(terminal: Terminal): Promise<void> {
  const forgotten = await forgetTensorflow()
  await terminal.result({ forgotten }, forgotten ? 'The TensorFlow that was named is forgotten; its folder stays as it is.' : 'No TensorFlow was named.') // prettier-ignore
}
