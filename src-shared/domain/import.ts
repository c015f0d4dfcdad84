/** An import before it is done: what was found, what would be stored, what would be left out and why. JSON-able. */
import type { ErrorData } from '../errors.ts'
import type { DataDescription, DatasetNote, MetadataColumn, Modality, ModalityKind } from './dataset.ts'

/** What the importer process may use. Over a limit, the import is refused and the process killed. */
export interface ImportLimits {
  readonly seconds: number
  /** Resident memory of the process, MiB. */
  readonly memory: number
  /** Width times height of one image. */
  readonly pixels: number
  /** Files in a folder, entries in an archive, rows in a table. */
  readonly entries: number
  /** Size of one file, and of an archive's content once inflated, MiB. */
  readonly file: number
  /** Samples that there must be: 2 by default, for a model is to learn from them. */
  readonly fewest?: number
}

export interface ImportProgress {
  /** What is being done, for people: "Reading images". */
  readonly stage: string
  readonly done: number
  /** 0 when not known. */
  readonly total: number
}

/** Fields of a description that a question may ask for; a dot leads into `samples` or `text`. */
export const choiceFields = [
  'missing',
  'shortCurves',
  'faults',
  'samples.id',
  'samples.match',
  'samples.key',
  'samples.rows',
  'samples.unpaired',
  'samples.axis',
  'text.decimal',
  'text.sentinels',
  'text.limits',
  'text.missing',
  'text.samples',
  'text.sheet',
  'turningCurves',
  'replicates',
] as const
export type ChoiceField = (typeof choiceFields)[number]

/** A thing to look at before importing, with the field of the description that settles it, if one does. */
export interface ImportQuestion {
  readonly severity: 'info' | 'warning'
  readonly title: string
  readonly message: string
  readonly ids: readonly string[]
  readonly choice: {
    readonly field: ChoiceField
    readonly chosen: string
    readonly options: readonly { readonly value: string; readonly title: string }[]
  } | null
}

/**
 * The first samples of one modality, `[k, ...shape]` in base64 of little-endian values: images as uint8 for display, at
 * most 96 pixels on their longer side; curves and vectors as float32 in the user's units. Absent samples are 0.
 */
export interface PreviewArray {
  readonly modality: string
  readonly kind: ModalityKind
  readonly shape: readonly number[]
  readonly dtype: 'uint8' | 'float32'
  readonly base64: string
}

export interface ImportPreview {
  readonly ids: readonly string[]
  /** present[sample][modality] */
  readonly present: readonly (readonly boolean[])[]
  readonly modalities: readonly PreviewArray[]
  /** metadata[sample][column]: category as text, number, or null when missing. */
  readonly metadata: readonly (readonly (string | number | null)[])[]
}

export interface LeftOut {
  /** A file or a sample's id. */
  readonly what: string
  readonly reason: string
}

/** An array of a container, or a sheet of a workbook (rows, columns). */
export interface StoredPart {
  /** As a description names it. */
  readonly source: string
  readonly shape: readonly number[]
  /** As NumPy names it, or `table`. */
  readonly type: string
  readonly unit?: string
}

/** What a container holds. */
export interface Contents {
  readonly file: string
  /** "an HDF5 file" */
  readonly format: string
  readonly parts: readonly StoredPart[]
  /** What in it is not read, and why. */
  readonly unread: readonly LeftOut[]
}

export interface ImportPlan {
  readonly source: string
  /** Inferred where the request left it open; complete, so that it can be edited and sent back. */
  readonly description: DataDescription
  /** How the samples were paired, in words: "images by file name, curves.csv by column id". */
  readonly pairing: string
  readonly samples: number
  /** Samples that have every modality. */
  readonly complete: number
  readonly modalities: readonly Modality[]
  /** For each modality, what it is in words: "image 152 x 152, grey, 8 bit". */
  readonly details: readonly string[]
  readonly metadata: readonly MetadataColumn[]
  readonly questions: readonly ImportQuestion[]
  readonly notes: readonly DatasetNote[]
  readonly leftOut: readonly LeftOut[]
  /** What the source's containers hold, taken or not. */
  readonly contents: readonly Contents[]
  readonly preview: ImportPreview
  /** Why the import would be refused as described, with every fault in `questions`; null when it can be done. */
  readonly blocked: ErrorData | null
}

/** What an import stored: the data set's header beside the pack that holds its values. */
export interface ImportOutcome {
  readonly packFile: string
  /** SHA-256 of the pack, hex. */
  readonly sha256: string
  readonly bytes: number
  readonly name: string
  readonly source: string
  readonly samples: number
  readonly complete: number
  readonly pairing: string
  readonly modalities: readonly Modality[]
  readonly details: readonly string[]
  readonly metadata: readonly MetadataColumn[]
  readonly notes: readonly DatasetNote[]
  readonly leftOut: readonly LeftOut[]
  readonly description: DataDescription
}
