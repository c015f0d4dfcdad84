import { expect, it } from 'vitest'
import { pretrainingEpochs } from '../../../../src-main/models/causal-pima/cost.ts'
import { parseConfig } from '../../../../src-shared/config/parse.ts'

it('takes more epochs of pre-training where few samples make few steps, and none where none are wanted', () => {
  const config = parseConfig('causal-pima', {})
  expect(pretrainingEpochs(config, 1000)).toBe(Math.ceil(500 / 8))
  expect(pretrainingEpochs(config, 50_000)).toBe(20)
  expect(pretrainingEpochs(parseConfig('causal-pima', { training: { pretrainEpochs: 0, pretrainSteps: 9 } }), 64)).toBe(
    0,
  )
})
