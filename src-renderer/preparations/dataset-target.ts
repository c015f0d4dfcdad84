/** A modality of a stored data set, prepared through the host. */
import type { DatasetView } from '../../src-shared/contract/shapes.ts'
import type { Recipe } from '../../src-shared/preparations/recipe.ts'
import { request } from '../client.ts'
import { loadValues } from '../state/sample-values.ts'
import { tasks } from '../state/tasks.svelte.ts'
import type { PrepareTarget } from './prepare-session.svelte.ts'

const samplesShown = 4

/** Steps as they travel: plain records. */
const plain = (steps: Recipe): Record<string, string | number>[] => steps.map((step) => ({ ...step }))

/** @param made told the name of what was stored */
export function datasetTarget(dataset: DatasetView, from: string, made: (name: string) => void): PrepareTarget {
  const modality = dataset.modalities.find(({ name }) => name === from)
  if (modality === undefined) throw new Error(`the data set has no ${from}`)
  let looking: string | null = null
  return {
    modality,
    taken: [...dataset.modalities.map(({ name }) => name), ...dataset.metadata.map(({ column }) => column)],
    preview: (steps) => {
      if (looking !== null) tasks.cancel(looking)
      return tasks.run(
        'Preview',
        async (task) => {
          looking = task
          try {
            const body = { dataset: dataset.id, from, steps: plain(steps), samples: samplesShown, task }
            const { ids, before, after } = await request('preparation.preview', body)
            const [first, second] = await loadValues([before.array, after.array])
            if (first === undefined || second === undefined) throw new Error('the preview has no values')
            return {
              ids,
              before: { described: before.described, values: first },
              after: { described: after.described, values: second },
            }
          } finally {
            if (looking === task) looking = null
          }
        },
        { inView: true },
      )
    },
    add: async (name, steps) => {
      await tasks.run(`Preparing ${name}`, (task) =>
        request('preparation.add', { dataset: dataset.id, from, name, steps: plain(steps), task }),
      )
      made(name)
    },
  }
}
