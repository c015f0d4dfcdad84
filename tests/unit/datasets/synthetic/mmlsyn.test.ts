import { describe, expect, it } from 'vitest'
import { datasetOf } from '../../../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../../../src-main/datasets/synthetic/registry.ts'

const n = 20_000
const nodes = ['sn', 'label', 'sf', 'nc_first', 'nc_second', 'nc_third']
/** Five standard errors of a share of one half. */
const close = (5 * 0.5) / Math.sqrt(n)

const large = (degree: number) => makeSynthetic('mmlsyn', { samples: n, seed: 3, degree })

/** Column of a factor, [n]. */
const factor = (set: Awaited<ReturnType<typeof large>>, name: string): number[] =>
  Array.from({ length: set.ids.length }, (_, i) => set.factors[i * nodes.length + nodes.indexOf(name)]!)

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const meanWhere = (values: readonly number[], when: readonly number[], is: number): number =>
  mean(values.filter((_, i) => when[i] === is))

describe('mmlsyn', () => {
  it('draws the label and the causes as often as it says', async () => {
    const set = await large(0.1)
    expect(set.nodes.map(({ name }) => name)).toEqual(nodes)
    const sn = factor(set, 'sn')
    expect(Math.abs(mean(sn) - 0.5)).toBeLessThan(close)
    const differs = factor(set, 'label').map((label, i) => label ^ sn[i]!)
    expect(Math.abs(mean(differs) - 0.15)).toBeLessThan(close)
    // As often on either side: the flips do not follow sn.
    for (const side of [0, 1]) expect(Math.abs(meanWhere(differs, sn, side) - 0.15)).toBeLessThan(2 * close)
    const sf = factor(set, 'sf')
    expect(meanWhere(sf, sn, 1)).toBe(1)
    expect(Math.abs(meanWhere(sf, sn, 0) - 0.1)).toBeLessThan(2 * close)
    for (const [name, p] of [
      ['nc_first', 0.5],
      ['nc_second', 0.7],
      ['nc_third', 0.9],
    ] as const) {
      expect(meanWhere(factor(set, name), sn, 0)).toBe(0)
      expect(Math.abs(meanWhere(factor(set, name), sn, 1) - p)).toBeLessThan(2 * close)
    }
  })

  it.each([0, 0.1, 0.6, 1])('lets the spurious cause follow the true one to degree %d', async (degree) => {
    const set = await large(degree)
    const sn = factor(set, 'sn')
    expect(set.latents.map(({ name }) => name)).toEqual(['sp1', 'sp2', 'sp3', 'sp4', 'sp5'])
    for (const { values } of set.latents) {
      const sp = Array.from(values)
      expect(Math.abs(meanWhere(sp, sn, 1) - degree)).toBeLessThan(4 * close)
      expect(Math.abs(meanWhere(sp, sn, 0))).toBeLessThan(4 * close)
      const rest = sp.map((value, i) => (value - degree * sn[i]!) ** 2)
      expect(Math.abs(mean(rest) - (1 - degree) ** 2)).toBeLessThan(8 * close)
    }
  })

  it('keeps in the measured values what the causes say: the product of both kernels would be constant', async () => {
    const set = await large(0.1)
    const sn = factor(set, 'sn')
    for (const { values, columns } of set.tables!) {
      expect(columns).toHaveLength(20)
      expect(values.every((value) => value > 0 && value < 1)).toBe(true)
      // The five views of sn in one modality, averaged and cut in the middle.
      const score = sn.map((_, i) => mean(Array.from(values.subarray(20 * i, 20 * i + 5))))
      const cut = (meanWhere(score, sn, 0) + meanWhere(score, sn, 1)) / 2
      expect(mean(score.map((value, i) => Number(Number(value > cut) === sn[i])))).toBeGreaterThan(0.8)
    }
  })

  it('has noise of its own in every measured value', async () => {
    const [first, second] = (await large(0.1)).tables!
    expect(new Set([...first!.values.subarray(0, 5), ...second!.values.subarray(0, 5)]).size).toBe(10)
  })

  it('sets 200 of 1,200 samples apart for testing, and tells the label of all', async () => {
    const set = await makeSynthetic('mmlsyn')
    expect(set.ids).toHaveLength(1200)
    expect(set.settings).toEqual({ samples: 1200, seed: 0, degree: 0.1 })
    const dataset = datasetOf(set)
    expect(dataset.modalities.map(({ modality }) => [modality.name, modality.shape])).toEqual([
      ['first', [20]],
      ['second', [20]],
      ['third', [20]],
    ])
    const [label, split] = dataset.metadata
    expect(label).toMatchObject({ column: { column: 'label', kind: 'category', missing: 0 } })
    expect([...label!.values]).toEqual(factor(set, 'label'))
    expect(split!.column.categories).toEqual(['train', 'test'])
    expect(split!.values.reduce((sum, code) => sum + code, 0)).toBe(200)
    expect(set.causes!.test).toEqual(set.ids.filter((_, i) => split!.values[i] === 1))
  })
})
