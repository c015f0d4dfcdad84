/**
 * Files on disk to a validated data set: `inspectSource` says what an import would do, `importSource` does it. Both work
 * in a process of their own, under limits of time, memory, pixels and entries, that is killed when it passes them or when
 * the import is cancelled. Nothing is left behind by an import that did not succeed.
 */
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { DataDescription } from '../../src-shared/domain/dataset.ts'
import type {
  Contents,
  ImportLimits,
  ImportOutcome,
  ImportPlan,
  ImportProgress,
} from '../../src-shared/domain/import.ts'
import { CausalscopeError, failed, refused } from '../../src-shared/errors.ts'
import { outOfMemoryKills, signalOf } from '../training/exit-reason.ts'
import { speaksOfMemory } from '../training/out-of-memory.ts'
import { type ProcessExit, type Spawn, spawnNode } from '../training/spawn.ts'
import { defaultLimits } from './limits.ts'
import { importerEvent, type ImporterCommand, type ImporterEvent, passedMemoryLimit } from './messages.ts'

export interface SourceOptions {
  /** Overlays what is inferred; a description with `modalities` and `metadata` replaces it. */
  readonly description?: DataDescription
  readonly limits?: Partial<ImportLimits>
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ImportProgress) => void
  /** How to start the process; Node's fork by default. */
  readonly spawn?: Spawn
  /** The process's file where the application is bundled. */
  readonly entry?: string
}

export interface ImportOptions extends SourceOptions {
  /** Folder or file. */
  readonly source: string
  /** Where the pack shall stand; its folder exists. */
  readonly packFile: string
  /** Name of the data set; the description's, else the source's own by default. */
  readonly name?: string
}

/** Beside this file, as source or bundled. */
function importerFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`./importer-process.${extension}`, import.meta.url))
}

/**
 * What the source holds and how it would be imported. Writes nothing.
 * @throws CausalscopeError `refused` for input that cannot be a data set, `interrupted` when cancelled.
 */
export async function inspectSource(source: string, options: SourceOptions = {}): Promise<ImportPlan> {
  const event = await ask({ ...commandFor(source, options), type: 'inspect', name: null, packFile: null }, options)
  if (event.type !== 'planned') throw failed('The importer gave no plan.')
  return event.plan
}

/**
 * What the source's workbooks and containers of arrays hold. Writes nothing.
 * @throws CausalscopeError `refused` for a source that is not there, `interrupted` when cancelled.
 */
export async function listContents(source: string, options: SourceOptions = {}): Promise<readonly Contents[]> {
  const event = await ask({ ...commandFor(source, options), type: 'contents', name: null, packFile: null }, options)
  if (event.type !== 'listed') throw failed('The importer gave no list.')
  return event.contents
}

/**
 * Reads the source and writes its pack to `packFile`, whole or not at all.
 * @throws CausalscopeError `refused` for faulty input (nothing was written), `interrupted` when cancelled.
 */
export async function importSource(options: ImportOptions): Promise<ImportOutcome> {
  const packFile = resolve(options.packFile)
  const folder = await workFolder(packFile)
  try {
    const written = join(folder, 'set.pack')
    const command = {
      ...commandFor(options.source, options),
      type: 'import' as const,
      name: options.name ?? null,
      packFile: written,
    }
    const event = await ask(command, options)
    if (event.type !== 'imported') throw failed('The importer gave no data set.')
    await rename(written, packFile)
    return { ...event.outcome, packFile }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A folder beside the pack, so that the finished pack can be renamed into place and all else be thrown away. */
async function workFolder(packFile: string): Promise<string> {
  try {
    return await mkdtemp(join(dirname(packFile), `.${basename(packFile)}-`))
  } catch (error) {
    throw failed(
      `Cannot write to ${dirname(packFile)}: ${error instanceof Error ? error.message : String(error)}.`,
      'Check that the folder exists and can be written.',
      { file: packFile },
      error,
    )
  }
}

function commandFor(
  source: string,
  options: SourceOptions,
): Pick<ImporterCommand, 'source' | 'description' | 'limits'> {
  return {
    source: resolve(source),
    description: options.description ?? {},
    limits: { ...defaultLimits, ...options.limits },
  }
}

type Answer = Exclude<ImporterEvent, { type: 'progress' | 'failed' }>

/** Starts the process, gives it the command and waits for its answer; ends it in any case. */
async function ask(command: ImporterCommand, options: SourceOptions): Promise<Answer> {
  const { limits } = command
  const interrupted = (): CausalscopeError =>
    new CausalscopeError({ code: 'interrupted', message: 'The import was cancelled.', hint: '', details: {} })
  if (options.signal?.aborted === true) throw interrupted()
  const child = (options.spawn ?? spawnNode)(options.entry ?? importerFile(), { heapLimitMb: limits.memory })
  const settled = Promise.withResolvers<Answer>()
  const killsBefore = outOfMemoryKills()
  const exited = new Promise<void>((resolveExit) =>
    child.onExit((exit) => {
      settled.reject(endedEarly(exit, limits, outOfMemoryKills() !== killsBefore))
      resolveExit()
    }),
  )
  child.onMessage((message) => {
    const parsed = v.safeParse(importerEvent, message)
    if (!parsed.success)
      settled.reject(failed('The importer answered what cannot be understood.', '', {}, parsed.issues))
    else if (parsed.output.type === 'progress') options.onProgress?.(parsed.output.progress)
    else if (parsed.output.type === 'failed') settled.reject(new CausalscopeError(parsed.output.error))
    else settled.resolve(parsed.output)
  })
  const cancel = (): void => settled.reject(interrupted())
  options.signal?.addEventListener('abort', cancel, { once: true })
  const timer = setTimeout(() => settled.reject(tookTooLong(limits)), limits.seconds * 1000)
  child.send(command)
  try {
    return await settled.promise
  } finally {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', cancel)
    child.kill()
    // Only when the process is gone can nothing more be written.
    await exited
  }
}

function tookTooLong({ seconds }: ImportLimits): CausalscopeError {
  return refused(
    `The import took longer than its limit of ${seconds} s and was stopped.`,
    'Import fewer or smaller files, or raise the limit.',
    { seconds },
  )
}

/**
 * The process died without an answer: ended for its memory, by somebody, or crashed on a file.
 * @param systemOutOfMemory the system ended some process for lack of memory meanwhile
 */
function endedEarly(exit: ProcessExit, { memory }: ImportLimits, systemOutOfMemory: boolean): CausalscopeError {
  const { code, stderr } = exit
  const signal = signalOf(exit)
  const ended = signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT' || signal === 'SIGHUP'
  if (ended && systemOutOfMemory)
    return failed(
      'The import was stopped: the system had no memory left.',
      'Close other programs, or import fewer samples or smaller images ("size" in a data description).',
      { memory },
    )
  if (ended && !stderr.includes(passedMemoryLimit))
    return failed(
      `The import was ended from outside, by another program or person (${signal}); nothing was stored.`,
      'Import again.',
      { signal },
    )
  if (ended || speaksOfMemory(stderr))
    return refused(
      `The import was stopped: it needed more than its limit of ${memory} MiB of memory.`,
      'Import fewer samples or smaller images ("size" in a data description), or raise the limit.',
      { memory },
    )
  return failed(
    `The importer ended without an answer (${signal ?? `code ${code ?? 'unknown'}`}).`,
    'One of the files may be damaged in a way that stops the decoder; the last lines it wrote are in the details.',
    { stderr: stderr.slice(-2000) },
  )
}
