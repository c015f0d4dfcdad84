/** Runs the conformance cases on an engine and compares with the plain CPU backend. */
import type { EngineName } from '../../../src-shared/domain/run.ts'
import { openEngine } from '../engine.ts'
import type { ConformanceCase, Precision } from './case.ts'
import { conformanceCases } from './cases.ts'

const exactly = { usual: 0, trigonometric: 0 }
const single = { usual: 5e-6, trigonometric: 5e-6 }

/**
 * Largest |difference| / (1 + largest |expected| of the tensor) accepted. Single precision carries 6e-8 a rounding; sums
 * in another order and fused multiply-adds move the last digits. GPUs approximate exp, tanh and division by a few units,
 * and WGSL asks of sine and cosine no more than 2^-11.
 */
const tolerances: Readonly<Record<EngineName, Readonly<Record<Precision, number>>>> = {
  cpu: exactly,
  wasm: single,
  tensorflow: single,
  'tensorflow-gpu': { usual: 5e-5, trigonometric: 5e-5 },
  webgpu: { usual: 5e-5, trigonometric: 2 ** -11 },
}

export interface CaseResult {
  readonly name: string
  readonly tolerance: number
  /** Infinity where shapes differ, a number is not finite or the op failed. */
  readonly error: number
  readonly message: string | null
}

export interface ConformanceReport {
  readonly engine: EngineName
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

/**
 * Runs every case on `engine`, which is the current one afterwards.
 * @param ofModels the ops that models bring along
 */
export async function checkConformance(
  engine: EngineName,
  ofModels: readonly ConformanceCase[],
): Promise<ConformanceReport> {
  const cases = [...conformanceCases, ...ofModels]
  await openEngine('cpu')
  const expected: Float32Array[][] = []
  for (const { run } of cases) expected.push(await run())
  await openEngine(engine)
  const results: CaseResult[] = []
  for (const [i, { name, precision, run }] of cases.entries()) {
    const tolerance = tolerances[engine][precision]
    try {
      const actual = await run()
      const error = Math.max(...expected[i]!.map((values, j) => errorOf(values, actual[j])))
      results.push({ name, tolerance, error, message: null })
    } catch (error) {
      results.push({
        name,
        tolerance,
        error: Infinity,
        message: error instanceof Error ? error.message : String(error),
      })
    }
  }
  return { engine, results, failed: results.filter(({ error, tolerance }) => !(error <= tolerance)) }
}
