import { describe, expect, it } from 'vitest'
import { denseTable, topologicalOrder } from '../../../../../src-main/datasets/synthetic/bayesian-network.ts'
import { datasetOf } from '../../../../../src-main/datasets/synthetic/dataset-of.ts'
import { families } from '../../../../../src-main/datasets/synthetic/families/families.ts'
import { leaningNetwork, threeNodes } from '../../../../../src-main/datasets/synthetic/families/network.ts'
import { binary } from '../../../../../src-main/datasets/synthetic/families/shapes.ts'
import { makeSynthetic } from '../../../../../src-main/datasets/synthetic/registry.ts'
import { isMissing } from '../../../../../src-main/importers/cells.ts'

const names = [...families.keys()]
const threefold = ['coating-voltammetry-impedance', 'fundus-retinogram']
const abc = [binary('a', '0', '1'), binary('b', '0', '1'), binary('c', '0', '1')] as const

describe('families', () => {
  it('are at least ten with two modalities each, three where three are named', async () => {
    expect(names.length).toBeGreaterThanOrEqual(10)
    for (const name of names) {
      const { modalities } = datasetOf(await makeSynthetic(name, { samples: 8 }))
      expect(modalities).toHaveLength(threefold.includes(name) ? 3 : 2)
    }
  })

  it.each(names)('%s has samples without an edge on request, and every category in each structure', async (name) => {
    for (const structure of families.get(name)!.structures!) {
      const set = await makeSynthetic(name, { samples: 400, structure })
      expect(set.edges.length === 0).toBe(structure === 'independent')
      set.nodes.forEach(({ categories }, l) => {
        const seen = new Set(set.ids.map((_, i) => set.factors[i * set.nodes.length + l]))
        expect(seen.size).toBe(categories.length)
      })
    }
  })

  it('name no category by a word that an import takes for a missing value', async () => {
    for (const name of names)
      for (const { categories } of (await makeSynthetic(name, { samples: 1 })).nodes)
        expect(categories.filter(isMissing)).toEqual([])
  })

  it('lean on their parents: .15 + .7 of the mean position, the first parent twice', () => {
    const { nodes } = threeNodes('complete', abc).get('complete')!
    const rows = denseTable(threeNodes('complete', abc).get('complete')!, nodes[2]!)
    ;[0.15, 0.15 + 0.7 / 3, 0.15 + 1.4 / 3, 0.85].forEach((p, row) => {
      expect(rows[row]![1]).toBeCloseTo(p, 12)
    })
    const three = { name: 'd', categories: ['0', '1', '2'] }
    const wide = leaningNetwork('wide', [abc[0], three], { d: ['a'] })
    expect(topologicalOrder(wide)).toEqual([0, 1])
    const [low] = denseTable(wide, wide.nodes[1]!)
    ;[0.85 ** 2, 2 * 0.15 * 0.85, 0.15 ** 2].forEach((p, c) => {
      expect(low![c]).toBeCloseTo(p, 12)
    })
  })

  it('put the share asked for on the wrong side of the middle', async () => {
    const wrongShare = async (overlap: number): Promise<number> => {
      const { curves, factors, ids } = await makeSynthetic('disc-slope', { samples: 2000, overlap, noise: 0 })
      const points = curves!.grid.length
      const wrong = ids.filter((_, i) => {
        const slope = curves!.grid.reduce((sum, x, k) => sum + x * curves!.values[i * points + k]!, 0)
        return slope > 0 !== (factors[2 * i + 1] === 1)
      })
      return wrong.length / ids.length
    }
    expect(await wrongShare(0)).toBe(0)
    // Four standard errors of a share of 2,000.
    for (const overlap of [0.05, 0.2])
      expect(Math.abs((await wrongShare(overlap)) - overlap)).toBeLessThan(
        4 * Math.sqrt((overlap * (1 - overlap)) / 2000),
      )
  })
})
