import { describe, expect, it } from 'vitest'
import { resizeByArea } from '../../../src-main/importers/resize.ts'

describe('resizing by area', () => {
  it('takes the mean of what each pixel covers', () => {
    const image = Float32Array.of(0, 2, 4, 6, 8, 10, 12, 14)
    expect([...resizeByArea(image, [2, 4, 1], [1, 2])]).toEqual([5, 9])
    expect([...resizeByArea(Float32Array.of(0, 3, 6), [1, 3, 1], [1, 2])]).toEqual([1, 5])
  })

  it('repeats pixels when it enlarges and keeps channels apart', () => {
    expect([...resizeByArea(Uint8Array.of(10, 20, 30, 40, 50, 60), [1, 2, 3], [2, 4])]).toEqual(
      [0, 1].flatMap(() => [10, 20, 30, 10, 20, 30, 40, 50, 60, 40, 50, 60]),
    )
  })

  it('keeps the mean of the whole', () => {
    const image = Float64Array.from({ length: 35 }, (_, i) => (i * 17) % 23)
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length
    expect(mean(resizeByArea(image, [5, 7, 1], [3, 2]))).toBeCloseTo(mean(image), 10)
  })
})
