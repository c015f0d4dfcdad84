import { expect, it } from 'vitest'
import { canShow, resultViews } from '../../../../src-renderer/state/facets.ts'

it('leads from a run that is done to the views of its method, its own first, and from another to none', () => {
  const views = (method: Parameters<typeof canShow>[1]['method']) => resultViews({ method, status: 'done' })
  expect(views('causal-pima')).toEqual(['graph', 'clusters'])
  expect(views('partial-causal')[0]).toBe('components')
  expect(views('causal-complete')[0]).toBe('prediction')
  expect(resultViews({ method: 'causal-pima', status: 'failed' })).toEqual([])
})

it('shows what needs nothing of a run whatever its method', () => {
  expect(canShow('data', { method: 'partial-causal' })).toBe(true)
  expect(canShow('graph', { method: 'partial-causal' })).toBe(false)
})
