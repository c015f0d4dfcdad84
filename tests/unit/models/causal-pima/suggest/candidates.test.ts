import { describe, expect, it } from 'vitest'
import {
  bestOf,
  candidateNodes,
  namedVerdict,
  sizeVerdict,
  type Weighed,
} from '../../../../../src-main/models/causal-pima/suggest/candidates.ts'

describe('candidates', () => {
  it('are all combinations of 2 to 4 categories with up to 32 outcomes', () => {
    const all = candidateNodes(3, 1, [])
    expect(all.map(String)).toEqual([
      ...['2', '3', '4', '2,2', '2,3', '2,4', '3,3', '3,4', '4,4'],
      ...['2,2,2', '2,2,3', '2,2,4', '2,3,3', '2,3,4', '3,3,3', '2,4,4'],
    ])
    expect(candidateNodes(5, 1, []).map(String)).toContain('2,2,2,2,2')
  })

  it('include what the clusters ask for', () => {
    expect(candidateNodes(2, 10, []).map(String)).toContain('10')
    const alone = candidateNodes(2, 20, [10, 2]).map(String)
    expect(alone).toContain('2,10')
    expect(alone).toContain('20')
    expect(alone).not.toContain('10,10')
  })

  it('fit where every cluster has an outcome, and most outcomes a cluster', () => {
    expect(sizeVerdict([2, 2], 8)).toBe('few')
    expect(sizeVerdict([2, 2, 2], 8)).toBe('fits')
    expect(sizeVerdict([2, 2, 2], 6)).toBe('fits')
    expect(sizeVerdict([2, 2, 2], 5)).toBe('many')
    expect(sizeVerdict([8], 7)).toBe('many')
  })
})

describe('the best candidate', () => {
  const fit = (residual: number, nullP: number | null, rest: Partial<Weighed['fit']> = {}): Weighed['fit'] => ({
    residual,
    nullP,
    distinct: true,
    structured: false,
    ...rest,
  })
  const single: Weighed = { nodes: [8], fit: null }

  it('has several nodes where chance would not name the clusters so', () => {
    const cube: Weighed = { nodes: [2, 2, 2], fit: fit(0.7, 0.02) }
    const grid: Weighed = { nodes: [2, 4], fit: fit(0.6, 0.2) }
    const best = bestOf([single, grid, cube])
    expect(best).toBe(cube)
    expect([single, grid, cube].map((one) => namedVerdict(one, best))).toEqual(['possible', 'unnamed', 'chosen'])
  })

  it('leaves less unexplained than another of as many outcomes', () => {
    const grid: Weighed = { nodes: [2, 4], fit: fit(0.5, 0.01) }
    expect(bestOf([{ nodes: [2, 2, 2], fit: fit(0.6, 0.01) }, grid])).toBe(grid)
  })

  it('is what modalities show by themselves, whatever chance says', () => {
    const shown: Weighed = { nodes: [2, 2, 2], fit: fit(0.7, 0.4, { structured: true }) }
    expect(bestOf([single, { nodes: [2, 4], fit: fit(0.5, 0.01) }, shown])).toBe(shown)
  })

  it('is one node where nothing speaks for several, and none where nothing fits', () => {
    expect(bestOf([single, { nodes: [2, 2, 2], fit: fit(0.9, 1) }])).toBe(single)
    expect(bestOf([{ nodes: [2, 4], fit: fit(0.5, 0.01, { distinct: false }) }])).toBeNull()
    expect(bestOf([])).toBeNull()
  })
})
