/** Arrays whose first index runs fastest, as MATLAB and Fortran keep them, in C order. */
import type { NumericArray } from '../npy.ts'

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

/** For each element in Fortran order, where it stands in C order. */
function placesInC(shape: readonly number[]): Uint32Array {
  const places = new Uint32Array(product(shape))
  const strides = shape.map((_, d) => product(shape.slice(d + 1)))
  const index = shape.map(() => 0)
  let place = 0
  for (let i = 0; i < places.length; i++) {
    places[i] = place
    for (let d = 0; d < shape.length; d++) {
      index[d] = index[d]! + 1
      place += strides[d]!
      if (index[d]! < shape[d]!) break
      place -= strides[d]! * shape[d]!
      index[d] = 0
    }
  }
  return places
}

/** Rows `from` to `to` of the first axis, `[to - from, ...]` in C order. */
export function firstAxis(values: NumericArray, shape: readonly number[], from: number, to: number): NumericArray {
  const [n, ...rest] = shape as [number, ...number[]]
  const size = product(rest)
  const places = placesInC(rest)
  const result = values.slice(0, (to - from) * size)
  for (let j = 0; j < size; j++)
    for (let r = from; r < to; r++) result[(r - from) * size + places[j]!] = values[r + n * j]!
  return result
}

/** Entries `from` to `to` of the last axis, put first: `[to - from, ...]` in C order. */
export function lastAxis(values: NumericArray, shape: readonly number[], from: number, to: number): NumericArray {
  const rest = shape.slice(0, -1)
  const size = product(rest)
  const places = placesInC(rest)
  const result = values.slice(from * size, to * size)
  for (let s = from; s < to; s++)
    for (let j = 0; j < size; j++) result[(s - from) * size + places[j]!] = values[s * size + j]!
  return result
}

/** MATLAB's shape without the axes of one that a list of numbers has there. */
export function withoutOnes(shape: readonly number[]): readonly number[] {
  if (shape.length !== 2) return shape
  if (shape[0] === 1 || shape[1] === 1) return [product(shape)]
  return shape
}
