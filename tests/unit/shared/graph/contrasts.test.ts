import { describe, expect, it } from 'vitest'
import { contrasts, crossTable } from '../../../../src-shared/graph/contrasts.ts'

const nodes = [2, 2].map((count, i) => ({
  name: `N${i}`,
  categories: Array.from({ length: count }, (_, k) => String(k)),
  anchor: null,
  standing: 'provisional' as const,
  marginal: [0.5, 0.5],
}))
const component = (outcome: number, categories: number[], weight: number) => ({
  outcome,
  categories,
  weight,
  nearest: [],
})
const view = {
  nodes,
  components: [
    component(0, [0, 0], 0.4),
    component(1, [0, 1], 0.1),
    component(2, [1, 0], 0.05),
    component(3, [1, 1], 0.45),
  ],
}

describe('contrasts', () => {
  it('differ in the node alone, the best supported first', () => {
    expect(contrasts(view, 0)).toEqual([
      { given: [-1, 1], components: [1, 3], support: 0.1 },
      { given: [-1, 0], components: [0, 2], support: 0.05 },
    ])
  })

  it('say where a combination is missing', () => {
    const [, second] = contrasts({ nodes, components: view.components.slice(0, 3) }, 0)
    expect(second).toMatchObject({ components: [1, null], support: 0 })
  })
})

describe('crossTable', () => {
  it('gives shares within each category of the first node', () => {
    const table = crossTable(view, 0, 1)
    expect(table[0]!.map((share) => share.toFixed(2))).toEqual(['0.80', '0.20'])
    expect(table[1]!.map((share) => share.toFixed(2))).toEqual(['0.10', '0.90'])
  })
})
