import { describe, expect, it } from 'vitest'
import type { ModalityData } from '../../../../src-main/datasets/dataset.ts'
import { compareRobustness } from '../../../../src-main/evaluation/robustness/compare.ts'
import {
  type Predict,
  publishedPlan,
  robustnessTable,
  subsets,
} from '../../../../src-main/evaluation/robustness/robustness.ts'
import { realMatrix } from '../../../../src-main/statistics/linear-algebra/real-matrix.ts'
import type { ModalityKind } from '../../../../src-shared/domain/dataset.ts'

const n = 8000
const labels = Uint8Array.from({ length: n }, (_, i) => i % 2)

/** Every place of a sample is 1 or -1 by its label, of an image 1 or 0. */
function telling(name: string, kind: ModalityKind, shape: number[]): ModalityData {
  const size = shape.reduce((product, side) => product * side, 1)
  return {
    modality: { name, kind, shape, scaling: { offset: [0], scale: [1] }, present: n, source: '' },
    data: Float32Array.from({ length: n * size }, (_, v) => {
      const label = labels[Math.floor(v / size)]!
      return kind === 'image' ? label : 2 * label - 1
    }),
    present: new Uint8Array(n).fill(1),
  }
}

/** By the sign of the first value of a vector; without one, by the first pixel; without both, by chance's favourite. */
const bySign: Predict = (views) => {
  const count = views[0]!.present.length
  const out = realMatrix(count, 2)
  for (let i = 0; i < count; i++) {
    const seen = views.find(({ present }) => present[i] === 1)
    if (seen === undefined) throw new Error('a sample without anything was asked about')
    const value = seen.data[(i * seen.data.length) / count]! - (seen.modality.kind === 'image' ? 0.5 : 0)
    out.values[2 * i] = value > 0 ? 0.1 : 0.9
    out.values[2 * i + 1] = value > 0 ? 0.9 : 0.1
  }
  return out
}

const vector = telling('vector', 'vector', [4])
const image = telling('image', 'image', [4, 4, 1])

describe('the table of robustness', () => {
  it('holds what can be worked out for a classifier by the sign of one value', async () => {
    const rows = await robustnessTable(bySign, { views: [vector, image], labels }, publishedPlan('paper', [1, 2, 3]))
    const accuracy = (corruption: string, ...modalities: string[]): number =>
      rows.find((row) => row.corruption === corruption && row.modalities.join() === modalities.join())!.mean.accuracy
    expect(rows[0]).toMatchObject({ kind: 'clean', samples: n, worst: 1, mean: { accuracy: 1, macroF1: 1 } })
    // Values of +-1 have a spread of 1: half of the samples get N(0, .25) and N(0, 1), which flip Phi(-2) and Phi(-1) of them.
    expect(Math.abs(accuracy('gaussian 5', 'vector') - (1 - 0.02275 / 2))).toBeLessThan(0.003)
    expect(Math.abs(accuracy('gaussian 10', 'vector') - (1 - 0.15866 / 2))).toBeLessThan(0.006)
    // The vector is seen whatever becomes of the image.
    expect(accuracy('gaussian 10', 'image')).toBe(1)
    expect(accuracy('salt and pepper 0.1 x 10', 'image')).toBe(1)
    expect(accuracy('masked 30 %', 'image')).toBe(1)
    // One of four columns is masked: the mean of balanced labels is 0, read as the first class.
    expect(Math.abs(accuracy('masked 30 %', 'vector') - (1 - 0.25 / 2))).toBeLessThan(0.01)
    expect(rows.filter(({ corruption }) => corruption.startsWith('salt')).map(({ modalities }) => modalities)).toEqual([
      ['image'],
    ])
    const noisy = rows.find(({ corruption }) => corruption === 'gaussian 10')!
    expect(noisy.modalities).toEqual(['vector', 'image'])
    expect(noisy.each).toHaveLength(3)
    expect(noisy.worst).toBe(Math.min(...noisy.each.map((figures) => figures.accuracy)))
    expect(noisy.worst).toBeLessThan(noisy.mean.accuracy)
    expect(rows.filter(({ kind }) => kind === 'modalities').map(({ modalities }) => modalities)).toEqual([
      ['vector', 'image'],
      ['vector'],
      ['image'],
    ])
  })

  it('measures a subset on the samples that have any of it, and leaves out one that nobody has', async () => {
    const holed = { ...vector, present: vector.present.map((_, i) => Number(i % 4 !== 0)) }
    const absent = { ...image, present: new Uint8Array(n) }
    const rows = await robustnessTable(bySign, { views: [holed, absent], labels }, publishedPlan('paper', [1]))
    expect(rows[0]!.samples).toBe((3 * n) / 4)
    expect(rows.filter(({ kind }) => kind === 'modalities').map((row) => [row.modalities.join(), row.samples])).toEqual(
      [
        ['vector,image', (3 * n) / 4],
        ['vector', (3 * n) / 4],
      ],
    )
  })

  it('has 2^M - 1 subsets, each once, the whole first', () => {
    for (const count of [1, 2, 3, 5]) {
      const all = subsets(count)
      expect(new Set(all.map(String)).size).toBe(2 ** count - 1)
      expect(all[0]).toHaveLength(count)
      expect(all.every((subset) => subset.length > 0)).toBe(true)
    }
  })

  it('follows the released code where it is asked to: salt and pepper by severity', () => {
    const kinds = (profile: 'paper' | 'released') =>
      publishedPlan(profile, [1]).corruptions.filter(({ kind }) => kind === 'salt-and-pepper').length
    expect([kinds('paper'), kinds('released')]).toEqual([1, 2])
  })
})

describe('base against another', () => {
  it('is compared pair by pair, with the interval of the difference', async () => {
    const plan = publishedPlan('paper', [1, 2])
    const small: ModalityData = { ...vector, data: vector.data.slice(0, 800), present: vector.present.slice(0, 200) }
    const test = { views: [small], labels: labels.slice(0, 200) }
    // Of every training: one errs on `wrong` of 200 samples, the other on none.
    const erring =
      (wrong: number): Predict =>
      async (views) => {
        const out = await bySign(views)
        for (let i = 0; i < wrong; i++) out.values.subarray(2 * i, 2 * i + 2).reverse()
        return out
      }
    const tables = (wrong: readonly number[]) =>
      Promise.all(
        wrong.map(async (errors) =>
          (await robustnessTable(erring(errors), test, plan)).map((row) => ({ ...row, accuracy: row.mean.accuracy })),
        ),
      )
    const base = await tables([20, 22, 24])
    const better = await tables([0, 0, 0])
    const [clean] = compareRobustness(base, better)
    expect(clean).toMatchObject({ kind: 'clean', samples: 200, base: { count: 3 }, other: { mean: 1 } })
    expect(clean!.difference.mean).toBeCloseTo(1 - base.reduce((sum, [row]) => sum + row!.mean.accuracy, 0) / 3, 12)
    const [from, to] = clean!.difference.interval!
    expect(from < clean!.difference.mean && clean!.difference.mean < to).toBe(true)
    expect(() => compareRobustness(base, better.slice(1))).toThrow(/no pairs/)
  })
})
