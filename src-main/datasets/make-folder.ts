/**
 * Folders down to a path, made where they are not there. Node's own `recursive` never returns where a file system takes
 * no folders, as below /proc: it makes the parent, which is there, again and again.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    if ((await stat(path).catch(() => null))?.isDirectory() === true) return
    const parent = dirname(path)
    if (!isMissing(error) || (await stat(parent).catch(() => null)) !== null) throw error
    await makeFolder(parent)
    await makeFolder(path)
  }
}

export function makeFolderSync(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return
    const parent = dirname(path)
    if (!isMissing(error) || existsSync(parent)) throw error
    makeFolderSync(parent)
    makeFolderSync(path)
  }
}
