/** A modality of what is being imported, prepared through a reading of its own: nothing is stored. */
import type { ImportView } from '../../../src-shared/contract/imports.ts'
import { CausalscopeError, failed } from '../../../src-shared/errors.ts'
import type { Recipe } from '../../../src-shared/preparations/recipe.ts'
import { request } from '../../client.ts'
import type { PrepareTarget, Shown } from '../../preparations/prepare-session.svelte.ts'
import { loadValues, type ModalityValues, sampleOf } from '../../state/sample-values.ts'
import { tasks } from '../../state/tasks.svelte.ts'
import type { ImportSession } from './import-session.svelte.ts'

const samplesShown = 4
/** Of what is being looked at; the person names it later. */
const provisional = '(preview)'

/** The values of these samples alone. */
function someOf(values: ModalityValues, rows: readonly number[]): ModalityValues {
  const chosen = rows.flatMap((row) => [...sampleOf(values, row)])
  const kept = values.kind === 'image' ? Uint8Array.from(chosen) : Float32Array.from(chosen)
  return { ...values, samples: rows.length, values: kept }
}

async function shownOf(plan: ImportView, name: string, rows: readonly number[]): Promise<Shown> {
  const place = plan.modalities.findIndex((m) => m.name === name)
  const described = plan.modalities[place]
  const array = plan.preview.modalities[place]
  if (described === undefined || array === undefined) throw failed(`The preview shows no ${name}.`)
  const [values] = await loadValues([array])
  return { described, values: someOf(values!, rows) }
}

export function importTarget(session: ImportSession, plan: ImportView, from: string): PrepareTarget {
  const modality = plan.modalities.find(({ name }) => name === from)
  if (modality === undefined) throw new Error(`the import has no ${from}`)
  const earlier = session.description?.preparations ?? []
  let looking: string | null = null
  return {
    modality,
    taken: [...plan.modalities.map(({ name }) => name), ...plan.metadata.map(({ column }) => column)],
    preview: (steps: Recipe) => {
      if (looking !== null) tasks.cancel(looking)
      return tasks.run(
        'Preview',
        async (task) => {
          looking = task
          try {
            const one = { name: provisional, from, steps: steps.map((step) => ({ ...step })) }
            const description = { ...session.description, preparations: [one] }
            const { plan: prepared } = await request('import.inspect', { source: session.source, description, task })
            if (prepared.blocked !== null) throw new CausalscopeError(prepared.blocked)
            const place = prepared.modalities.findIndex(({ name }) => name === from)
            const rows = [...prepared.preview.ids.keys()]
              .filter((row) => prepared.preview.present[row]?.[place] === true)
              .slice(0, samplesShown)
            return {
              ids: rows.map((row) => prepared.preview.ids[row]!),
              before: await shownOf(prepared, from, rows),
              after: await shownOf(prepared, provisional, rows),
            }
          } finally {
            if (looking === task) looking = null
          }
        },
        { inView: true },
      )
    },
    add: (name, steps) => {
      session.adjust({ preparations: [...earlier, { name, from, steps: steps.map((step) => ({ ...step })) }] })
      return Promise.resolve()
    },
  }
}
