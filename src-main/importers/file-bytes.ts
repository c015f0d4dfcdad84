/** A whole file, once its size is known to be within the limits. */
import { readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { ImportLimits } from '../../src-shared/domain/import.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import { mebibyte } from './limits.ts'

interface FilePlace {
  readonly absolute: string
  /** As shown to people. */
  readonly path: string
}

export function unreadable(path: string, error: unknown): CausalscopeError {
  const why = error instanceof Error ? error.message.replace(/,? open .*$/, '') : String(error)
  return refused(`${path} cannot be read: ${why}.`, 'Check that it is still there and may be read.', { file: path })
}

/** Throws `refused` when the file is larger than the limit or cannot be read. */
function checkFileSize({ absolute, path }: FilePlace, limits: ImportLimits): void {
  const stats = statSync(absolute, { throwIfNoEntry: false })
  if (stats === undefined) throw unreadable(path, new Error('it is no longer there'))
  if (stats.size > limits.file * mebibyte)
    throw refused(
      `${path} has ${Math.round(stats.size / mebibyte)} MiB; an import reads files of up to ${limits.file} MiB.`,
      'Split it into smaller files.',
      { file: path, bytes: stats.size },
    )
}

export async function fileBytes(file: FilePlace, limits: ImportLimits): Promise<Buffer> {
  checkFileSize(file, limits)
  try {
    return await readFile(file.absolute)
  } catch (error) {
    throw unreadable(file.path, error)
  }
}

/** As `fileBytes`, for tables, which are read one after the other anyway. */
export function fileBytesSync(file: FilePlace, limits: ImportLimits): Buffer {
  checkFileSize(file, limits)
  try {
    return readFileSync(file.absolute)
  } catch (error) {
    throw unreadable(file.path, error)
  }
}
