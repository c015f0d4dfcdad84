/** Whether the named library works: loaded, and every op and gradient compared with the plain CPU backend. */
import type { ConformanceCase } from '../../conformance/case.ts'
import { checkConformance } from '../../conformance/check.ts'
import { namedLibrary } from './loaded.ts'

export interface Tried {
  readonly engine: 'tensorflow' | 'tensorflow-gpu'
  /** As the library itself tells it. */
  readonly version: string
  /** Ops and gradients compared. */
  readonly cases: number
  /** Those that differ by more than the engine's tolerance. */
  readonly failed: readonly string[]
  /** What the first of them that could not be computed at all said; null where there is none. */
  readonly said: string | null
}

/** Throws what the loader says where the library cannot be loaded. */
export async function tryNamed(ofModels: readonly ConformanceCase[]): Promise<Tried> {
  const { version, gpu } = await namedLibrary()
  const engine = gpu ? 'tensorflow-gpu' : 'tensorflow'
  const { results, failed } = await checkConformance(engine, ofModels)
  const said = failed.find(({ message }) => message !== null)?.message ?? null
  return { engine, version, cases: results.length, failed: failed.map(({ name }) => name), said }
}
