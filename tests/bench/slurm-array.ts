/**
 * Pieces of a bench as tasks of a Slurm cluster: each leaves a record in a folder that this machine and the nodes see, and
 * each record is taken in once. Who calls it may go at any time: the same call finds the tasks that it left.
 */
import { mkdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import * as v from 'valibot'
import { Slurm } from '../../src-main/cluster/slurm.ts'
import { writeWhole } from '../../src-main/datasets/whole-file.ts'
import type { SlurmSettings } from '../../src-shared/domain/cluster.ts'

export interface Pieces {
  readonly settings: SlurmSettings
  /** A folder of their own, the same for the same work. */
  readonly folder: string
  /** Of the pieces that have no record yet. */
  readonly keys: readonly string[]
  /** What a task runs; it writes its record into `file`, whole (`writeWhole`). */
  readonly command: (key: string, file: string) => readonly string[]
  /** Takes a record in; a text that it has taken before changes nothing. */
  readonly take: (key: string, record: string) => Promise<void>
  readonly environment?: NodeJS.ProcessEnv
  /** Leaves: the tasks go on. */
  readonly signal?: AbortSignal
}

/** A shared file system may show a record later than Slurm says that its task is over. */
const looksForRecord = 6

const arraySchema = v.object({ name: v.string(), id: v.nullable(v.string()), keys: v.array(v.string()) })
type HandedOver = v.InferOutput<typeof arraySchema>

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
const fileName = (key: string): string => `${encodeURIComponent(key)}.json`

class PiecesAtWork {
  readonly #pieces: Pieces
  readonly #slurm: Slurm
  readonly #arrays: HandedOver[] = []
  /** Pieces without a record, each with the looks that found no task of it at work. */
  readonly #open: Map<string, number>
  /** What the last task of a piece printed that left no record. */
  readonly failed = new Map<string, string>()

  constructor(pieces: Pieces) {
    this.#pieces = pieces
    this.#slurm = new Slurm(pieces.environment)
    this.#open = new Map(pieces.keys.map((key) => [key, 0]))
  }

  #at(...names: string[]): string {
    return join(this.#pieces.folder, ...names)
  }

  async #written(at: number, array: HandedOver): Promise<void> {
    this.#arrays[at] = array
    await writeWhole(this.#at('arrays', `${at}.json`), [JSON.stringify(array)])
  }

  /** What an earlier call handed over, and the rest. */
  async begin(): Promise<void> {
    await this.#slurm.check(this.#pieces.settings)
    for (const name of ['arrays', 'records', 'output']) await mkdir(this.#at(name), { recursive: true })
    for (let at = 0; ; at++) {
      const text = await readFile(this.#at('arrays', `${at}.json`), 'utf8').catch(() => null)
      if (text === null) break
      const array = v.parse(arraySchema, JSON.parse(text))
      // That call ended between handing them over and writing down as what.
      await this.#written(at, { ...array, id: array.id ?? (await this.#slurm.find(array.name)) })
    }
    // Asked first: a task that is over then has left its record before.
    const { atWork } = await this.#look()
    await this.#take()
    const keys = Array.from(this.#open.keys()).filter((key) => !atWork.has(key))
    if (keys.length > 0) await this.#handOver(keys)
  }

  async #handOver(keys: readonly string[]): Promise<void> {
    const { settings, folder, command } = this.#pieces
    const at = this.#arrays.length
    const name = `${basename(folder)}-${at}`
    const cases = keys.map(
      (key, place) =>
        `  ${place}) exec ${command(key, this.#at('records', fileName(key)))
          .map(quoted)
          .join(' ')} ;;`,
    )
    const script = this.#at('arrays', `${at}.sh`)
    const lines = ['#!/bin/bash', settings.setup, 'case "$SLURM_ARRAY_TASK_ID" in', ...cases, 'esac', '']
    await writeWhole(script, [lines.join('\n')])
    await this.#written(at, { name, id: null, keys: [...keys] })
    const output = this.#at('output', `${at}-%a.txt`)
    const id = await this.#slurm.submit(settings, { count: keys.length, name, script, output })
    await this.#written(at, { name, id, keys: [...keys] })
  }

  async #take(): Promise<void> {
    for (const key of this.#open.keys()) {
      const file = this.#at('records', fileName(key))
      const record = await readFile(file, 'utf8').catch(() => null)
      if (record === null) continue
      await this.#pieces.take(key, record)
      await rm(file)
      this.#open.delete(key)
    }
  }

  async #look(): Promise<{ atWork: Set<string> }> {
    const ids = this.#arrays.flatMap(({ id }) => id ?? [])
    const standings = ids.length === 0 ? new Map<string, never>() : await this.#slurm.standings(ids)
    const atWork = new Set<string>()
    for (const { id, keys } of this.#arrays)
      keys.forEach((key, place) => {
        const standing = standings.get(`${id}_${place}`)?.standing
        if (standing === 'queued' || standing === 'running') atWork.add(key)
      })
    return { atWork }
  }

  async #printed(key: string): Promise<string> {
    const at = this.#arrays.findLastIndex(({ keys }) => keys.includes(key))
    const file = this.#at('output', `${at}-${this.#arrays[at]!.keys.indexOf(key)}.txt`)
    return (await readFile(file, 'utf8').catch(() => '')).trim().slice(-600)
  }

  /** Until every piece has a record or failed, or the signal. */
  async watch(): Promise<void> {
    const { settings, signal } = this.#pieces
    while (this.#open.size > 0) {
      await setTimeout(settings.pollSeconds * 1000, undefined, { signal }).catch(() => undefined)
      if (signal?.aborted === true) return
      // Asked before the records are taken, as above.
      const look = await this.#look().catch(() => null)
      await this.#take()
      if (look === null) continue
      for (const [key, looks] of this.#open) {
        this.#open.set(key, look.atWork.has(key) ? 0 : looks + 1)
        if (looks + 1 < looksForRecord || look.atWork.has(key)) continue
        this.failed.set(key, await this.#printed(key))
        this.#open.delete(key)
      }
    }
    if (this.failed.size === 0) await rm(this.#pieces.folder, { recursive: true, force: true })
  }
}

/**
 * Hands over what has no record and is not at work, and takes records in until all are there. Returns the pieces whose
 * tasks ended without one, with the last that they printed: the same call again hands them over once more.
 */
export async function onSlurm(pieces: Pieces): Promise<ReadonlyMap<string, string>> {
  const work = new PiecesAtWork(pieces)
  await work.begin()
  await work.watch()
  return work.failed
}
