/** What a generator returns: samples in memory, as they would be measured, with the truth that made them. */
import { refused } from '../../../src-shared/errors.ts'
import type { KnownCauses } from '../truth.ts'

export interface TruthNode {
  readonly name: string
  readonly categories: readonly string[]
}

/** 8-bit images, as an instrument would store them: [n, height, width, channels]. */
export interface SyntheticImages {
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  readonly pixels: Uint8Array
}

/** Curves on one grid: values [n, points], rounded as they are written. */
export interface SyntheticCurves {
  /** Column prefix before the `@` of a header, e.g. `stress`. */
  readonly valueLabel: string
  readonly gridLabel: string
  readonly valueUnit?: string
  readonly gridUnit?: string
  readonly grid: readonly number[]
  readonly values: Float64Array
}

/** Rows of named measurements: values [n, columns], rounded as they are written. */
export interface SyntheticVectors {
  readonly columns: readonly string[]
  readonly values: Float64Array
}

/** A table of measurements of its own, written as NAME.csv. */
export interface SyntheticTable extends SyntheticVectors {
  readonly name: string
}

/** A continuous cause that no category holds, [n]. */
export interface SyntheticLatent {
  readonly name: string
  readonly values: Float64Array
}

/** A column of metadata.csv that is no node, or a node that is known of every sample: category of each sample, [n]. */
export interface SyntheticColumn {
  readonly name: string
  readonly categories: readonly string[]
  readonly codes: Uint8Array
}

export interface SyntheticSet {
  readonly name: string
  readonly ids: readonly string[]
  readonly nodes: readonly TruthNode[]
  /** Edges of the graph that made the factors, [from, to] node indices. */
  readonly edges: readonly (readonly [number, number])[]
  /** Category of each node for each sample, [n, nodes]. */
  readonly factors: Uint8Array
  readonly latents: readonly SyntheticLatent[]
  readonly images: SyntheticImages | null
  readonly curves: SyntheticCurves | null
  readonly vectors?: SyntheticVectors | undefined
  /** Tables besides, each a modality. */
  readonly tables?: readonly SyntheticTable[]
  /** Columns that metadata.csv has whatever the share of labels. */
  readonly metadata?: readonly SyntheticColumn[]
  /** What a representation is measured against. */
  readonly causes?: KnownCauses
  /** Whether the factors of a sample are known to whoever reads the files, [n]; null: no metadata at all. */
  readonly labelled: Uint8Array | null
  /** The settings that made the set, for truth.json. */
  readonly settings: Readonly<Record<string, number | string>>
  /** What a reader of the truth should know, e.g. that bitmaps were reused. */
  readonly notes: readonly string[]
}

/** Settings of one set, defaults filled in; null where a generator has no such setting. */
export interface SyntheticSettings {
  readonly samples: number
  readonly seed: number
  readonly structure: string | null
  readonly noise: number | null
  readonly overlap: number | null
  readonly conditional: string | null
  readonly latents: number | null
  readonly privates: number | null
  readonly spread: number | null
  readonly degree: number | null
}

/** What a generator makes: everything but the labels, which are drawn the same way for all. */
export type UnlabelledSet = Omit<SyntheticSet, 'name' | 'labelled' | 'settings'>

export interface Generator {
  readonly description: string
  /** Samples made when none are asked for. */
  readonly samples: number
  /** Structures of the graph on offer, the default first; none: the graph is fixed. */
  readonly structures?: readonly string[]
  /** Default standard deviation of the curves' noise, in their unit; absent: the set has no noise to set. */
  readonly noise?: number
  /** Default share of the samples that look more like a neighbouring category; absent: the set has no overlap to set. */
  readonly overlap?: number
  /** How one side's latents may be drawn around the other's, the default first; absent: the set has no such sides. */
  readonly conditionals?: readonly string[]
  /** Default number of continuous latents; absent: it is fixed. */
  readonly latents?: number
  /** Default number of latents that each side has for itself. */
  readonly privates?: number
  /** Default degree to which a spurious cause follows the true one, 0 to 1; absent: the set has none. */
  readonly degree?: number
  /** The set is a table of its factors, all of them known, with no modality. */
  readonly table?: boolean
  make(settings: SyntheticSettings): UnlabelledSet | Promise<UnlabelledSet>
}

/** Ids of n samples: the letter and a number of at least five digits, so that they sort in order. */
export function sampleIds(letter: string, n: number): string[] {
  const digits = Math.max(5, String(n).length)
  return Array.from({ length: n }, (_, i) => letter + String(i + 1).padStart(digits, '0'))
}

/** `points` equally spaced values over [from, to], rounded to 6 decimals as they stand in a header. */
export function evenGrid(from: number, to: number, points: number): number[] {
  return Array.from({ length: points }, (_, i) => roundTo(from + ((to - from) * i) / (points - 1), 6))
}

/** Rounded to a number of decimals: what is kept in memory is exactly what the CSV file holds. */
export function roundTo(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}

/** A channel value in [0, 1] as 8 bits. */
export function toByte(value: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, value)))
}

/** The setting a generator cannot do without; its registry entry names a default, so a caller always passes one. */
export function required<T>(value: T | null, setting: string): T {
  if (value === null) throw refused(`This data set needs a ${setting}.`, `Pass ${setting}.`, { field: setting })
  return value
}
