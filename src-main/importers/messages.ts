/** What passes between the host and the importer process, checked on both sides: the process reads untrusted files. */
import * as v from 'valibot'
import { importContents, importQuestion } from '../../src-shared/contract/imports.ts'
import { dataDescription, errorData, metadataColumn, modality, note, whole } from '../../src-shared/contract/shapes.ts'
import type { DataDescription } from '../../src-shared/domain/dataset.ts'
import type {
  Contents,
  ImportLimits,
  ImportOutcome,
  ImportPlan,
  ImportPreview,
  ImportProgress,
} from '../../src-shared/domain/import.ts'
import type { ErrorData } from '../../src-shared/errors.ts'

/** The last word on its standard error of an importer that ends itself, above its limit of memory. */
export const passedMemoryLimit = 'importer: above the limit of memory'

const limits = v.strictObject({
  seconds: v.number(),
  memory: v.number(),
  pixels: v.number(),
  entries: v.number(),
  file: v.number(),
  fewest: v.exactOptional(v.number()),
}) satisfies v.GenericSchema<unknown, ImportLimits>

export interface ImporterCommand {
  readonly type: 'inspect' | 'import' | 'contents'
  readonly source: string
  readonly description: DataDescription
  readonly name: string | null
  readonly limits: ImportLimits
  /** For `import`: where to write. */
  readonly packFile: string | null
}

export const importerCommand = v.strictObject({
  type: v.picklist(['inspect', 'import', 'contents']),
  source: v.string(),
  description: dataDescription,
  name: v.nullable(v.string()),
  limits,
  packFile: v.nullable(v.string()),
}) satisfies v.GenericSchema<unknown, ImporterCommand>

const preview = v.object({
  ids: v.array(v.string()),
  present: v.array(v.array(v.boolean())),
  modalities: v.array(
    v.object({
      modality: v.string(),
      kind: v.picklist(['image', 'curve', 'vector', 'embedding']),
      shape: v.array(whole),
      dtype: v.picklist(['uint8', 'float32']),
      base64: v.string(),
    }),
  ),
  metadata: v.array(v.array(v.union([v.string(), v.number(), v.null()]))),
}) satisfies v.GenericSchema<unknown, ImportPreview>

const leftOut = v.array(v.object({ what: v.string(), reason: v.string() }))

const summary = {
  source: v.string(),
  description: dataDescription,
  pairing: v.string(),
  samples: whole,
  complete: whole,
  modalities: v.array(modality),
  details: v.array(v.string()),
  metadata: v.array(metadataColumn),
  notes: v.array(note),
  leftOut,
}

const plan = v.object({
  ...summary,
  questions: v.array(importQuestion),
  contents: importContents,
  preview,
  blocked: v.nullable(errorData),
}) satisfies v.GenericSchema<unknown, ImportPlan>

const outcome = v.object({
  ...summary,
  packFile: v.string(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  bytes: whole,
  name: v.string(),
}) satisfies v.GenericSchema<unknown, ImportOutcome>

const progress = v.object({ stage: v.string(), done: whole, total: whole }) satisfies v.GenericSchema<
  unknown,
  ImportProgress
>

export type ImporterEvent =
  | { readonly type: 'progress'; readonly progress: ImportProgress }
  | { readonly type: 'planned'; readonly plan: ImportPlan }
  | { readonly type: 'listed'; readonly contents: readonly Contents[] }
  | { readonly type: 'imported'; readonly outcome: ImportOutcome }
  | { readonly type: 'failed'; readonly error: ErrorData }

export const importerEvent = v.variant('type', [
  v.object({ type: v.literal('progress'), progress }),
  v.object({ type: v.literal('planned'), plan }),
  v.object({ type: v.literal('listed'), contents: importContents }),
  v.object({ type: v.literal('imported'), outcome }),
  v.object({ type: v.literal('failed'), error: errorData }),
]) satisfies v.GenericSchema<unknown, ImporterEvent>
