/**
 * Files that are what their names say: read without following a link, and never a pipe or device that has no end. What
 * lies beside a project was perhaps received from somebody: a link in it could lead anywhere.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import { refused } from '../../src-shared/errors.ts'

/** The last two do not exist on Windows, where `lstat` alone must do. */
const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

interface Kind {
  isFile(): boolean
  isSymbolicLink(): boolean
}

/** Throws `refused` unless it is a file of its own. */
export function requirePlain(kind: Kind, path: string): void {
  if (kind.isFile()) return
  throw refused(
    kind.isSymbolicLink()
      ? `${path} is a link: what belongs to a project lies in the project's own folder.`
      : `${path} is not a file.`,
    'Remove it, or put the file itself in its place.',
    { file: path },
  )
}

/** A descriptor for reading, which the caller closes. */
export function openPlain(path: string): number {
  requirePlain(lstatSync(path), path)
  const descriptor = openSync(path, readOnly)
  try {
    requirePlain(fstatSync(descriptor), path)
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

async function handleOf(path: string): Promise<FileHandle> {
  requirePlain(await lstat(path), path)
  const handle = await open(path, readOnly)
  try {
    requirePlain(await handle.stat(), path)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** The whole file. */
export async function readPlain(path: string): Promise<Buffer> {
  const handle = await handleOf(path)
  return handle.readFile().finally(() => handle.close())
}

/** The file piece by piece. */
export async function* plainPieces(path: string): AsyncGenerator<Uint8Array> {
  const handle = await handleOf(path)
  // Reading to the end closes the handle.
  yield* handle.createReadStream({ highWaterMark: 2 ** 20 }) as AsyncIterable<Uint8Array>
}
