/** One array `[n, ...]` as a modality's block: images, curves or vectors. */
import type { ModalityDescription } from '../../src-shared/domain/dataset.ts'
import { type CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { CurveBlock, ImageBlock, ModalityBlock, PixelType, VectorBlock } from './blocks.ts'
import { checkedCurve, type Curve } from './curves.ts'
import { emptyLike, firstChannels } from './image.ts'
import { checkValues } from './limits.ts'
import type { NpyArray, NumericArray } from './npy.ts'
import type { Reading } from './reading.ts'
import { resizeByArea } from './resize.ts'

export type Rows = Pick<CurveBlock, 'ids' | 'pairing' | 'count' | 'origin'>
export type Numbers = Extract<NpyArray, { values: NumericArray }>

export function shapeText(shape: readonly number[]): string {
  return `(${shape.join(', ')})`
}

function misshapen(file: string, shape: readonly number[], kind: string, wanted: string): CausalscopeError {
  return refused(`${file} has the shape ${shapeText(shape)}; ${kind} ${wanted}.`, 'Save it in that shape.', { file })
}

/** The modality in a stack; `grid` is [points] or [n, points], null where curves have none. */
export function stackBlock(
  array: Numbers,
  grid: Numbers | null,
  file: string,
  rows: Rows,
  description: ModalityDescription,
  reading: Reading,
): ModalityBlock {
  const base = { name: description.name, source: description.source, ...rows }
  switch (description.kind) {
    case 'image':
      return { ...base, ...imageStack(array, file, rows, description, reading) }
    case 'curve':
      return { ...base, ...curveStack(array, grid, file, rows, description, reading) }
    case 'vector':
    case 'embedding':
      return { ...base, ...vectorStack(array, file, rows, description.kind, reading) }
  }
}

const pixelTypes: Readonly<Record<string, PixelType>> = { b1: 'bool', u1: 'uint8', u2: 'uint16' }

function pixelTypeOf(array: Numbers): PixelType {
  return pixelTypes[array.type] ?? (array.type.startsWith('f') ? 'float' : 'integer')
}

/** Images `[n, ...]`, whatever order their axes have. */
export function imageStack(
  array: Numbers,
  file: string,
  rows: Rows,
  description: ModalityDescription,
  reading: Reading,
): Omit<ImageBlock, keyof Rows | 'name' | 'source'> {
  const wanted = 'need (n, height, width), (n, height, width, 1 or 3) or (n, 1 or 3, height, width)'
  const [n, ...rest] = array.shape
  if (n === undefined || rest.length < 2 || rest.length > 3) throw misshapen(file, array.shape, 'images', wanted)
  let values = array.values
  let shape: readonly [number, number, number] = [rest[0]!, rest[1]!, rest[2] ?? 1]
  if (rest.length === 3 && ![1, 3, 4].includes(rest[2]!)) {
    if (![1, 3, 4].includes(rest[0]!)) throw misshapen(file, array.shape, 'images', wanted)
    shape = [rest[1]!, rest[2]!, rest[0]!]
    values = channelsLast(values, n, shape)
    reading.notes.push({
      severity: 'info',
      message: `${description.name}: ${file} has its channels first, (n, channels, height, width).`,
    })
  }
  if (shape[0] * shape[1] > reading.limits.pixels)
    throw misshapen(file, array.shape, 'an image has at most', `${reading.limits.pixels} pixels`)
  if (shape[2] === 4) {
    values = firstChannels(values, 4, 3)
    shape = [shape[0], shape[1], 3]
    reading.notes.push({ severity: 'info', message: `${description.name}: the transparency was dropped.` })
  }
  const { size } = description
  if (size !== undefined && (size[0] !== shape[0] || size[1] !== shape[1])) {
    values = resizedStack(values, n, shape, size)
    shape = [size[0], size[1], shape[2]]
  }
  checkValues(values.length, 4, file, reading.limits)
  const present = finiteRows(values, rows, shape[0] * shape[1] * shape[2], (k) => pixelName(k, shape), reading)
  return { kind: 'image', shape, pixelType: pixelTypeOf(array), values, present }
}

function pixelName(k: number, [, width, channels]: readonly [number, number, number]): string {
  const pixel = Math.floor(k / channels)
  return `pixel (${Math.floor(pixel / width)}, ${pixel % width})`
}

/** [n, channels, height, width] -> [n, height, width, channels] */
function channelsLast(
  values: NumericArray,
  n: number,
  [height, width, channels]: readonly [number, number, number],
): NumericArray {
  const result = emptyLike(values, values.length)
  const pixels = height * width
  for (let i = 0; i < n; i++)
    for (let c = 0; c < channels; c++)
      for (let p = 0; p < pixels; p++)
        result[(i * pixels + p) * channels + c] = values[(i * channels + c) * pixels + p]!
  return result
}

function resizedStack(
  values: NumericArray,
  n: number,
  shape: readonly [number, number, number],
  size: readonly [number, number],
): NumericArray {
  const [from, to] = [shape[0] * shape[1] * shape[2], size[0] * size[1] * shape[2]]
  const result = emptyLike(values, n * to)
  for (let i = 0; i < n; i++) result.set(resizeByArea(values.subarray(i * from, (i + 1) * from), shape, size), i * to)
  return result
}

/** [n], 1 where all values of the row are finite; a fault for each other row, whose values become 0. */
function finiteRows(
  values: NumericArray,
  rows: Rows,
  size: number,
  field: (k: number) => string,
  { log }: Reading,
): Uint8Array {
  const present = new Uint8Array(rows.count).fill(1)
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return present
  for (let i = 0; i < rows.count; i++) {
    const row = values.subarray(i * size, (i + 1) * size)
    const bad = row.findIndex((value) => !Number.isFinite(value))
    if (bad === -1) continue
    log.add({
      ...rows.origin(i),
      field: field(bad),
      ...(rows.ids === null ? {} : { id: rows.ids[i]! }),
      message: `the value is ${row[bad]!}, not a finite number.`,
      hint: 'Correct the value.',
    })
    row.fill(0)
    present[i] = 0
  }
  return present
}

function curveStack(
  array: Numbers,
  grid: Numbers | null,
  file: string,
  rows: Rows,
  description: ModalityDescription,
  reading: Reading,
): Omit<CurveBlock, keyof Rows | 'name' | 'source'> {
  const [n, points, pair] = array.shape
  const xy = array.shape.length === 3 && pair === 2
  if (n === undefined || points === undefined || (array.shape.length !== 2 && !xy))
    throw misshapen(file, array.shape, 'curves', 'need (n, points), or (n, points, 2) with x and y')
  const ownGrid = grid !== null && grid.shape.length === 2
  if (grid !== null && (xy || grid.shape[grid.shape.length - 1] !== points || (ownGrid && grid.shape[0] !== n)))
    throw refused(
      `${file} has the shape ${shapeText(array.shape)}, its grid ${shapeText(grid.shape)}: they do not fit.`,
      'The grid has one value a point, (points), or one row a curve, (n, points).',
      { file },
    )
  const curves = Array.from({ length: n }, (_, i): Curve | null => {
    const at = (k: number) => (i * points + k) * (xy ? 2 : 1)
    const x = Float64Array.from({ length: points }, (__, k) =>
      xy ? array.values[at(k)]! : grid === null ? k : grid.values[(ownGrid ? i * points : 0) + k]!,
    )
    const y = Float64Array.from({ length: points }, (__, k) => array.values[at(k) + (xy ? 1 : 0)]!)
    const id = rows.ids?.[i]
    const place = { ...rows.origin(i), ...(id === undefined ? {} : { id }) }
    return checkedCurve(x, y, { ...place, yField: (k) => String(k), xField: 'x' }, reading.log)
  })
  const labels = {
    gridLabel: description.gridLabel ?? (grid === null && !xy ? 'index' : ''),
    gridUnit: description.gridUnit ?? '',
    valueUnit: description.unit ?? '',
  }
  return { kind: 'curve', curves, ...Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== '')) }
}

function vectorStack(
  array: Numbers,
  file: string,
  rows: Rows,
  kind: VectorBlock['kind'],
  reading: Reading,
): Omit<VectorBlock, keyof Rows | 'name' | 'source'> {
  const [n, features = 1] = array.shape
  if (n === undefined || array.shape.length > 2) throw misshapen(file, array.shape, 'vectors', 'need (n, features)')
  checkValues(array.values.length, 12, file, reading.limits)
  const values = Float64Array.from(array.values)
  const present = finiteRows(values, rows, features, (k) => String(k), reading)
  return { kind, features: Array.from({ length: features }, (_, k) => String(k)), values, present }
}
