import { resolve } from 'node:path'
import { exportRun } from '../export/export-run.ts'
import { parseFormats } from '../export/formats.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { readFinishedRun } from '../services/results.ts'
import type { Terminal } from './terminal.ts'

export interface ExportOptions {
  readonly project: string
  readonly run: number
  readonly out: string
  /** Names, comma-separated. */
  readonly formats?: string
}

/** Written when none are named: all of the contract's list. */
const defaultFormats =
  'clusters.csv,graph.json,graph.dot,graph.graphml,graph.dagitty,graph.bif,latents.npz,latents.parquet,report.html'

/** `export`: a finished run as files. */
export async function exportCommand(terminal: Terminal, options: ExportOptions): Promise<void> {
  const formats = parseFormats((options.formats ?? defaultFormats).split(','))
  const project = openProjectReadOnly(options.project)
  try {
    const finished = await readFinishedRun(project, options.run)
    const out = resolve(options.out)
    const written = await exportRun({ ...finished, out, formats })
    for (const file of written) await terminal.result(file, file.path)
  } finally {
    project.close()
  }
}
