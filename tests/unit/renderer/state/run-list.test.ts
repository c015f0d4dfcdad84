import { describe, expect, it } from 'vitest'
import {
  differingSettings,
  flatSettings,
  mergeRuns,
  type RunView,
  shownSetting,
} from '../../../../src-renderer/state/run-list.ts'

function run(id: number, changes: Partial<RunView> = {}): RunView {
  return {
    id,
    name: `Run ${id}`,
    datasetId: 1,
    method: 'causal-pima',
    status: 'done',
    seed: 7,
    engine: 'wasm',
    config: { nodes: [{ name: 'N1', categories: 2, anchor: null }], training: { epochs: 20 } },
    createdAt: '2026-11-22T12:00:00Z',
    startedAt: null,
    finishedAt: null,
    seconds: 1,
    epoch: 20,
    epochs: 20,
    score: -1,
    edges: [],
    explained: null,
    givenNames: {},
    error: null,
    ...changes,
  }
}

describe('mergeRuns', () => {
  it('puts changed runs in their places, adds new ones and takes out those that are gone, newest first', () => {
    const merged = mergeRuns([run(3), run(2), run(1)], [run(2, { name: 'Second' }), run(4)], [3])
    expect(merged.map(({ id, name }) => [id, name])).toEqual([
      [4, 'Run 4'],
      [2, 'Second'],
      [1, 'Run 1'],
    ])
  })
})

describe('differingSettings', () => {
  const names = (id: number): string => `set ${id}`

  it('says nothing of runs that are alike, and of one alone', () => {
    expect(differingSettings([run(1), run(2)], names)).toEqual([])
    expect(differingSettings([run(1)], names)).toEqual([])
  })

  it('names each setting in which the runs are not all alike, with a value for each run', () => {
    const other = run(2, {
      seed: 8,
      datasetId: 2,
      config: { nodes: [{ name: 'N1', categories: 3, anchor: 'plate' }], training: { epochs: 40 }, noise: 'optimal' },
    })
    expect(differingSettings([run(1), other], names)).toEqual([
      { name: 'data set', values: ['set 1', 'set 2'] },
      { name: 'seed', values: ['7', '8'] },
      { name: 'nodes', values: ['N1 2', 'N1 3 (plate)'] },
      { name: 'training.epochs', values: ['20', '40'] },
      { name: 'noise', values: ['–', 'optimal'] },
    ])
  })
})

describe('flatSettings', () => {
  it('names settings by their dotted place and keeps lists whole', () => {
    expect([...flatSettings({ a: { b: 1, c: { d: [1, 2] } }, e: 'x' })]).toEqual([
      ['a.b', 1],
      ['a.c.d', [1, 2]],
      ['e', 'x'],
    ])
    expect(flatSettings(null).size).toBe(0)
  })
})

describe('shownSetting', () => {
  it('writes values for people', () => {
    expect(shownSetting('x', undefined)).toBe('–')
    expect(shownSetting('x', true)).toBe('yes')
    expect(shownSetting('modalities', [])).toBe('none')
    expect(shownSetting('modalities', ['image', 'curve'])).toBe('image, curve')
  })
})
