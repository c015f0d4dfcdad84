import { resolve } from 'node:path'
import { canBeWritten } from '../../src-shared/contract/exports.ts'
import type { Method } from '../../src-shared/methods/list.ts'
import { facetNames } from '../../src-shared/methods/results.ts'
import { exportRun } from '../export/export-run.ts'
import { exportFormats, parseFormats } from '../export/formats.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { readFinishedRun } from '../services/results.ts'
import type { Terminal } from './terminal.ts'

export interface ExportOptions {
  readonly project: string
  readonly run: number
  readonly out: string
  /** Names, comma-separated. */
  readonly formats?: string
  readonly bom?: boolean
}

/** Not written unless they are named: graph.json and the report hold the same drawing. */
const pictures: readonly string[] = ['graph.svg', 'graph.png']

/** Written when none are named: all that the run's method has. */
function defaultFormats(method: Method): readonly string[] {
  const facets = facetNames(method)
  return exportFormats.filter((format) => !pictures.includes(format) && canBeWritten(format, facets))
}

/** `export`: a finished run as files. */
export async function exportCommand(terminal: Terminal, options: ExportOptions): Promise<void> {
  const named = options.formats === undefined ? null : parseFormats(options.formats.split(','))
  const project = openProjectReadOnly(options.project)
  try {
    const finished = await readFinishedRun(project, options.run)
    const out = resolve(options.out)
    const formats = named ?? defaultFormats(finished.result.method)
    const written = await exportRun({ ...finished, out, formats, byteOrderMark: options.bom === true })
    for (const file of written) await terminal.result(file, file.path)
  } finally {
    project.close()
  }
}
