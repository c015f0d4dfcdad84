import type { DatasetSummary, Modality } from '../../src-shared/domain/dataset.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import { methodIds } from '../../src-shared/methods/available.ts'
import { parseRecipe } from '../../src-shared/preparations/text.ts'
import { preparationRecord, preparationWords } from '../../src-shared/preparations/words.ts'
import { listDatasets } from '../project/datasets.ts'
import { removePrepared } from '../project/preparations.ts'
import { openProject, openProjectReadOnly, type WritableProject } from '../project/project.ts'
import { preparedOf, prepareInto, prepareLike, prepareTelling, type WorkOptions } from '../services/preparations.ts'
import { chooseDataset } from './choose-dataset.ts'
import { onInterrupt } from './interrupt.ts'
import { shellWord } from './shell-word.ts'
import type { Terminal } from './terminal.ts'

export interface PrepareOptions {
  readonly project: string
  readonly dataset?: number
  readonly from?: string
  readonly as?: string
  readonly steps?: string
  readonly like?: number
  readonly remove?: string
  readonly telling?: true
  readonly list?: true
}

function recordOf(dataset: number, modality: Modality): object {
  const [record] = preparationRecord(modality)
  const { kind, shape, present } = modality
  return { dataset, ...record, kind, shape, present }
}

function lineOf(modality: Modality): string {
  const { name, kind, shape, present } = modality
  const words = preparationRecord(modality).map(preparationWords).join('')
  return `${name} (${kind} ${shape.join(' x ')}, ${present} samples): ${words}`
}

async function list(terminal: Terminal, datasets: readonly DatasetSummary[]): Promise<void> {
  let any = false
  for (const dataset of datasets)
    for (const modality of preparedOf(dataset)) {
      any = true
      await terminal.result(recordOf(dataset.id, modality), `Data set ${dataset.id}: ${lineOf(modality)}`)
    }
  if (!any) terminal.message('Nothing is prepared. --help lists the steps there are.')
}

/** Works on the preparation, stopping cleanly when the person interrupts. */
async function interruptible<T>(terminal: Terminal, work: (options: WorkOptions) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const release = onInterrupt(() => controller.abort())
  try {
    return await work({
      signal: controller.signal,
      onProgress: (fraction) => terminal.progress({ label: 'Preparing', fraction, secondsLeft: null }),
    })
  } catch (error) {
    if (!controller.signal.aborted) throw error
    throw new CausalscopeError(
      { code: 'interrupted', message: 'The preparation was interrupted; nothing was stored.', hint: '', details: {} },
      { cause: error },
    )
  } finally {
    release()
    terminal.finish()
  }
}

function made(project: WritableProject, datasetId: number, options: PrepareOptions) {
  const { from, as, steps, like } = options
  const { database } = project
  if (as === undefined) throw refused('The prepared modality needs a name.', 'Give it with --as NAME.', { field: 'as' })
  if (like !== undefined) {
    if (steps !== undefined)
      throw refused('--like takes the steps of the other data set: leave --steps out.', '', { field: 'steps' })
    return (work: WorkOptions) =>
      prepareLike(database, { datasetId, as, like, ...(from === undefined ? {} : { from }) }, work)
  }
  if (from === undefined || steps === undefined)
    throw refused(
      `${as} needs to be made from something by some steps.`,
      "Give --from MODALITY and --steps 'STEP|STEP'; --help lists the steps.",
      { field: from === undefined ? 'from' : 'steps' },
    )
  const recipe = parseRecipe(steps)
  return (work: WorkOptions) => prepareInto(database, { datasetId, from, as, recipe }, work)
}

/** `prepare`: makes, lists or removes prepared modalities. What is refused stores nothing. */
export async function prepare(terminal: Terminal, options: PrepareOptions): Promise<void> {
  const { from, as, steps, like, remove, telling } = options
  const asked = [from, as, steps, like].some((option) => option !== undefined)
  if ([asked, remove !== undefined, options.list === true, telling === true].filter(Boolean).length > 1)
    throw refused('Prepare, look for telling ones, list or remove: one at a time.', '', { field: 'prepare' })
  if (!asked && remove === undefined && telling !== true) {
    const project = openProjectReadOnly(options.project)
    try {
      const datasets = listDatasets(project.database)
      await list(
        terminal,
        options.dataset === undefined ? datasets : [chooseDataset(terminal, project, options.dataset)],
      )
    } finally {
      project.close()
    }
    return
  }
  const project = openProject(options.project, { program: 'causalscope prepare' })
  try {
    const dataset = chooseDataset(terminal, project, options.dataset)
    if (remove !== undefined) {
      removePrepared(project.database, dataset.id, remove)
      await terminal.result(
        { dataset: dataset.id, removed: remove },
        `${remove} is removed; what it was made from stays.`,
      )
      return
    }
    if (telling === true) {
      const found = await interruptible(terminal, (work) => prepareTelling(project.database, dataset.id, work))
      for (const modality of found) await terminal.result(recordOf(dataset.id, modality), lineOf(modality))
      if (found.length === 0)
        terminal.message(
          'No preparation divides the samples into clusters that the measurements do not show by themselves.',
        )
      return
    }
    const modality = await interruptible(terminal, made(project, dataset.id, options))
    await terminal.result(recordOf(dataset.id, modality), lineOf(modality))
    terminal.message(
      `Train on it with: causalscope train --project ${shellWord(options.project)} --dataset ${dataset.id} --method ${methodIds[0] ?? ''}. It stands in for ${modality.prepared?.from ?? ''} where --set modalities=... names nothing else.`,
    )
  } finally {
    project.close()
  }
}
