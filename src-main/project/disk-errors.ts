/** What SQLite and the file system report, as errors for the scientist whose project it is. */
import Database from 'better-sqlite3'
import { CausalscopeError, type ErrorCode, type ErrorDetails, failed } from '../../src-shared/errors.ts'

interface Explanation {
  /** SQLite result codes (extended ones share their primary's prefix) and file system error codes. */
  readonly codes: readonly string[]
  readonly kind: ErrorCode
  readonly message: string
  readonly hint: string
}

const explanations: readonly Explanation[] = [
  {
    codes: ['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG'],
    kind: 'failed',
    message: 'The disk is full, nothing was changed',
    hint: 'Free some space on the disk and try again.',
  },
  {
    codes: ['SQLITE_READONLY', 'EROFS', 'EACCES', 'EPERM'],
    kind: 'refused',
    message: 'The project cannot be written, because its file or its folder is read-only',
    hint: 'Copy the project to a folder that you may write, or change the permissions of this one.',
  },
  {
    codes: ['SQLITE_CANTOPEN', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EAGAIN', 'EINVAL', 'ELOOP', 'ENAMETOOLONG', 'ENXIO'],
    kind: 'refused',
    message: 'The project cannot be opened',
    hint: 'Check that the folder exists and that you may read and write both the folder and the file.',
  },
  {
    codes: ['SQLITE_BUSY', 'SQLITE_LOCKED'],
    kind: 'refused',
    message: 'The project is in use by another program',
    hint: 'Close it there, or wait until its work is done, and try again.',
  },
  {
    codes: ['SQLITE_IOERR', 'EIO'],
    kind: 'failed',
    message: 'The disk refused to read or write the project',
    hint: 'Check that the disk is connected, healthy and not full, then try again.',
  },
]

function codeOf(error: unknown): string | null {
  if (error instanceof Database.SqliteError) return error.code
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return null
}

/** `error` as it concerns `file`; errors that come from neither SQLite nor the file system pass unchanged. */
export function explainDisk(error: unknown, file: string): unknown {
  if (error instanceof CausalscopeError) return error
  const code = codeOf(error)
  if (code === null) return error
  // It began as a project: what is no database is a project whose first bytes contradict one another.
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return damagedProject(file, 'is damaged', { reason: code }, error)
  const known = explanations.find(({ codes }) => codes.some((c) => code === c || code.startsWith(`${c}_`)))
  if (known === undefined) return error
  return new CausalscopeError(
    { code: known.kind, message: `${known.message}: ${file}.`, hint: known.hint, details: { file, reason: code } },
    { cause: error },
  )
}

/**
 * A project file that is not as this program wrote it. `recoverable` tells whoever shows it that a new project can be made
 * of what is whole.
 * @param how "is damaged: ..."
 */
export function damagedProject(file: string, how: string, details: ErrorDetails = {}, cause?: unknown): Error {
  const hint =
    'A disk lost bytes, or another program wrote into the file: restore it from a backup, or make a new project of what is whole in it.'
  return failed(`The project file ${file} ${how}.`, hint, { file, recoverable: true, ...details }, cause)
}

/** Values that are not those imported. */
export function damagedDataset(file: string): Error {
  return failed(`A data set in ${file} is not as it was imported.`, 'Import the data set again.', { file })
}

/** Runs `work`; what the disk does to it comes out as `explainDisk` says. */
export function explaining<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw explainDisk(error, file)
  }
}
