import { expect, it } from 'vitest'
import { phases } from '../../../../src-shared/methods/causal-pima/words.ts'
import { phaseBeginnings } from '../../../../src-shared/methods/phase-beginnings.ts'

const beginnings = (...names: string[]) =>
  phaseBeginnings(
    names.map((phase) => ({ phase })),
    phases,
  )

it('marks every phase that begins after the first', () => {
  expect(beginnings()).toEqual([])
  expect(beginnings('pretrain', 'pretrain')).toEqual([])
  expect(beginnings('joint', 'joint')).toEqual([])
  expect(beginnings('pretrain', 'pretrain', 'again', 'again', 'joint')).toEqual([
    { at: 2, label: 'pre-training begins again', startsOver: true },
    { at: 4, label: 'clusters and graph begin', startsOver: false },
  ])
})

it('is silent about a phase that it has no words for', () => {
  expect(beginnings('pretrain', 'of a later version')).toEqual([])
})
