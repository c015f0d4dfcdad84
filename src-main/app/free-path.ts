/** Where a new project is proposed. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { projectExtension } from '../project/folders.ts'

/** A project of this name that is not there yet, in the documents folder where there is one, else at home. */
export function freePath(name: string): string {
  const documents = join(homedir(), 'Documents')
  const folder = existsSync(documents) ? documents : homedir()
  const plain = name
    .replace(/[^\p{L}\p{N} ._-]/gu, '')
    .trim()
    .slice(0, 100)
    .trim()
  return freeIn(folder, plain === '' ? 'Untitled' : plain)
}

/** A project in the folder of this one, named after it, that is not there yet: "lab recovered". */
export function freePathBeside(path: string, word: string): string {
  return freeIn(dirname(path), `${basename(path, projectExtension)} ${word}`)
}

function freeIn(folder: string, base: string): string {
  for (let n = 1; ; n++) {
    const path = join(folder, `${n === 1 ? base : `${base} ${n}`}${projectExtension}`)
    if (!existsSync(path)) return path
  }
}
