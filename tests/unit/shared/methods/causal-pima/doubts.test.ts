import { expect, it } from 'vitest'
import { settingsOf } from '../../../../../src-shared/methods/available.ts'
import { checkConfig } from '../../../../../src-shared/config/parse.ts'

function doubtsAt(learningRate: number): readonly string[] {
  const { config } = checkConfig('causal-pima', { training: { learningRate } })
  return settingsOf('causal-pima').doubts?.(config) ?? []
}

it('doubts a learning rate with which networks do not settle, and no usual one', () => {
  expect(doubtsAt(0.9)).toEqual([expect.stringContaining('900 times the usual 0.001')])
  expect(doubtsAt(0.001)).toEqual([])
  expect(doubtsAt(0.01)).toEqual([])
})
