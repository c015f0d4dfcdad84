/** Takes a prepared modality away, once the person has said so. */
import type { DatasetView } from '../../src-shared/contract/shapes.ts'
import { request } from '../client.ts'
import { dialogs } from '../state/dialogs.svelte.ts'
import { attempt, toasts } from '../state/toasts.svelte.ts'

/** Whether it is gone. */
export async function removePrepared(dataset: DatasetView, name: string): Promise<boolean> {
  const from = dataset.modalities.find((modality) => modality.name === name)?.prepared?.from ?? ''
  const yes = await dialogs.confirm({
    title: `Remove “${name}”?`,
    message: `It can be made of ${from} again by the same steps. ${from} stays as it was measured.`,
    action: 'Remove',
    danger: true,
  })
  if (!yes || !(await attempt(() => request('preparation.remove', { dataset: dataset.id, name })))) return false
  toasts.done(`“${name}” was removed.`)
  return true
}
