import { expect, it } from 'vitest'
import { labelSizeAt } from '../../../../src-renderer/graph/stylesheet.ts'

it('keeps the labels of edges legible where the picture is made small, up to where they would meet', () => {
  expect(labelSizeAt(3)).toBe(11)
  expect(labelSizeAt(1)).toBe(11)
  expect(labelSizeAt(0.6) * 0.6).toBeCloseTo(9, 0)
  for (const zoom of [0.5, 0.3, 0.1]) expect(labelSizeAt(zoom)).toBe(16)
})
