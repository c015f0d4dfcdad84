/**
 * Text files that a person named: a configuration, what is known, a truth. A link may lead to one, but a pipe, a socket or
 * a device is refused: reading it might never end.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs'
import { refused } from '../../src-shared/errors.ts'

/** More than any person writes, and less than the longest text that a program holds. */
const mostBytes = 256 * 2 ** 20

/** O_NONBLOCK does not exist on Windows, where nothing waits to be opened. */
const withoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK

function requireFile(kind: Stats, file: string): void {
  const details = { file }
  if (kind.isDirectory()) throw refused(`${file} is a folder, not a file.`, 'Name the file in it.', details)
  if (!kind.isFile())
    throw refused(
      `${file} is no file but a pipe, a socket or a device, which may never end.`,
      'Write what it should say into a file, and name that.',
      details,
    )
  if (kind.size > mostBytes)
    throw refused(`${file} has ${kind.size} bytes: more than 256 MiB.`, 'Check whether it is the right file.', details)
}

/** Its text, without a byte order mark. Throws `refused` naming the file and what is wrong with it. */
export function readNamedText(file: string): string {
  let descriptor: number
  try {
    descriptor = openSync(file, withoutWaiting)
  } catch (error) {
    throw unreadable(file, error)
  }
  try {
    requireFile(fstatSync(descriptor), file)
    return readFileSync(descriptor, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw error instanceof Error && 'code' in error && 'syscall' in error ? unreadable(file, error) : error
  } finally {
    closeSync(descriptor)
  }
}

function unreadable(file: string, error: unknown): Error {
  return refused(
    `The file ${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    'Check its name and that you may read it.',
    { file },
  )
}
