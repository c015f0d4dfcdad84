import { describe, expect, it } from 'vitest'
import type { Epoch } from '../../../../src-renderer/state/histories.svelte.ts'
import type { RunView } from '../../../../src-renderer/state/run-list.ts'
import { nodesOf } from '../../../../src-renderer/views/training/run-nodes.ts'
import { headlineOf, progressLine, termName } from '../../../../src-renderer/views/training/training-words.ts'

const run: RunView = {
  id: 1,
  name: 'Run 1',
  datasetId: 1,
  method: 'causal-pima',
  status: 'running',
  seed: 1,
  engine: 'wasm',
  config: {},
  createdAt: '',
  startedAt: '',
  finishedAt: null,
  seconds: 12,
  epoch: 3,
  epochs: 40,
  score: null,
  edges: [],
  explained: null,
  givenNames: {},
  error: null,
}
const epoch = (phase: 'pretrain' | 'joint'): Epoch => ({
  epoch: 3,
  phase,
  step: 12,
  seconds: 12,
  score: -1,
  validationScore: null,
  terms: {},
  figures: { temperature: 0.1, learningRate: 0.001, klWeight: 1 },
  edges: null,
})

describe('headlineOf', () => {
  it('says what the run is at', () => {
    expect(headlineOf(run, undefined)).toBe('Getting ready')
    expect(headlineOf(run, epoch('pretrain'))).toBe('Learning to rebuild the measurements')
    expect(headlineOf(run, epoch('joint'))).toBe('Learning clusters and graph')
    expect(headlineOf({ ...run, status: 'interrupted' }, epoch('joint'))).toBe('Run 1 was stopped')
  })
})

describe('progressLine', () => {
  it('counts epochs and promises no more than it knows', () => {
    const progress = {
      run: 1,
      status: 'running',
      epoch: 7,
      epochs: 40,
      step: 80,
      fraction: 0.2,
      secondsLeft: 41,
      secondsAgain: 0,
    } as const
    expect(progressLine(run, progress, epoch('joint'))).toBe(
      'causalPIMA · epoch 7 of 40 · temperature 0.1 · about 40 s left',
    )
    expect(progressLine(run, { ...progress, secondsAgain: 60 }, epoch('pretrain'))).toBe(
      'causalPIMA · epoch 7 of 40 · about 40 s left, about 2 min if pre-training has to begin again',
    )
    expect(progressLine(run, { ...progress, secondsLeft: null, secondsAgain: 0 }, epoch('pretrain'))).toBe(
      'causalPIMA · epoch 7 of 40',
    )
    expect(progressLine({ ...run, status: 'done', epoch: 39 }, undefined, { ...epoch('joint'), epoch: 39 })).toBe(
      'causalPIMA · epoch 40 of 40 · temperature 0.1 · 12 s of training',
    )
  })
})

describe('termName', () => {
  it('names the kind of a term', () => {
    expect(termName('causal-pima', 'reconstruction/curves')).toBe('Reconstruction')
    expect(termName('causal-pima', 'unheard')).toBe('unheard')
  })
})

describe('nodesOf', () => {
  it('reads the nodes of a configuration, if it has any', () => {
    const config = { nodes: [{ name: 'A', categories: 2, anchor: null }] }
    expect(nodesOf({ config, givenNames: {} })).toEqual([{ name: 'A', categories: 2 }])
    expect(nodesOf({ config, givenNames: { A: 'Heat' } })).toEqual([{ name: 'Heat', categories: 2 }])
    expect(nodesOf({ config: {}, givenNames: {} })).toEqual([])
  })
})
