import { existsSync } from 'node:fs'
import * as v from 'valibot'
import { dataDescription } from '../../src-shared/contract/shapes.ts'
import type { DataDescription, DatasetSummary, MetadataColumn, Modality } from '../../src-shared/domain/dataset.ts'
import type { ImportOutcome } from '../../src-shared/domain/import.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import { methodIds } from '../../src-shared/methods/available.ts'
import { listDatasets } from '../project/datasets.ts'
import { openProject, type WritableProject } from '../project/project.ts'
import { importDataset, type Imported } from '../services/datasets.ts'
import { readJsonFile } from './arguments.ts'
import { importProgress } from './import-progress.ts'
import { onInterrupt } from './interrupt.ts'
import { shellWord } from './shell-word.ts'
import type { Terminal } from './terminal.ts'

export interface ImportOptions {
  readonly project: string
  readonly name?: string
  /** JSON file with a data description. */
  readonly describe?: string
}

/** Things left out that are listed one by one; of more only the number is told. */
const mostListed = 10

export function readDescription(file: string): DataDescription {
  const parsed = v.safeParse(dataDescription, readJsonFile(file))
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const field = v.getDotPath(issue) ?? ''
  throw refused(`${file} is no data description: ${field}: ${issue.message}.`, 'docs/cli.md shows one.', {
    file,
    field,
  })
}

function modalityLine(modality: Modality, detail: string, samples: number): string {
  const share = modality.present === samples ? 'all samples' : `${modality.present} of ${samples} samples`
  return `  ${modality.name} (${modality.kind}): ${detail}, ${share}, from ${modality.source}`
}

function columnLine({ column, kind, categories = [], missing }: MetadataColumn): string {
  const blank = missing === 0 ? '' : `, ${missing} missing`
  return `  ${column}: ${kind === 'number' ? 'number' : `${categories.length} categories`}${blank}`
}

/** What was found, what it was paired by, what was left out and why. */
function summaryText(dataset: DatasetSummary, outcome: ImportOutcome): string {
  const listed = outcome.leftOut.slice(0, mostListed).map(({ what, reason }) => `  ${what}: ${reason}`)
  const more = outcome.leftOut.length - listed.length
  return [
    `Data set ${dataset.id}: ${dataset.name}, ${dataset.samples} samples, ${outcome.complete} with every modality.`,
    ...(outcome.pairing === '' ? [] : [`Paired: ${outcome.pairing}`]),
    ...(dataset.modalities.length === 0 ? [] : ['Modalities:']),
    ...dataset.modalities.map((m, i) =>
      modalityLine(m, outcome.details[i] ?? `prepared, ${m.shape.join(' x ')}`, dataset.samples),
    ),
    ...(dataset.metadata.length === 0 ? [] : ['Metadata:']),
    ...dataset.metadata.map(columnLine),
    ...(outcome.leftOut.length === 0 ? [] : [`Left out (${outcome.leftOut.length}):`, ...listed]),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...dataset.notes.map((note) => `${note.severity === 'warning' ? 'Warning' : 'Note'}: ${note.message}`),
  ].join('\n')
}

/** Takes a project away that was made for an import which came to nothing. */
export function discardEmpty(project: WritableProject): void {
  if (project.made && listDatasets(project.database).length === 0) project.discard()
}

/** Reads into the project, stopping cleanly when the person interrupts. */
export async function importInto(
  terminal: Terminal,
  projectFile: string,
  request: { readonly source: string; readonly name?: string; readonly description?: DataDescription },
  project: () => WritableProject,
): Promise<Imported> {
  const controller = new AbortController()
  const release = onInterrupt(() => controller.abort())
  try {
    return await importDataset(
      projectFile,
      { ...request, signal: controller.signal, onProgress: importProgress(terminal) },
      project,
    )
  } catch (error) {
    if (!controller.signal.aborted) throw error
    throw new CausalscopeError(
      { code: 'interrupted', message: 'The import was interrupted; nothing was stored.', hint: '', details: {} },
      { cause: error },
    )
  } finally {
    release()
    terminal.finish()
  }
}

/** `import SRC --project FILE`: the project is made when there is none and the source is good. */
export async function importCommand(terminal: Terminal, source: string, options: ImportOptions): Promise<void> {
  const description = options.describe === undefined ? undefined : readDescription(options.describe)
  const open = (): WritableProject => openProject(options.project, { program: 'causalscope import', create: 'missing' })
  // An existing project is locked before the work, not after it.
  let project = existsSync(options.project) ? open() : null
  try {
    const { dataset, outcome } = await importInto(
      terminal,
      options.project,
      {
        source,
        ...(options.name === undefined ? {} : { name: options.name }),
        ...(description === undefined ? {} : { description }),
      },
      () => (project ??= open()),
    )
    await terminal.result(
      {
        dataset: dataset.id,
        ...dataset,
        complete: outcome.complete,
        pairing: outcome.pairing,
        leftOut: outcome.leftOut,
        description: outcome.description,
        project: options.project,
      },
      summaryText(dataset, outcome),
    )
    terminal.message(
      `Train on it with: causalscope train --project ${shellWord(options.project)} --method ${methodIds[0] ?? ''}`,
    )
  } catch (error) {
    if (project !== null) discardEmpty(project)
    throw error
  } finally {
    project?.close()
  }
}
