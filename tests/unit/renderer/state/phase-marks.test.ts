import { expect, it } from 'vitest'
import { marksOfRuns, phaseMarks } from '../../../../src-renderer/state/phase-marks.ts'

const epochs = ['pretrain', 'pretrain', 'again', 'joint'].map((phase, at) => ({ epoch: at + 10, phase }))

it('marks a phase before its first epoch, epochs counted from 1', () => {
  expect(phaseMarks('causal-pima', epochs)).toEqual([
    { x: 12.5, label: 'pre-training begins again', startsOver: true },
    { x: 13.5, label: 'clusters and graph begin', startsOver: false },
  ])
})

it('says of several runs whose score begins anew, and nothing of the other phases', () => {
  const runs = [
    { name: 'First', method: 'causal-pima', epochs },
    { name: 'Second', method: 'causal-pima', epochs: epochs.filter(({ phase }) => phase !== 'again') },
    { name: 'Third', method: 'causal-complete', epochs: [] },
  ] as const
  expect(marksOfRuns(runs)).toEqual([{ x: 12.5, label: 'First: pre-training begins again' }])
})
