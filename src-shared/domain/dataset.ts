/** What a data set is: paired samples, each seen through one or more modalities, with metadata columns beside them. */

import type { Prepared } from '../preparations/recipe.ts'

export type ModalityKind = 'image' | 'curve' | 'vector' | 'embedding'

/** user value = offset + scale * stored value; arrays of length 1 (whole modality) or of the flattened shape. */
export interface Scaling {
  readonly offset: readonly number[]
  readonly scale: readonly number[]
}

export interface Modality {
  readonly name: string
  readonly kind: ModalityKind
  /** Shape of one sample: image [height, width, channels], curve [points], vector and embedding [features]. */
  readonly shape: readonly number[]
  readonly scaling: Scaling
  /** How many samples have this modality. */
  readonly present: number
  /** Files or columns this modality came from, for people. */
  readonly source: string
  /** Curves: the common grid in user units, [points]. */
  readonly grid?: readonly number[]
  readonly gridLabel?: string
  readonly gridUnit?: string
  readonly valueLabel?: string
  readonly valueUnit?: string
  /** Vectors: a name for each feature. */
  readonly features?: readonly string[]
  /** How it was made from another modality of the set; absent where it was imported. */
  readonly prepared?: Prepared
}

export interface MetadataColumn {
  readonly column: string
  readonly kind: 'category' | 'number'
  /** Category columns: their values as text, in order of code. */
  readonly categories?: readonly string[]
  /** How many samples have no value. */
  readonly missing: number
}

export interface DatasetNote {
  readonly severity: 'info' | 'warning'
  readonly message: string
  readonly ids?: readonly string[]
}

export interface DatasetSummary {
  readonly id: number
  readonly name: string
  readonly samples: number
  readonly modalities: readonly Modality[]
  readonly metadata: readonly MetadataColumn[]
  readonly notes: readonly DatasetNote[]
  /** SHA-256 of the data set's pack, hex. Pins what a run was trained on. */
  readonly sha256: string
  readonly source: string
  readonly createdAt: string
}

/**
 * The data description of docs/cli.md: what `--describe` takes and the import view writes. Inferred for an ordinary
 * folder.
 */
/** How far ids may differ and still name one sample (importers: id-rules). */
export type MatchRule = 'exact' | 'zeros' | 'suffix' | 'affixes'

export interface SamplesDescription {
  /** Column with the samples' ids, in every table that has it; of several the first that a table has. */
  readonly id?: string | readonly string[]
  /** How ids of different places are compared; found from the ids by default. */
  readonly match?: MatchRule
  /** A table that says what ids of one place are in another: `key.csv:kept,read`. Offered where places have no ids in common. */
  readonly key?: string
  /** Tables without ids beside files with names: refused by default, or paired in the order of rows and names. */
  readonly rows?: 'refuse' | 'in-order'
  /** Places of which few samples or none pair with the others: refused by default. */
  readonly unpaired?: 'refuse' | 'keep'
  /** Axis of arrays of three or more along which samples run, where files leave it open, as MATLAB's do. Asked by default. */
  readonly axis?: 'first' | 'last'
}

/** How text tables are written, where their content leaves it open. */
export interface TextDescription {
  /** Sign before the decimals of numbers, in every table. */
  readonly decimal?: '.' | ','
  /** Sign that groups thousands. */
  readonly thousands?: '.' | ',' | ' ' | "'"
  /** Sign between cells of text tables. */
  readonly delimiter?: string
  /** Sign that lines without data begin with, wherever they stand. */
  readonly comment?: string
  /** Lines above the table that are no part of it. */
  readonly skip?: number
  /** Rows of names: 0 where the columns have none, 2 where each name stands in two rows. */
  readonly header?: 0 | 1 | 2
  /** Whether a row of units stands below the names. */
  readonly units?: boolean
  /** Numbers such as -999 far from all others of their column: asked by default. */
  readonly sentinels?: 'missing' | 'keep'
  /** Bounds in columns of numbers, such as `< 0.5`: the number itself, half of what they are below, or missing. Asked by default. */
  readonly limits?: 'limit' | 'half' | 'missing'
  /** Words that stand for a missing value, besides the usual ones. Words of instruments, such as OVER, are asked about by default. */
  readonly missing?: readonly string[]
  /** Where samples stand in a table without ids whose first column runs on. Asked by default. */
  readonly samples?: 'rows' | 'columns'
  /** The sheet of workbooks that is read where several hold a table; `*` for all of them, a table each. */
  readonly sheet?: string
}

export interface DataDescription {
  readonly name?: string
  readonly samples?: SamplesDescription
  readonly text?: TextDescription
  readonly modalities?: readonly ModalityDescription[]
  readonly metadata?: readonly { readonly column: string; readonly kind: 'category' | 'number' }[]
  /** What to do with samples that lack a modality: kept and masked by default. */
  readonly missing?: 'keep' | 'leave-out'
  /** Curves that do not reach the common grid's ends: left out by default, or the grid is shortened for all. */
  readonly shortCurves?: 'leave-out' | 'shorten'
  /** Curves whose grid turns back: one branch, all points sorted by the grid, or their number as the grid. Asked by default. */
  readonly turningCurves?: 'first' | 'second' | 'sort' | 'index'
  /**
   * Several rows a sample that are repeated measurements: one row of them, each a sample of its own in a group, or a curve
   * over them. Asked by default.
   */
  readonly replicates?: 'mean' | 'first' | 'each' | 'curve'
  /**
   * Values that cannot be used (not a number, NaN, a curve with one point, a damaged image ...): the import is refused by
   * default; `leave-out` takes that modality of that sample as missing.
   */
  readonly faults?: 'refuse' | 'leave-out'
  /** Modalities to be made from those that are read, beside them. */
  readonly preparations?: readonly PreparationDescription[]
}

export interface PreparationDescription {
  readonly name: string
  /** Name of the modality that it is made from. */
  readonly from: string
  /** As text, `baseline(als)|snv`, or as a list of steps. */
  readonly steps: string | readonly Readonly<Record<string, unknown>>[]
}

export interface ModalityDescription {
  readonly name: string
  readonly kind: ModalityKind
  /** Folder or file, relative to what is imported; a table's columns may be named after a colon: `table.csv:a,b,c`. */
  readonly source: string
  readonly unit?: string
  readonly gridLabel?: string
  readonly gridUnit?: string
  /** Curves: number of points of the common grid, when curves bring grids of their own. */
  readonly points?: number
  /** Images: resize to [height, width] when sizes differ. */
  readonly size?: readonly [number, number]
  /** Images: page of a file of several, from 1; the first by default. */
  readonly page?: number
  /** Images: the one value of a pixel that is read, from 1. */
  readonly channel?: number
  readonly scale?: 'dtype' | 'robust' | 'none'
}
