/**
 * A run's newest checkpoint where others find it. A run writes one an epoch, some megabytes each: on its own machine. Once in
 * a while the newest is copied onto the shared file system, which then is what an attempt elsewhere goes on from.
 */
import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { CheckpointInfo } from '../../../src-shared/domain/run.ts'
import { copyInto } from '../../datasets/copy-into.ts'

export class CheckpointShelf {
  readonly #folder: string
  readonly #everySeconds: number
  #info: CheckpointInfo | null = null
  #shared = ''
  #sharedAt = -Infinity

  constructor(folder: string, everySeconds: number) {
    this.#folder = folder
    this.#everySeconds = everySeconds
  }

  hear(info: CheckpointInfo): void {
    this.#info = info
  }

  get info(): CheckpointInfo | null {
    return this.#info
  }

  /** Its name, empty before there is one. */
  get newest(): string {
    return this.#info === null ? '' : basename(this.#info.file)
  }

  /** Copies the newest if it is time, or `now`; those before it go. */
  async share(now = false): Promise<void> {
    if (this.#info === null || this.newest === this.#shared) return
    if (!now && performance.now() - this.#sharedAt < this.#everySeconds * 1000) return
    const name = this.newest
    await copyInto(this.#folder, this.#info.file)
    this.#shared = name
    this.#sharedAt = performance.now()
    await this.#removeBut(name)
  }

  /** The run is finished: what goes on from none is of no more use. */
  clear(): Promise<void> {
    return this.#removeBut('')
  }

  async #removeBut(kept: string): Promise<void> {
    for (const name of await readdir(this.#folder))
      if (name.endsWith('.ckpt') && name !== kept) await rm(join(this.#folder, name), { force: true })
  }
}
