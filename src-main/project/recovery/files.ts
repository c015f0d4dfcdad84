/** The files beside a project that go with what is kept of it. */
import { constants } from 'node:fs'
import { copyFile, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../datasets/make-folder.ts'
import { datasetsFolder, runFolder } from '../folders.ts'
import type { Told } from './told.ts'

/** What the new place cannot take ends the work; what the old one cannot give is left out. */
const ofTheTarget = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM']

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Plain files and folders; links are passed over, for they lead elsewhere. */
async function copyTree(from: string, to: string, told: Told, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  const kind = await lstat(from).catch(() => null)
  if (kind?.isDirectory() === true) {
    await makeFolder(to)
    for (const name of await readdir(from)) await copyTree(join(from, name), join(to, name), told, signal)
  } else if (kind?.isFile() === true)
    try {
      await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
    } catch (error) {
      if (ofTheTarget.includes(codeOf(error))) throw error
      told.leftOut(`The file ${from}: the disk does not read it.`)
    }
}

/** Copies what runs wrote and the packs of large data sets. */
export async function recoverFiles(
  from: string,
  to: string,
  runs: ReadonlySet<number>,
  packs: readonly string[],
  told: Told,
  signal?: AbortSignal,
): Promise<void> {
  for (const pack of packs) {
    await makeFolder(datasetsFolder(to))
    await copyTree(join(datasetsFolder(from), `${pack}.pack`), join(datasetsFolder(to), `${pack}.pack`), told, signal)
  }
  for (const run of runs) {
    if ((await lstat(runFolder(from, run)).catch(() => null)) === null) continue
    await copyTree(runFolder(from, run), runFolder(to, run), told, signal)
  }
}
