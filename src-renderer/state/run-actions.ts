/** What the person does with runs, from a table, a menu or a key alike. */
import { request } from '../client.ts'
import { counted } from '../words/quantities.ts'
import { dialogs } from './dialogs.svelte.ts'
import { draft } from './model-draft.svelte.ts'
import { route } from './route.svelte.ts'
import type { RunView } from './run-list.ts'
import { session } from './session.svelte.ts'
import { attempt, toasts } from './toasts.svelte.ts'

export async function renameRun(run: RunView): Promise<void> {
  const name = await dialogs.name({ title: 'Rename run', label: 'Name', value: run.name, action: 'Rename' })
  if (name !== null) await attempt(() => request('run.rename', { run: run.id, name }))
}

/** Opens the Model view with what the run was started with. */
export async function duplicateRun(run: RunView): Promise<void> {
  await attempt(async () => {
    await draft.copy(run.id)
    route.go('model', { dataset: run.datasetId })
  })
}

/** A new run that begins with a finished one's model. */
export async function goOn(run: RunView, epochs: number): Promise<void> {
  await attempt(async () => {
    const started = await request('run.goOn', { run: run.id, epochs })
    route.go('training', { run: started.run.id })
  })
}

/** What takes back each deletion in this project, the newest last. */
const deletions: (() => void)[] = []
session.onOtherProject(() => deletions.splice(0))

export function canUndoDeletion(): boolean {
  return deletions.length > 0
}

export function undoDeletion(): void {
  deletions.pop()?.()
}

/** Out of sight, with an undo. Refused while one of them trains. */
export async function deleteRuns(runs: readonly RunView[]): Promise<boolean> {
  const ids = runs.map((run) => run.id)
  const [only] = runs
  const worked = await attempt(() => request('run.delete', { runs: ids }))
  if (worked) {
    deletions.push(() => void attempt(() => request('run.restore', { runs: ids })))
    const words =
      runs.length === 1 && only ? `${only.name} was deleted.` : `${counted(runs.length, 'run')} were deleted.`
    toasts.done(words, { title: 'Undo', run: undoDeletion })
  }
  return worked
}

export async function resumeRun(run: RunView): Promise<void> {
  if (await attempt(() => request('run.resume', { run: run.id }))) route.go('training', { run: run.id })
}

export function exportRun(run: RunView): void {
  dialogs.exporting = run.id
}
