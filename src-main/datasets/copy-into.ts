/** Files that are copied as they are written elsewhere: whole or not at all. */
import { copyFile, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { makeFolder } from './make-folder.ts'
import { temporaryBeside } from './whole-file.ts'

/** Copies a file into a folder under its own name, whole or not at all. */
export async function copyInto(folder: string, file: string): Promise<string> {
  await makeFolder(folder)
  const target = join(folder, basename(file))
  const temporary = temporaryBeside(target)
  await copyFile(file, temporary)
  await rename(temporary, target)
  return target
}
