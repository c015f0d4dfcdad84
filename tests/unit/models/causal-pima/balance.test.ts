import { describe, expect, it } from 'vitest'
import { likelihoodWeights } from '../../../../src-main/models/causal-pima/balance.ts'

describe('balance of modalities', () => {
  const image = { shape: [28, 28, 3] }
  const curve = { shape: [48] }

  it('counts every modality as if all had equally many values', () => {
    const [first, second] = likelihoodWeights([image, curve], true)
    expect(first! * 28 * 28 * 3).toBeCloseTo(second! * 48, 9)
  })

  it('leaves a modality alone, and all of them where it is not wanted', () => {
    expect(likelihoodWeights([image], true)).toEqual([1])
    expect(likelihoodWeights([image, curve], false)).toEqual([1, 1])
  })
})
