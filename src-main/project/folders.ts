/** Where the files beside a project lie: everything too large for it, or written by another process. */
import { join } from 'node:path'

export const projectExtension = '.causalscope'

/** `NAME.causalscope.files`: goes where the project file goes. */
export function filesFolder(projectFile: string): string {
  return `${projectFile}.files`
}

/** Large data sets, as packs named by their SHA-256. */
export function datasetsFolder(projectFile: string): string {
  return join(filesFolder(projectFile), 'datasets')
}

/** Packs written again from the project file for the trainer: a cache that may be deleted. */
export function packsFolder(projectFile: string): string {
  return join(filesFolder(projectFile), 'packs')
}

/** Checkpoints and results of one run. */
export function runFolder(projectFile: string, runId: number): string {
  return join(filesFolder(projectFile), 'runs', String(runId))
}
