/**
 * What a task says while it works, a line an event, in a file that grows. Written in lumps, for every write on a shared
 * file system is a message to its server; read from where the reader was.
 */
import { constants } from 'node:fs'
import { appendFile, open } from 'node:fs/promises'
import type { TrainerEvent } from '../../../src-shared/domain/run.ts'
import { parseLossless, stringifyLossless } from '../lossless-json.ts'
import { parseEvent } from '../messages.ts'

/** Read at once, at most. */
const mostBytes = 4 * 2 ** 20

export class EventLog {
  readonly #file: string
  #lines: string[] = []
  #progress: string | null = null
  #writing: Promise<void> = Promise.resolve()

  constructor(file: string) {
    this.#file = file
  }

  /** Looks inside, pauses and checkpoints are of this machine alone; of progress the newest is enough. */
  add(event: TrainerEvent): void {
    if (event.type === 'preview' || event.type === 'checkpoint') return
    const line = `${stringifyLossless(event)}\n`
    if (event.type === 'progress') this.#progress = line
    else this.#lines.push(line)
  }

  /** Writes what was added. Throws as the file system does, and keeps what it could not write. */
  flush(): Promise<void> {
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        const lines = this.#lines
        const progress = this.#progress
        if (lines.length === 0 && progress === null) return
        this.#lines = []
        this.#progress = null
        try {
          await appendFile(this.#file, lines.join('') + (progress ?? ''))
        } catch (error) {
          this.#lines = [...lines, ...this.#lines]
          throw error
        }
      })
    return this.#writing
  }
}

/** The events after `from` bytes whose lines are whole, and where the next reader goes on. Nothing where there is no file. */
export async function readEvents(file: string, from: number): Promise<{ events: TrainerEvent[]; to: number }> {
  let handle
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  } catch {
    return { events: [], to: from }
  }
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(mostBytes), 0, mostBytes, from)
    const end = buffer.subarray(0, bytesRead).lastIndexOf(10) + 1
    const lines = buffer.toString('utf8', 0, end).split('\n').slice(0, -1)
    return { events: lines.flatMap(eventOf), to: from + end }
  } finally {
    await handle.close()
  }
}

/** A line that was cut off by a full disk and written again says nothing. */
function eventOf(line: string): TrainerEvent[] {
  try {
    const event = parseEvent(parseLossless(line))
    return event.type === 'alive' ? [] : [event]
  } catch {
    return []
  }
}
