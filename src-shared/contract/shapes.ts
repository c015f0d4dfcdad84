/** Schemas of what the contract's channels share: domain types as they cross the wall, paths, arrays by URL. */
import type { ReadonlyDeep } from '../readonly-deep.ts'
import * as v from 'valibot'
import type { DataDescription, DatasetSummary, Modality } from '../domain/dataset.ts'
import type { EpochMetrics, RunSummary } from '../domain/run.ts'
import type { ErrorData } from '../errors.ts'
import { namedEdge } from '../graph/edge-schema.ts'
import { methodIds } from '../methods/available.ts'
import type { Prepared, Recipe } from '../preparations/recipe.ts'
import { completeRecipe } from '../preparations/steps.ts'

export type { ReadonlyDeep }

export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Index of a sample in its data set. */
export const row = v.pipe(
  v.number('a row is a number.'),
  v.safeInteger('a row is a whole number.'),
  v.minValue(0, 'rows are counted from 0.'),
)
export const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
export const finite = v.pipe(v.number(), v.finite())
export const empty = v.strictObject({})
export const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest))
export const label = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))

/** An absolute path on the host. NUL never belongs in one. */
export const path = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(4096),
  v.check((p) => !p.includes('\0'), 'A path holds no NUL character.'),
  v.check((p) => p.startsWith('/') || /^[A-Za-z]:[\\/]/.test(p) || p.startsWith('\\\\'), 'A path is absolute.'),
)

/** Name the page gives to long work, so that it can show its progress and cancel it. */
export const task = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))

/**
 * An array by URL: `fetch(url)` answers its values alone, little-endian, row-major in `shape`. The URL is opaque. A small
 * array is besides in `base64`, the same bytes, so that what shows it need not ask a second time. The
 * arrays of a run's clusters live as long as the project is open; pages of samples, previews and inference until 256 MiB
 * of newer ones have come.
 */
export const arrayRef = v.object({
  url: v.pipe(v.string(), v.startsWith('/data/')),
  dtype: v.picklist(['float32', 'int32', 'uint8']),
  shape: v.array(whole),
  base64: v.exactOptional(v.string()),
})
export type ArrayRef = ReadonlyDeep<v.InferOutput<typeof arrayRef>>

export const method = v.picklist(methodIds)
export const engine = v.picklist(['tensorflow-gpu', 'webgpu', 'tensorflow', 'wasm', 'cpu'])
export const engineChoice = v.picklist(['auto', 'tensorflow-gpu', 'webgpu', 'tensorflow', 'wasm', 'cpu'])
export const runStatus = v.picklist(['queued', 'running', 'paused', 'interrupted', 'done', 'failed'])
const kind = v.picklist(['image', 'curve', 'vector', 'embedding'])

export const errorData = v.object({
  code: v.picklist(['refused', 'failed', 'interrupted']),
  message: v.string(),
  hint: v.string(),
  details: v.record(v.string(), v.unknown()),
}) satisfies v.GenericSchema<unknown, ErrorData>

export const note = v.object({
  severity: v.picklist(['info', 'warning']),
  message: v.string(),
  ids: v.exactOptional(v.array(v.string())),
})

/** Steps with every default filled in; wrong ones are refused in the words of `completeRecipe`. */
const recipe = v.pipe(
  v.array(v.record(v.string(), v.unknown())),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): Recipe => {
    try {
      return completeRecipe(value)
    } catch (error) {
      addIssue({ message: error instanceof Error ? error.message : String(error) })
      return NEVER
    }
  }),
)

const prepared = v.object({
  from: v.string(),
  recipe,
  fitted: v.array(v.nullable(v.record(v.string(), v.array(v.number())))),
  fittedOn: v.string(),
  divides: v.exactOptional(whole),
}) satisfies v.GenericSchema<unknown, Prepared>

export const modality = v.object({
  name: v.string(),
  kind,
  shape: v.array(whole),
  scaling: v.object({ offset: v.array(v.number()), scale: v.array(v.number()) }),
  present: whole,
  source: v.string(),
  grid: v.exactOptional(v.array(v.number())),
  gridLabel: v.exactOptional(v.string()),
  gridUnit: v.exactOptional(v.string()),
  valueLabel: v.exactOptional(v.string()),
  valueUnit: v.exactOptional(v.string()),
  features: v.exactOptional(v.array(v.string())),
  prepared: v.exactOptional(prepared),
}) satisfies v.GenericSchema<unknown, Modality>

export const metadataColumn = v.object({
  column: v.string(),
  kind: v.picklist(['category', 'number']),
  categories: v.exactOptional(v.array(v.string())),
  missing: whole,
})

export const datasetSummary = v.object({
  id,
  name: v.string(),
  samples: whole,
  modalities: v.array(modality),
  metadata: v.array(metadataColumn),
  notes: v.array(note),
  sha256: v.string(),
  source: v.string(),
  createdAt: v.string(),
}) satisfies v.GenericSchema<unknown, DatasetSummary>

