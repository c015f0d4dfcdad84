/** A label that a run tells: how well, from what, and the samples that are nearest to another label. */
import * as v from 'valibot'
import { errorData, id, modalityArray, path, type ReadonlyDeep, task, whole } from './shapes.ts'

const reliability = v.object({
  bins: v.array(
    v.object({
      from: v.number(),
      to: v.number(),
      samples: whole,
      confidence: v.nullable(v.number()),
      accuracy: v.nullable(v.number()),
    }),
  ),
  error: v.number(),
  brier: v.number(),
})
const share = v.object({ value: v.number(), low: v.number(), high: v.number() })

export const predictionView = v.object({
  run: id,
  label: v.string(),
  classes: v.array(v.string()),
  headline: v.string(),
  /** Cautions first. */
  details: v.array(v.object({ severity: v.picklist(['info', 'warning']), text: v.string() })),
  measuredOn: v.picklist(['test', 'validation', 'training']),
  measured: whole,
  accuracy: share,
  risk: v.object({ sufficiency: v.number(), necessity: v.number() }),
  /** [C][C]: samples of a class (rows) by the class that was told. */
  confusion: v.array(v.array(whole)),
  robustness: v.array(
    v.object({
      kind: v.picklist(['clean', 'corrupted', 'modalities']),
      corruption: v.string(),
      modalities: v.array(v.string()),
      samples: whole,
      accuracy: v.number(),
      worst: v.number(),
      base: v.nullable(v.object({ accuracy: v.number(), worst: v.number() })),
    }),
  ),
  attention: v.array(v.object({ modality: v.string(), takes: v.array(v.nullable(v.number())) })),
  calibration: v.nullable(v.object({ before: reliability, after: reliability })),
  temperature: v.number(),
  /** Nearest first; `row` is that among the run's samples. */
  fragile: v.array(
    v.object({
      id: v.string(),
      row: whole,
      fragility: v.number(),
      told: v.string(),
      instead: v.string(),
      label: v.nullable(v.string()),
      /** Changed as little as another label asks for; null where nobody looked or none was found. */
      change: v.nullable(
        v.object({
          becomes: v.string(),
          /** Root mean square, in units of the measurements' spread. */
          size: v.number(),
          modalities: v.array(
            v.object({
              name: v.string(),
              changed: modalityArray,
              /** Changed less measured: images as grey levels, where 128 is no change and the ends are the largest. */
              difference: modalityArray,
            }),
          ),
        }),
      ),
    }),
  ),
})
export type PredictionView = ReadonlyDeep<v.InferOutput<typeof predictionView>>

export const predictionRequests = {
  /** Refused while the run has no result, and for a run that tells no label. */
  'prediction.get': { request: v.strictObject({ run: id }), response: predictionView },
  /** Every data set of the project, and why the run can tell nothing of its samples; null: it can. */
  'prediction.sets': {
    request: v.strictObject({ run: id }),
    response: v.object({ sets: v.array(v.object({ dataset: id, why: v.nullable(errorData) })) }),
  },
  /** Labels of another data set's samples, written as CSV. Refused for samples of another form than the run's. */
  'prediction.tell': {
    request: v.strictObject({ run: id, dataset: id, file: path, task }),
    response: v.object({
      path: v.string(),
      bytes: whole,
      told: whole,
      /** Samples unlike the training set. */
      unlike: whole,
      words: v.array(v.string()),
    }),
  },
} as const
