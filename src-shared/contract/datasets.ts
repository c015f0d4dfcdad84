/** The data sets of the open project: pages of samples, distributions. */
import * as v from 'valibot'
import { datasetSummary, empty, finite, id, label, modalityArray, type ReadonlyDeep, text, whole } from './shapes.ts'

export const sampleRow = v.object({
  /** Row in data set order, from 0. */
  row: whole,
  id: v.string(),
  /** For each modality of the data set: is it there. */
  present: v.array(v.boolean()),
  /** For each metadata column: category as text, number, or null when missing. */
  metadata: v.array(v.union([v.string(), v.number(), v.null()])),
})
export type SampleRow = ReadonlyDeep<v.InferOutput<typeof sampleRow>>

export const histogram = v.object({
  /** [bins + 1] in the user's units. */
  edges: v.array(v.number()),
  /** [bins] */
  counts: v.array(whole),
})
export type Histogram = ReadonlyDeep<v.InferOutput<typeof histogram>>

/** In the user's units; the deviation is that of the samples, n - 1. */
const spread = v.object({
  mean: v.number(),
  deviation: v.number(),
  low: v.number(),
  median: v.number(),
  high: v.number(),
})
export type Spread = ReadonlyDeep<v.InferOutput<typeof spread>>

/** Only samples whose value in a column is this category, or a number within the bounds; null: no bound. */
const sampleFilter = v.union([
  v.strictObject({ column: text(300), category: v.string() }),
  v.strictObject({ column: text(300), from: v.nullable(finite), to: v.nullable(finite) }),
])
export type SampleFilter = ReadonlyDeep<v.InferOutput<typeof sampleFilter>>

export const distributions = v.object({
  modalities: v.array(
    v.object({
      modality: v.string(),
      present: whole,
      missing: whole,
      /** Of all values (images: intensity; curves: ordinate; vectors: all features), from up to 4,096 samples. */
      values: histogram,
      /** Curves and vectors: per grid point or feature the 5 %, 50 % and 95 % quantiles, else null. */
      quantiles: v.nullable(
        v.object({ low: v.array(v.number()), median: v.array(v.number()), high: v.array(v.number()) }),
      ),
    }),
  ),
  metadata: v.array(
    v.object({
      column: v.string(),
      missing: whole,
      /** Category columns: samples of each category; number columns: null. */
      categories: v.nullable(v.array(v.object({ category: v.string(), samples: whole }))),
      /** Number columns; category columns: null. */
      values: v.nullable(histogram),
      /** Number columns with a value; else null. */
      spread: v.nullable(spread),
    }),
  ),
})
export type Distributions = ReadonlyDeep<v.InferOutput<typeof distributions>>

export const datasetRequests = {
  'dataset.list': { request: empty, response: v.object({ datasets: v.array(datasetSummary) }) },
  'dataset.samples': {
    request: v.strictObject({
      dataset: id,
      offset: whole,
      limit: v.pipe(whole, v.minValue(1), v.maxValue(200)),
      /** Text within the id; empty: all. */
      search: text(200),
      /** Only samples without this modality; null: all. */
      without: v.nullable(text(200)),
      /** By a metadata column, null: by the id; left out: as imported. */
      order: v.optional(v.nullable(v.strictObject({ by: v.nullable(text(300)), descending: v.boolean() })), null),
      /** All of them hold. */
      filters: v.optional(v.pipe(v.array(sampleFilter), v.maxLength(50)), []),
    }),
    response: v.object({
      /** Samples that match, of which `rows` is one page. */
      total: whole,
      rows: v.array(sampleRow),
      /** [rows, ...shape] for each modality; rows of absent samples are 0. */
      modalities: v.array(modalityArray),
    }),
  },
  'dataset.distributions': { request: v.strictObject({ dataset: id }), response: distributions },
  'dataset.rename': {
    request: v.strictObject({ dataset: id, name: label }),
    response: v.object({ dataset: datasetSummary }),
  },
  /** Refused while runs use it. */
  'dataset.delete': { request: v.strictObject({ dataset: id }), response: empty },
} as const

export const datasetEvents = {
  'datasets.changed': v.object({ datasets: v.array(datasetSummary) }),
} as const
