import { describe, expect, it } from 'vitest'
import type { Epoch } from '../../../../src-renderer/state/histories.svelte.ts'
import { endOf, endWords, resultEpoch } from '../../../../src-renderer/views/training/run-end.ts'

const higher = { better: 'higher' } as const

/** Pre-training, then a joint phase with these validation scores. */
function course(...scores: number[]): Epoch[] {
  const one = { step: 0, seconds: 0, terms: {}, figures: {}, edges: null, score: 0 }
  const pretrain = [900, 901].map((validationScore, epoch) => ({ ...one, epoch, phase: 'pretrain', validationScore }))
  return [
    ...pretrain,
    ...scores.map((validationScore, i) => ({ ...one, epoch: i + 2, phase: 'joint', validationScore })),
  ]
}

describe('how a training ended', () => {
  it('is still rising where the last quarter gained more than noise', () => {
    const end = endOf(course(0, 10, 20, 30, 40, 50, 60, 70), higher)
    expect(end).toEqual({ best: 10, epochs: 8, course: 'rising', by: 20 })
    expect(endWords({ method: 'causal-pima' }, end!)).toBe(
      'Not converged: the ELBO was still rising, by 20.0 nats in the last quarter of 8 epochs.',
    )
  })

  it('has fallen where it ends well below its best epoch', () => {
    const end = endOf(course(0, 50, 100, 90, 60), higher)
    expect(end).toEqual({ best: 5, epochs: 5, course: 'fallen', by: 40 })
    expect(endWords({ method: 'causal-pima' }, end!)).toContain('since epoch 5')
  })

  it('rests where the score levels off', () => {
    const end = endOf(course(0, 60, 90, 99, 100, 100.2, 100.1, 100.3), higher)
    expect(end?.course).toBe('rest')
    expect(endWords({ method: 'causal-pima' }, end!)).toBe('')
  })

  it('judges a score that should fall by its fall', () => {
    expect(endOf(course(9, 7, 5, 3), { better: 'lower' })?.course).toBe('rising')
  })

  it('says nothing of a phase of one epoch', () => {
    expect(endOf(course(5), higher)).toBeNull()
  })

  it('names the epoch whose model the result is', () => {
    const end = endOf(course(0, 50, 100, 90, 60), higher)
    expect(resultEpoch({ method: 'causal-pima', epoch: 7 }, end)).toBe('epoch 5 of 7')
    expect(resultEpoch({ method: 'partial-causal', epoch: 7 }, end)).toBe('epoch 7 of 7')
  })
})
