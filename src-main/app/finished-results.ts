/** Results that the page is looking at, kept in memory: reading one back means hashing and checking its files. */
import type { CausalPimaResult, SampleArrays } from '../../src-shared/domain/result.ts'
import type { ReadableProject } from '../project/project.ts'
import { readRun } from '../project/runs.ts'
import { readResult, readResultArrays } from '../services/results.ts'

const mostKept = 4

/** The newest few, by run; a run that was trained on counts as another. */
class Kept<T> {
  readonly #read: (project: ReadableProject, runId: number) => Promise<T>
  readonly #values = new Map<string, Promise<T>>()

  constructor(read: (project: ReadableProject, runId: number) => Promise<T>) {
    this.#read = read
  }

  get(project: ReadableProject, runId: number): Promise<T> {
    const { finishedAt } = readRun(project.database, runId)
    const key = `${project.file} ${runId} ${finishedAt}`
    const kept = this.#values.get(key)
    if (kept !== undefined) {
      this.#values.delete(key)
      this.#values.set(key, kept)
      return kept
    }
    const value = this.#read(project, runId)
    this.#values.set(key, value)
    value.catch(() => this.#values.delete(key))
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= mostKept) break
      this.#values.delete(oldest)
    }
    return value
  }
}

export class FinishedResults {
  readonly #results = new Kept<CausalPimaResult>(readResult)
  readonly #arrays = new Kept<SampleArrays>(readResultArrays)

  /** Throws `refused` while the run has no result. */
  result(project: ReadableProject, runId: number): Promise<CausalPimaResult> {
    return this.#results.get(project, runId)
  }

  arrays(project: ReadableProject, runId: number): Promise<SampleArrays> {
    return this.#arrays.get(project, runId)
  }
}
