/** Results that the page is looking at, kept in memory: reading one back means hashing and checking its files. */
import type { RunResult, SampleArrays } from '../../src-shared/domain/result.ts'
import type { ComponentJudgement } from '../../src-shared/domain/component-judgement.ts'
import type { Judged } from '../evidence/judge.ts'
import type { ReadableProject } from '../project/project.ts'
import { readRun } from '../project/runs.ts'
import { evidenceKey } from '../services/judgement.ts'
import { knownKey } from '../services/known-since.ts'
import { readJudged, readResult, readResultArrays, readReturning } from '../services/results.ts'

/** Bytes that a value holds in arrays and texts, about. */
function weightOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value === 'string') return 24 + 2 * value.length
  if (typeof value !== 'object' || value === null) return 8
  const parts: Iterable<unknown> = value instanceof Map ? value.values() : Object.values(value)
  let sum = 16
  for (const part of parts) sum += weightOf(part)
  return sum
}

type Read<T> = (project: ReadableProject, runId: number) => Promise<T>

/** What was looked at last, within its room; a run that was trained on counts as another. */
class Kept<T> {
  readonly #read: Read<T>
  readonly #room: number
  readonly #version: (project: ReadableProject, runId: number) => string
  /** Oldest first; `weight` 0 until it is there. */
  readonly #values = new Map<string, { readonly value: Promise<T>; weight: number }>()

  /** @param version of what is read besides the run's result: with another it is read again */
  constructor(read: Read<T>, room: number, version: (project: ReadableProject, runId: number) => string = () => '') {
    this.#read = read
    this.#room = room
    this.#version = version
  }

  get(project: ReadableProject, runId: number): Promise<T> {
    const { finishedAt } = readRun(project.database, runId)
    const key = `${project.file} ${runId} ${finishedAt} ${this.#version(project, runId)}`
    const kept = this.#values.get(key)
    if (kept !== undefined) {
      this.#values.delete(key)
      this.#values.set(key, kept)
      return kept.value
    }
    const added = { value: this.#read(project, runId), weight: 0 }
    this.#values.set(key, added)
    added.value.then(
      (value) => {
        added.weight = weightOf(value)
        this.#makeRoom()
      },
      () => this.#values.delete(key),
    )
    return added.value
  }

  /** The newest stays, however large it is. */
  #makeRoom(): void {
    let used = [...this.#values.values()].reduce((sum, { weight }) => sum + weight, 0)
    for (const [key, { weight }] of this.#values) {
      if (used <= this.#room || this.#values.size === 1) return
      this.#values.delete(key)
      used -= weight
    }
  }

  clear(): void {
    this.#values.clear()
  }
}

export class FinishedResults {
  readonly #results: Kept<RunResult>
  readonly #arrays: Kept<SampleArrays>
  readonly #judged: Kept<Judged | null>
  readonly #returning: Kept<ComponentJudgement | null>

  /** @param room bytes of arrays that are kept; of results themselves a quarter of it */
  constructor(room = 128 * 2 ** 20) {
    this.#results = new Kept(readResult, room / 4, knownKey)
    this.#arrays = new Kept(readResultArrays, room)
    this.#judged = new Kept(readJudged, room / 4, evidenceKey)
    this.#returning = new Kept(readReturning, room / 16, evidenceKey)
  }

  /** Throws `refused` while the run has no result. */
  result(project: ReadableProject, runId: number): Promise<RunResult> {
    return this.#results.get(project, runId)
  }

  arrays(project: ReadableProject, runId: number): Promise<SampleArrays> {
    return this.#arrays.get(project, runId)
  }

  /** How firmly each part of the result may be stated, by the replicates that are done; null where it has no graph. */
  judged(project: ReadableProject, runId: number): Promise<Judged | null> {
    return this.#judged.get(project, runId)
  }

  /** What of the result's components returns in the replicates that are done; null where it has none. */
  returning(project: ReadableProject, runId: number): Promise<ComponentJudgement | null> {
    return this.#returning.get(project, runId)
  }

  /** Another project: nothing of the one before is left. */
  clear(): void {
    this.#results.clear()
    this.#arrays.clear()
    this.#judged.clear()
    this.#returning.clear()
  }
}
