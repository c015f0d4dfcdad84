/** What one place of a source holds, in the user's units, before samples are paired. Rows are what that place calls samples. */
import type { NumericArray } from './npy.ts'
import type { Curve } from './curves.ts'

interface BlockBase {
  /** Name of the modality or metadata column. */
  readonly name: string
  /** Folder, file or columns it was read from, for people and for the description. */
  readonly source: string
  /** Sample ids, [n]; null when the place has none and pairs by row. */
  readonly ids: readonly string[] | null
  /** Where each repeated measurement is a sample of its own: the sample that row i is one of, [n]. */
  readonly groups?: readonly string[]
  /** How the ids were found: "by file name", "by column id", "by row". */
  readonly pairing: string
  readonly count: number
  /** Where row i stands. */
  readonly origin: (i: number) => { readonly file: string; readonly row?: number }
  /** Why row i has nothing of this, and what to do, where that is known. */
  readonly lacks?: (i: number) => { readonly message: string; readonly hint: string } | undefined
}

/** How pixel values are to be understood: by a fixed range of their type, or by what is in them. */
export type PixelType = 'bool' | 'uint8' | 'uint16' | 'integer' | 'float'

export interface ImageBlock extends BlockBase {
  readonly kind: 'image'
  /** [height, width, channels] */
  readonly shape: readonly [number, number, number]
  readonly pixelType: PixelType
  /** [n, height, width, channels] */
  readonly values: NumericArray
  readonly present: Uint8Array
}

export interface CurveBlock extends BlockBase {
  readonly kind: 'curve'
  /** [n], null where the sample has no usable curve. */
  readonly curves: readonly (Curve | null)[]
  readonly gridLabel?: string
  readonly gridUnit?: string
  readonly valueLabel?: string
  readonly valueUnit?: string
}

export interface VectorBlock extends BlockBase {
  readonly kind: 'vector' | 'embedding'
  readonly features: readonly string[]
  /** [n, features] */
  readonly values: Float64Array
  readonly present: Uint8Array
}

export type ModalityBlock = ImageBlock | CurveBlock | VectorBlock

export interface ColumnBlock extends BlockBase {
  readonly kind: 'category' | 'number'
  /** [n], null where missing. */
  readonly cells: readonly (string | number | null)[]
}

export type Block = ModalityBlock | ColumnBlock
