import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { alikeViews } from '../../../../src-main/datasets/alike-views.ts'
import { leaveOut } from '../../../../src-main/models/causal-complete/leave-out.ts'
import { TrainingData } from '../../../../src-main/models/causal-complete/training-data.ts'
import type { Dataset } from '../../../../src-main/datasets/dataset.ts'
import { causalCompleteConfig } from '../../../../src-shared/methods/causal-complete/config.ts'
import { causalComplete } from '../../../../src-shared/methods/causal-complete/method.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { labelled } from './labelled.ts'

const splitInto = (values: readonly string[], part: (row: number) => number, samples = 60): Dataset => {
  const dataset = labelled({ samples })
  const column = { column: 'use', kind: 'category', categories: [...values], missing: 0 } as const
  return { ...dataset, metadata: [...dataset.metadata, { column, values: Float64Array.from(dataset.ids, (_, row) => part(row)) }] } // prettier-ignore
}
const config = (training: object) => v.parse(causalCompleteConfig, { label: 'kind', training })

describe('a column that says what samples are for', () => {
  it('is followed to the row, and draws validation samples where it names none', () => {
    const dataset = splitInto(['Train ', 'TEST'], (row) => Number(row >= 36))
    const { split } = new TrainingData(dataset, config({ split: 'use' }), 1)
    expect(Array.from(split.test)).toEqual(Array.from({ length: 24 }, (_, at) => 36 + at))
    expect(split.training.every((row) => row < 36) && split.validation.every((row) => row < 36)).toBe(true)
    expect(split.training.length + split.validation.length).toBe(36)
    const all = splitInto(['train', 'val', 'test'], (row) => Math.floor(row / 20))
    const { split: exact } = new TrainingData(all, config({ split: 'use' }), 1)
    expect([exact.training.length, exact.validation.length, exact.test.length]).toEqual([20, 20, 20])
  })

  it('is refused where it says something else, leaves nothing to learn from, or a class without a sample to learn from', () => {
    const problems = (dataset: Dataset, split: string) =>
      causalComplete.settings
        .fitProblems(config({ split }), {
          ...{ id: 1, name: 'x', source: 'x', samples: 60, notes: [], sha256: '', createdAt: '', bytes: 0 },
          modalities: dataset.modalities.map(({ modality }) => modality),
          metadata: dataset.metadata.map(({ column }) => column),
        })
        .map(({ message }) => message)
    expect(
      problems(
        splitInto(['train', 'later'], () => 0),
        'use',
      )[0],
    ).toMatch(/says later/)
    expect(
      problems(
        splitInto(['val', 'test'], () => 0),
        'use',
      )[0],
    ).toMatch(/leaves no sample to learn from/)
    expect(
      problems(
        splitInto(['train'], () => 0),
        'usage',
      )[0],
    ).toMatch(/no column "usage"/)
    const lost = splitInto(['train', 'test'], (row) => Number(row % 3 === 0))
    expect(() => new TrainingData(lost, config({ split: 'use' }), 1)).toThrow(/class "a" is left to learn from/)
  })
})

describe('modalities left out at random', () => {
  it('leaves one that a row has, sets the others to 0, and follows the stream', () => {
    const rows = 200
    const x = [4, 2, 3].map((width) => new Float32Array(rows * width).fill(1))
    const before = Float32Array.from({ length: rows * 3 }, (_, at) => Number(at % 3 !== 2))
    const batch = { rows, x, mask: before, fused: null, labels: new Int32Array(rows) }
    const left = leaveOut(batch, 0.7, RandomStream.of(1, 'left-out'))
    const mask = left.mask!
    for (let row = 0; row < rows; row++) {
      const own = mask.subarray(row * 3, row * 3 + 3)
      expect(own[0]! + own[1]!).toBeGreaterThan(0)
      expect(own[2]).toBe(0)
      expect(left.x[0]![row * 4]).toBe(own[0])
    }
    const kept = mask.reduce((sum, bit) => sum + bit, 0) / (2 * rows)
    expect(kept).toBeGreaterThan(0.3)
    expect(kept).toBeLessThan(0.7)
    expect(leaveOut(batch, 0.7, RandomStream.of(1, 'left-out')).mask).toEqual(mask)
  })
})

describe('columns of new samples', () => {
  const trained = labelled({ samples: 30 })
  const table = trained.modalities[0]!

  it('are taken by name, whatever their order and whatever stands beside them', () => {
    const order = [2, 0, 3, 1]
    const features = [...order.map((k) => `f${k}`), 'more']
    const data = Float32Array.from({ length: 30 * 5 }, (_, at) => {
      const [row, k] = [Math.floor(at / 5), at % 5]
      return k === 4 ? 99 : table.data[row * 4 + order[k]!]!
    })
    const given: Dataset = { ...trained, modalities: [{ ...table, data, modality: { ...table.modality, shape: [5], features } }] } // prettier-ignore
    const { views, lacking } = alikeViews(trained.modalities.map(({ modality }) => modality), given) // prettier-ignore
    expect(views[0]!.data).toEqual(table.data)
    expect(lacking).toEqual(['trace'])
  })

  it('are refused where one is not there, by its name', () => {
    const features = ['f0', 'f1', 'f2', 'other']
    const given: Dataset = { ...trained, modalities: [{ ...table, modality: { ...table.modality, features } }] }
    expect(() => alikeViews([table.modality], given)).toThrow(/f0, f1, f2, other, not f3/)
  })
})