/** As text or as a list; what is wrong in them is refused by `givenRecipe`, in words. */
const steps = v.union([text(8192), v.pipe(v.array(v.record(v.string(), v.unknown())), v.maxLength(100))])

/** Taken from the page as well: strict, so that a misspelt field is refused, not ignored. */
export const dataDescription = v.strictObject({
  name: v.exactOptional(label),
  samples: v.exactOptional(
    v.strictObject({
      id: v.exactOptional(v.union([label, v.pipe(v.array(label), v.minLength(1), v.maxLength(100))])),
      match: v.exactOptional(v.picklist(['exact', 'zeros', 'suffix', 'affixes'])),
      key: v.exactOptional(text(8192)),
      rows: v.exactOptional(v.picklist(['refuse', 'in-order'])),
      unpaired: v.exactOptional(v.picklist(['refuse', 'keep'])),
      axis: v.exactOptional(v.picklist(['first', 'last'])),
    }),
  ),
  text: v.exactOptional(
    v.strictObject({
      decimal: v.exactOptional(v.picklist(['.', ','])),
      thousands: v.exactOptional(v.picklist(['.', ',', ' ', "'"])),
      delimiter: v.exactOptional(v.pipe(v.string(), v.length(1))),
      comment: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(10))),
      skip: v.exactOptional(v.pipe(whole, v.maxValue(200_000))),
      header: v.exactOptional(v.picklist([0, 1, 2])),
      units: v.exactOptional(v.boolean()),
      sentinels: v.exactOptional(v.picklist(['missing', 'keep'])),
      limits: v.exactOptional(v.picklist(['limit', 'half', 'missing'])),
      missing: v.exactOptional(v.pipe(v.array(text(200)), v.maxLength(200))),
      samples: v.exactOptional(v.picklist(['rows', 'columns'])),
      sheet: v.exactOptional(text(200)),
    }),
  ),
  modalities: v.exactOptional(
    v.array(
      v.strictObject({
        name: label,
        kind,
        source: v.pipe(v.string(), v.maxLength(8192)),
        unit: v.exactOptional(text(60)),
        gridLabel: v.exactOptional(text(200)),
        gridUnit: v.exactOptional(text(60)),
        points: v.exactOptional(v.pipe(whole, v.minValue(2), v.maxValue(65536))),
        size: v.exactOptional(v.tuple([v.pipe(whole, v.minValue(1)), v.pipe(whole, v.minValue(1))])),
        page: v.exactOptional(v.pipe(whole, v.minValue(1))),
        channel: v.exactOptional(v.pipe(whole, v.minValue(1))),
        scale: v.exactOptional(v.picklist(['dtype', 'robust', 'none'])),
      }),
    ),
  ),
  metadata: v.exactOptional(v.array(v.strictObject({ column: v.string(), kind: v.picklist(['category', 'number']) }))),
  missing: v.exactOptional(v.picklist(['keep', 'leave-out'])),
  shortCurves: v.exactOptional(v.picklist(['leave-out', 'shorten'])),
  turningCurves: v.exactOptional(v.picklist(['first', 'second', 'sort', 'index'])),
  replicates: v.exactOptional(v.picklist(['mean', 'first', 'each', 'curve'])),
  faults: v.exactOptional(v.picklist(['refuse', 'leave-out'])),
  preparations: v.exactOptional(v.array(v.strictObject({ name: label, from: label, steps }))),
}) satisfies v.GenericSchema<unknown, DataDescription>

export const runSummary = v.object({
  id,
  name: v.string(),
  datasetId: id,
  method,
  status: runStatus,
  seed: v.pipe(v.number(), v.safeInteger()),
  engine: v.nullable(engine),
  config: v.unknown(),
  createdAt: v.string(),
  startedAt: v.nullable(v.string()),
  finishedAt: v.nullable(v.string()),
  seconds: v.number(),
  epoch: whole,
  epochs: whole,
  score: v.nullable(v.number()),
  edges: v.array(namedEdge),
  explained: v.nullable(v.number()),
  givenNames: v.record(v.string(), v.string()),
  error: v.nullable(errorData),
}) satisfies v.GenericSchema<unknown, RunSummary>

export const epochMetrics = v.object({
  epoch: whole,
  phase: v.string(),
  step: whole,
  seconds: v.number(),
  score: v.number(),
  validationScore: v.nullable(v.number()),
  terms: v.record(v.string(), v.number()),
  figures: v.record(v.string(), v.number()),
  edges: v.nullable(v.array(v.array(v.number()))),
}) satisfies v.GenericSchema<unknown, EpochMetrics>

/** Decoded or measured values of one modality for k samples, [k, ...shape]: images uint8 for display, others in the user's units. */
export const modalityArray = v.object({
  modality: v.string(),
  kind,
  array: arrayRef,
})
export type ModalityArray = ReadonlyDeep<v.InferOutput<typeof modalityArray>>

export type DatasetView = ReadonlyDeep<v.InferOutput<typeof datasetSummary>>
