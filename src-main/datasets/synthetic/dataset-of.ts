/**
 * A synthetic set as a data set in memory, without files on the way: what tests and benchmarks train on. Image values
 * are the 8-bit ones divided by 255, hence those that come back from the PNG files.
 */
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import type { Dataset, MetadataData, ModalityData } from '../dataset.ts'
import type { SyntheticColumn, SyntheticCurves, SyntheticImages, SyntheticSet, SyntheticVectors } from './sample-set.ts'

export function datasetOf(set: SyntheticSet): Dataset {
  const n = set.ids.length
  return {
    name: set.name,
    source: `synthetic ${set.name}`,
    ids: set.ids,
    modalities: [
      ...(set.images === null ? [] : [imageModality(set.images, n)]),
      ...(set.curves === null ? [] : [curveModality(set.curves, n)]),
      ...(set.vectors === undefined ? [] : [vectorModality('vectors', set.vectors, n)]),
      ...(set.tables ?? []).map((table) => vectorModality(table.name, table, n)),
    ],
    metadata: [
      ...(set.labelled === null ? [] : metadataOf(set, set.labelled)),
      ...(set.metadata ?? []).map(wholeColumn),
    ],
    notes: [],
  }
}

function imageModality({ height, width, channels, pixels }: SyntheticImages, n: number): ModalityData {
  const modality: Modality = {
    name: 'images',
    kind: 'image',
    shape: [height, width, channels],
    scaling: { offset: [0], scale: [255] },
    present: n,
    source: 'images',
  }
  return { modality, data: scaled(pixels, 0, 255), present: new Uint8Array(n).fill(1) }
}

function curveModality(curves: SyntheticCurves, n: number): ModalityData {
  const [low, high] = robustRange(curves.values)
  const modality: Modality = {
    name: 'curves',
    kind: 'curve',
    shape: [curves.grid.length],
    scaling: { offset: [low], scale: [high - low] },
    present: n,
    source: 'curves.csv',
    grid: curves.grid,
    gridLabel: curves.gridLabel,
    valueLabel: curves.valueLabel,
    ...(curves.gridUnit === undefined ? {} : { gridUnit: curves.gridUnit }),
    ...(curves.valueUnit === undefined ? {} : { valueUnit: curves.valueUnit }),
  }
  return { modality, data: scaled(curves.values, low, high - low), present: new Uint8Array(n).fill(1) }
}

/** Each column is scaled by its own robust range. */
function vectorModality(name: string, { columns, values }: SyntheticVectors, n: number): ModalityData {
  const width = columns.length
  const ranges = columns.map((_, c) => robustRange(Float64Array.from({ length: n }, (_, i) => values[i * width + c]!)))
  const modality: Modality = {
    name,
    kind: 'vector',
    shape: [width],
    scaling: { offset: ranges.map(([low]) => low), scale: ranges.map(([low, high]) => high - low) },
    present: n,
    source: `${name}.csv`,
    features: columns,
  }
  const data = Float32Array.from(values, (value, k) => {
    const [low, high] = ranges[k % width]!
    return (value - low) / (high - low)
  })
  return { modality, data, present: new Uint8Array(n).fill(1) }
}

/** (value - offset) / scale in float32. A loop, since `from` with a function goes through a list of boxed numbers. */
function scaled(values: Uint8Array | Float64Array, offset: number, scale: number): Float32Array {
  const out = new Float32Array(values.length)
  for (let k = 0; k < values.length; k++) out[k] = (values[k]! - offset) / scale
  return out
}

/** The 1st and 99th percentile of all values; the whole range, or one unit, where they coincide. */
function robustRange(values: Float64Array): [number, number] {
  const sorted = values.toSorted()
  const at = (q: number): number => sorted[Math.round(q * (sorted.length - 1))]!
  for (const q of [0.01, 0]) if (at(1 - q) > at(q)) return [at(q), at(1 - q)]
  return [at(0), at(0) + 1]
}

function metadataOf(set: SyntheticSet, labelled: Uint8Array): MetadataData[] {
  const missing = labelled.reduce((count, known) => count - known, labelled.length)
  return set.nodes.map(({ name, categories }, l) => ({
    column: { column: name, kind: 'category', categories, missing },
    values: Float64Array.from(labelled, (known, i) => (known === 1 ? set.factors[i * set.nodes.length + l]! : -1)),
  }))
}

function wholeColumn({ name, categories, codes }: SyntheticColumn): MetadataData {
  return { column: { column: name, kind: 'category', categories, missing: 0 }, values: Float64Array.from(codes) }
}
