/**
 * Files that appear whole or not at all: written under a temporary name beside the target, flushed to disk, renamed,
 * and the folder flushed, so that neither a full disk nor a power cut leaves half a file under the real name.
 */
import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CausalscopeError, failed } from '../../src-shared/errors.ts'

type Part = Uint8Array | string

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC') return 'the disk is full'
  if (code === 'EDQUOT') return 'your disk quota is used up'
  if (code === 'EROFS') return 'the disk is read-only'
  if (code === 'EACCES' || code === 'EPERM') return 'writing there is not permitted'
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'the folder does not exist'
  if (code === 'EISDIR') return 'a folder of that name is there'
  return error instanceof Error ? error.message : String(error)
}

/** The error of a file that could not be written, in words: what, where, what to do. */
export function unwritable(path: string, error: unknown): Error {
  return failed(
    `Could not write ${path}: ${reason(error)}.`,
    'Check that the folder can be written and the disk has room, or choose another folder.',
    { file: path },
    error,
  )
}

/** A rename survives a power cut once its folder is flushed; Windows flushes it by itself and cannot open folders. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

let made = 0

/** A name beside the target that no other writer has, of this process or another. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${++made}.tmp-${process.pid}`)
}

/**
 * Writes the parts one after the other, text as UTF-8, and returns the file's SHA-256 (hex) and size. An existing file
 * is replaced only when all of the new one is on disk. Throws with the reason in words and leaves nothing behind.
 */
export async function writeWhole(path: string, parts: Iterable<Part>): Promise<{ sha256: string; bytes: number }> {
  const temporary = temporaryBeside(path)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    // What a killed process of this id has left; 'wx' follows no link that waits under the name.
    await rm(temporary, { force: true })
    const file = await open(temporary, 'wx')
    try {
      for (const part of parts) {
        const data = typeof part === 'string' ? Buffer.from(part, 'utf8') : part
        hash.update(data)
        await file.writeFile(data)
        bytes += data.length
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await flushFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error instanceof CausalscopeError ? error : unwritable(path, error)
  }
  return { sha256: hash.digest('hex'), bytes }
}
