/** A whole file, once its size is known to be within the limits. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { ImportLimits } from '../../src-shared/domain/import.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import { mebibyte } from './limits.ts'

interface FilePlace {
  readonly absolute: string
  /** As shown to people. */
  readonly path: string
}

const reasons: Readonly<Record<string, string>> = {
  EAGAIN: 'it gives nothing to read',
  ELOOP: 'it is a link that leads back to itself',
  ENAMETOOLONG: 'its name is too long',
}

export function unreadable(path: string, error: unknown): CausalscopeError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = reasons[code] ?? (error instanceof Error ? error.message.replace(/,? open .*$/, '') : String(error))
  return refused(`${path} cannot be read: ${why}.`, 'Check that it is still there and may be read.', { file: path })
}

/** A pipe put in a file's place since the folder was looked through is not waited for. Windows knows no such flag, and ignores it. */
const withoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK

/** Throws `refused` for what is no file, or is larger than the limit. */
function checkFile(stats: { isFile(): boolean; readonly size: number }, path: string, limits: ImportLimits): void {
  if (!stats.isFile()) throw unreadable(path, new Error('it is no file'))
  if (stats.size > limits.file * mebibyte)
    throw refused(
      `${path} has ${Math.round(stats.size / mebibyte)} MiB; an import reads files of up to ${limits.file} MiB.`,
      'Split it into smaller files.',
      { file: path, bytes: stats.size },
    )
}

function explained(path: string, error: unknown): CausalscopeError {
  return error instanceof CausalscopeError ? error : unreadable(path, error)
}

/** Runs `read` on a descriptor of the file. Throws `refused` when it is no file or cannot be read. */
export function withFile<T>({ absolute, path }: FilePlace, read: (descriptor: number) => T): T {
  try {
    const descriptor = openSync(absolute, withoutWaiting)
    try {
      if (!fstatSync(descriptor).isFile()) throw new Error('it is no file')
      return read(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    throw explained(path, error)
  }
}

export async function fileBytes({ absolute, path }: FilePlace, limits: ImportLimits): Promise<Buffer> {
  try {
    const handle = await open(absolute, withoutWaiting)
    try {
      checkFile(await handle.stat(), path, limits)
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw explained(path, error)
  }
}

/** As `fileBytes`, for tables, which are read one after the other anyway. */
export function fileBytesSync(file: FilePlace, limits: ImportLimits): Buffer {
  return withFile(file, (descriptor) => {
    checkFile(fstatSync(descriptor), file.path, limits)
    return readFileSync(descriptor)
  })
}

/** What a library said of a file as the reason of a refusal; where it only stumbled over nonsense, that. */
export function stumbled(error: unknown): string {
  // Its own slip, on what no program has written: nothing in it is for people.
  if (
    !(error instanceof Error) ||
    error instanceof TypeError ||
    error instanceof ReferenceError ||
    /\bundefined\b|\bNaN\b/.test(error.message)
  )
    return 'what it says of itself makes no sense'
  return error.message.replace(/\.$/, '')
}
