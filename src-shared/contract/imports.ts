/** Import: what was found, what would be stored, adjusted until it is right; nothing is stored before `import.confirm`. */
import * as v from 'valibot'
import { choiceFields } from '../domain/import.ts'
import {
  dataDescription,
  datasetSummary,
  errorData,
  label,
  metadataColumn,
  modality,
  modalityArray,
  note,
  path,
  type ReadonlyDeep,
  task,
  whole,
} from './shapes.ts'

/** A thing to look at: what it is, whom it concerns, and the choices that settle it. */
export const importQuestion = v.object({
  severity: v.picklist(['info', 'warning']),
  title: v.string(),
  message: v.string(),
  ids: v.array(v.string()),
  /** Field of the description that decides, and its values with what each does; null when there is nothing to choose. */
  choice: v.nullable(
    v.object({
      field: v.picklist(choiceFields),
      chosen: v.string(),
      options: v.array(v.object({ value: v.string(), title: v.string() })),
    }),
  ),
})

const leftOut = v.array(v.object({ what: v.string(), reason: v.string() }))

/** What the containers of a source hold. */
export const importContents = v.array(
  v.object({
    file: v.string(),
    format: v.string(),
    parts: v.array(
      v.object({
        source: v.string(),
        shape: v.array(whole),
        type: v.string(),
        unit: v.exactOptional(v.string()),
      }),
    ),
    unread: leftOut,
  }),
)

export const importPlan = v.object({
  source: v.string(),
  /** Inferred where the request left it open; complete, so that it can be edited and sent back. */
  description: dataDescription,
  /** How the samples were paired, in words: "images/ by file name, curves.csv by column id". */
  pairing: v.string(),
  samples: whole,
  /** Samples that have every modality. */
  complete: whole,
  modalities: v.array(modality),
  /** For each modality, what it is in words: "image 152 x 152, grey, 8 bit". */
  details: v.array(v.string()),
  metadata: v.array(metadataColumn),
  questions: v.array(importQuestion),
  notes: v.array(note),
  /** Samples and files left out, with the reason. */
  leftOut,
  /** What the source's containers hold, taken or not. */
  contents: importContents,
  /** The first samples as they would be stored. `present[sample][modality]`; arrays in the order of `modalities`. */
  preview: v.object({
    ids: v.array(v.string()),
    present: v.array(v.array(v.boolean())),
    modalities: v.array(modalityArray),
    /** metadata[sample][column]: category as text, number, or null when missing. */
    metadata: v.array(v.array(v.union([v.string(), v.number(), v.null()]))),
  }),
  /** Why the import would be refused as described; null when it can be done. */
  blocked: v.nullable(errorData),
})
export type ImportView = ReadonlyDeep<v.InferOutput<typeof importPlan>>

export const importRequests = {
  /** Reads the source and says what an import would store; with a description, as the person adjusted it. */
  'import.inspect': {
    request: v.strictObject({ source: path, description: v.nullable(dataDescription), task }),
    response: v.object({ plan: importPlan }),
  },
  /** Stores the data set in the open project; without one in a new project of its name, which is opened. */
  'import.confirm': {
    request: v.strictObject({ source: path, description: dataDescription, name: label, task }),
    response: v.object({ dataset: datasetSummary }),
  },
} as const
