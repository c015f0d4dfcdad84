/** Runs the conformance cases on an engine and compares with the plain CPU backend. */
import * as tf from '@tensorflow/tfjs-core'
import type { EngineName } from '../../../src-shared/domain/run.ts'
import { openEngine } from '../engine.ts'
import { conformanceCases } from './cases.ts'

/**
 * Largest |difference| / (1 + largest |expected| of the tensor) accepted. Single precision carries 6e-8 a rounding; sums
 * in another order and fused multiply-adds move the last digits. GPUs approximate exp, tanh and division by a few units.
 */
export const tolerances: Readonly<Record<EngineName, number>> = {
  cpu: 0,
  wasm: 5e-6,
  tensorflow: 5e-6,
  'tensorflow-gpu': 5e-5,
  webgpu: 5e-5,
}

export interface CaseResult {
  readonly name: string
  /** Infinity where shapes differ, a number is not finite or the op failed. */
  readonly error: number
  readonly message: string | null
}

export interface ConformanceReport {
  readonly engine: EngineName
  readonly tolerance: number
  readonly results: readonly CaseResult[]
  readonly failed: readonly CaseResult[]
}

/** The error of `actual` against `expected`; two infinities of one sign agree. */
function errorOf(expected: Float32Array, actual: Float32Array | undefined): number {
  if (actual?.length !== expected.length) return Infinity
  let [largest, scale] = [0, 1]
  for (let i = 0; i < expected.length; i++) {
    const [x, y] = [expected[i]!, actual[i]!]
    if (Object.is(x, y) || x === y) continue
    const difference = Math.abs(x - y)
    if (!Number.isFinite(difference)) return Infinity
    largest = Math.max(largest, difference)
  }
  for (const x of expected) if (Number.isFinite(x)) scale = Math.max(scale, 1 + Math.abs(x))
  return largest / scale
}

/** Runs every case on `engine`, which is the current one afterwards. */
export async function checkConformance(engine: EngineName): Promise<ConformanceReport> {
  await openEngine('cpu')
  const expected = conformanceCases.map(({ run }) => run())
  await openEngine(engine)
  const results = conformanceCases.map(({ name, run }, i): CaseResult => {
    try {
      const actual = run()
      const error = Math.max(...expected[i]!.map((values, j) => errorOf(values, actual[j])))
      return { name, error, message: null }
    } catch (error) {
      tf.disposeVariables()
      return { name, error: Infinity, message: error instanceof Error ? error.message : String(error) }
    }
  })
  const tolerance = tolerances[engine]
  return { engine, tolerance, results, failed: results.filter(({ error }) => !(error <= tolerance)) }
}
