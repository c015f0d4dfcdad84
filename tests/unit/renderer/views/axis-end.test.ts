import { expect, it } from 'vitest'
import { axisEnd } from '../../../../src-renderer/views/training/axis-end.ts'

it('shows all epochs that are planned, and of very many as far as leaves room to see those trained', () => {
  expect(axisEnd(179, 1)).toBe(179)
  expect(axisEnd(100_000, 1)).toBe(256)
  expect(axisEnd(100_000, 64)).toBe(256)
  expect(axisEnd(100_000, 65)).toBe(512)
  expect(axisEnd(1000, 400)).toBe(1000)
})
