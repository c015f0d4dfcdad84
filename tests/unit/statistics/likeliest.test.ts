import { expect, it } from 'vitest'
import { likeliest } from '../../../src-main/statistics/likeliest.ts'

it('the likeliest column is the first of the largest', () => {
  expect([...likeliest([0.2, 0.7, 0.1, 0.5, 0.5, 0, 0, 0, 1], 3)]).toEqual([1, 0, 2])
  expect([...likeliest([], 0)]).toEqual([])
  expect([...likeliest([1, 1], 1)]).toEqual([0, 0])
})
