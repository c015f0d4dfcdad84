import { describe, expect, it } from 'vitest'
import { causalPimaConfigSchema } from '../../../../src-shared/methods/causal-pima/config.ts'
import { configKeys } from '../../../../src-shared/config/parse.ts'
import { beside, named, settingLabel } from '../../../../src-renderer/words/setting-words.ts'

describe('settingLabel', () => {
  it('has a name for every setting that there is', () => {
    expect(causalPimaConfigSchema.type).toBe('strict_object')
    expect(configKeys('causal-pima').filter((key) => settingLabel(key) === key)).toEqual([])
  })

  it('calls a setting as its method does, where several have one at the same place', () => {
    expect(settingLabel('training.epochs', 'causal-pima')).toBe('Joint training')
    expect(settingLabel('training.epochs', 'causal-complete')).toBe('Epochs')
    expect(settingLabel('training.epochs')).toBe('Joint training')
  })

  it('names a node and its part as people count', () => {
    expect(settingLabel('nodes.1.categories')).toBe('Node 2, categories')
  })
})

describe('a problem', () => {
  const message = 'The setting "nodes.1.categories" must be at least 2; it is 1.'

  it('beside its field does not repeat the name', () => {
    expect(beside(message)).toBe('Must be at least 2; it is 1.')
    expect(beside('Two nodes are called "A".')).toBe('Two nodes are called "A".')
  })

  it('away from its field is called as the window calls it', () => {
    expect(named('nodes.1.categories', message)).toBe('Node 2, categories must be at least 2; it is 1.')
  })
})
