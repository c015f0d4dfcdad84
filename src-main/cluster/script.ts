/** The script that Slurm runs for each task of an array. All that is asked of Slurm stands in sbatch's options. */
import { fileURLToPath } from 'node:url'

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Of this program: the nodes find it under the same names. */
export function taskProgram(): readonly string[] {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return [process.execPath, fileURLToPath(new URL(`../training/task/task-process.${extension}`, import.meta.url))]
}

/** @param setup lines of the person's own before the program starts */
export function taskScript(setup: string, program: readonly string[], work: string, list: string): string {
  // As Electron's binary the program is a Node only where it is told so.
  const asNode = 'electron' in process.versions ? ['export ELECTRON_RUN_AS_NODE=1'] : []
  return [
    '#!/bin/bash',
    ...(setup.trim() === '' ? [] : [setup]),
    ...asNode,
    // In the shell's place: the signals that Slurm sends the script reach the program.
    `exec ${[...program, work, list].map(quoted).join(' ')}`,
    '',
  ].join('\n')
}
