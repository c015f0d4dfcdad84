/**
 * A run's checkpoints. Kept are the last two (the older one is the fall-back when the newest is damaged), the best so
 * far, and one each fixed number of epochs; of a finished run the newest alone, which is its model. A file's name says what it is, so that nothing must be opened to decide
 * what may go: `checkpoint-000007-step-1200-best.ckpt`, the first number counting the checkpoints of the run.
 */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckpointInfo } from '../../src-shared/domain/run.ts'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint-file.ts'

const namePattern = /^checkpoint-(\d+)-step-(\d+)(-best)?(-periodic)?\.ckpt$/
/** What a writer that was killed in mid-write leaves behind. */
const unfinishedPattern = /^\..+\.tmp-\d+$/
const keptLast = 2

interface CheckpointName {
  readonly name: string
  readonly sequence: number
  readonly step: number
  readonly best: boolean
  readonly periodic: boolean
}

/** Newest first. */
async function checkpointNames(folder: string): Promise<CheckpointName[]> {
  const names: CheckpointName[] = []
  for (const name of await readdir(folder)) {
    const match = namePattern.exec(name)
    if (match === null) continue
    const [, sequence, step, best, periodic] = match
    names.push({
      name,
      sequence: Number(sequence),
      step: Number(step),
      best: best !== undefined,
      periodic: periodic !== undefined,
    })
  }
  return names.sort((a, b) => b.sequence - a.sequence)
}

/** The step of the newest checkpoint by its name, unverified; null when there is none. */
export async function newestCheckpointStep(folder: string): Promise<number | null> {
  return (await checkpointNames(folder))[0]?.step ?? null
}

export interface DamagedCheckpoint {
  readonly file: string
  /** What is wrong with it, for people. */
  readonly why: string
}

export interface NewestCheckpoint {
  /** The newest that verifies, null when there is none. */
  readonly checkpoint: Checkpoint | null
  readonly file: string | null
  /** Newer ones that do not verify, newest first: worth a warning. */
  readonly damaged: readonly DamagedCheckpoint[]
}

/**
 * The newest checkpoint of the folder whose checksum holds, and which newer ones had to be passed over. One that a writer
 * let go of since the folder was listed is none of these: there are newer ones by then, and the folder is listed again.
 */
export async function newestGoodCheckpoint(folder: string): Promise<NewestCheckpoint> {
  let listed = await checkpointNames(folder)
  for (;;) {
    const newest = await newestGoodOf(folder, listed)
    if (newest.damaged.length === 0) return newest
    const now = await checkpointNames(folder)
    const left = new Set(now.map(({ name }) => join(folder, name)))
    if (newest.damaged.every(({ file }) => left.has(file))) return newest
    listed = now
  }
}

async function newestGoodOf(folder: string, names: readonly CheckpointName[]): Promise<NewestCheckpoint> {
  const damaged: DamagedCheckpoint[] = []
  for (const { name } of names) {
    const file = join(folder, name)
    try {
      return { checkpoint: await readCheckpoint(file), file, damaged }
    } catch (error) {
      damaged.push({ file, why: error instanceof Error ? error.message : String(error) })
    }
  }
  return { checkpoint: null, file: null, damaged }
}

export interface CheckpointOccasion {
  /** Written at the end of this epoch, counted from 1; null in mid-epoch. */
  readonly epochEnd: number | null
  /** That epoch is the best so far. */
  readonly best: boolean
}

export class CheckpointFolder {
  readonly path: string
  readonly #keepEvery: number
  readonly #damaged = new Set<string>()

  /** `keepEvery`: keep one each so many epochs; 0 for none. */
  constructor(path: string, keepEvery: number) {
    this.path = path
    this.#keepEvery = keepEvery
  }

  /** Removes half-written files of a process that was killed. Only while no other process writes there. */
  async removeUnfinished(): Promise<void> {
    for (const name of await readdir(this.path)) {
      if (unfinishedPattern.test(name)) await rm(join(this.path, name), { force: true })
    }
  }

  async isEmpty(): Promise<boolean> {
    return (await checkpointNames(this.path)).length === 0
  }

  /** As `newestGoodCheckpoint`; the damaged ones go when a good one has been written after them. */
  async newestGood(): Promise<NewestCheckpoint> {
    const newest = await newestGoodCheckpoint(this.path)
    for (const { file } of newest.damaged) this.#damaged.add(file)
    return newest
  }

  /** Writes the checkpoint, then lets go of those that are no longer needed. */
  async save(checkpoint: Checkpoint, { epochEnd, best }: CheckpointOccasion): Promise<CheckpointInfo> {
    const periodic = epochEnd !== null && this.#keepEvery > 0 && epochEnd % this.#keepEvery === 0
    const sequence = ((await checkpointNames(this.path))[0]?.sequence ?? 0) + 1
    const marks = `${best ? '-best' : ''}${periodic ? '-periodic' : ''}`
    const name = `checkpoint-${String(sequence).padStart(6, '0')}-step-${checkpoint.step}${marks}.ckpt`
    const file = join(this.path, name)
    const { sha256, bytes } = await writeCheckpoint(file, checkpoint)
    await this.#prune()
    const kind = best ? 'best' : periodic ? 'periodic' : 'last'
    return { file, step: checkpoint.step, epoch: checkpoint.epoch, sha256, bytes, kind }
  }

  /** The run is finished: its model is the newest that verifies, the others are of no more use. */
  async keepNewest(): Promise<void> {
    const { file } = await newestGoodCheckpoint(this.path)
    if (file === null) return
    for (const { name } of await checkpointNames(this.path))
      if (join(this.path, name) !== file) await rm(join(this.path, name), { force: true }).catch(() => undefined)
  }

  async #prune(): Promise<void> {
    // The checkpoint stands whether or not an old one can be removed (a virus scanner may hold it): next time, then.
    const remove = (file: string): Promise<void> => rm(file, { force: true }).catch(() => undefined)
    for (const file of this.#damaged) await remove(file)
    this.#damaged.clear()
    const names = await checkpointNames(this.path)
    const last = new Set(names.slice(0, keptLast))
    const best = names.find((checkpoint) => checkpoint.best)
    for (const checkpoint of names) {
      if (last.has(checkpoint) || checkpoint === best || checkpoint.periodic) continue
      await remove(join(this.path, checkpoint.name))
    }
  }
}
