import { expect, it } from 'vitest'
import { displayByte, displayBytes, displayRange, isUnscaled } from '../../../src-main/datasets/display-range.ts'

const unscaled = { scaling: { offset: [0], scale: [1] } }
const scaled = { scaling: { offset: [0], scale: [255] } }

it('shows images that were scaled on import by their scale', () => {
  expect(displayRange(scaled, [0.2, 0.4])).toEqual([0, 1])
  expect([0, 0.5, 1, 1.2, -1].map((value) => displayByte(value, [0, 1]))).toEqual([0, 128, 255, 255, 0])
})

it('takes black and white of unscaled images from the values', () => {
  expect(isUnscaled(unscaled)).toBe(true)
  const range = displayRange(unscaled, [0, 1000, 4000])
  expect(range).toEqual([0, 4000])
  expect([0, 1000, 4000].map((value) => displayByte(value, range))).toEqual([0, 64, 255])
  expect(displayRange(unscaled, [-2, 2])).toEqual([-2, 2])
})

it('shows values that lie in [0, 1] as they are, and one value alone as black', () => {
  expect(displayRange(unscaled, [0.25, 0.5])).toEqual([0, 1])
  expect(displayRange(unscaled, [])).toEqual([0, 1])
  expect(displayRange(unscaled, [7, 7])).toEqual([7, 8])
})

it('makes bytes of whole samples, none of those that are absent', () => {
  const values = new Float32Array([0, 0.5, 1, 1.2, -1, 0.25])
  expect([...displayBytes(values, [0, 1])]).toEqual([0, 128, 255, 255, 0, 64])
  expect([...displayBytes(values, [0, 1], new Uint8Array([1, 0, 1]))]).toEqual([0, 128, 0, 0, 0, 64])
  expect([...displayBytes(new Float32Array(0), [0, 1], new Uint8Array(0))]).toEqual([])
})
