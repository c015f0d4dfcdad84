/** Preparations: looked at while the steps are chosen, stored beside the raw modality, taken away again. */
import * as v from 'valibot'
import { datasetSummary, id, label, modality, modalityArray, task, text, whole } from './shapes.ts'

/** Checked and completed by `completeRecipe`, whose refusals are in words. */
const steps = v.pipe(v.array(v.record(v.string(), v.unknown())), v.maxLength(100))

const shown = v.object({
  /** Kind, shape, grid and labels of what is shown. */
  described: v.omit(modality, ['scaling', 'present', 'source', 'prepared']),
  /** [samples, ...shape]: images uint8 for display, others in the user's units. */
  array: modalityArray,
})

const preparationPreview = v.object({ ids: v.array(v.string()), before: shown, after: shown })

export const preparationRequests = {
  /** A few samples before and after; stores nothing. Refused where a step fits neither the modality nor these samples. */
  'preparation.preview': {
    request: v.strictObject({
      dataset: id,
      from: text(200),
      steps,
      samples: v.pipe(whole, v.minValue(1), v.maxValue(12)),
      task,
    }),
    response: preparationPreview,
  },
  'preparation.add': {
    request: v.strictObject({ dataset: id, from: text(200), name: label, steps, task }),
    response: v.object({ dataset: datasetSummary }),
  },
  /** Refused while runs use it. */
  'preparation.remove': {
    request: v.strictObject({ dataset: id, name: text(200) }),
    response: v.object({ dataset: datasetSummary }),
  },
} as const
