import { describe, expect, it } from 'vitest'
import {
  ComponentSums,
  EvidencePass,
  type Mixture,
  type Posteriors,
  reseedComponent,
  updateComponents,
} from '../../../../../src-main/models/causal-pima/mixture/components.ts'

const mixture: Mixture = {
  components: 2,
  latent: 1,
  mean: Float64Array.of(-1, 1),
  variance: Float64Array.of(1, 1),
}

function posteriors(...means: number[]): Posteriors {
  return {
    rows: means.length,
    latent: 1,
    mean: Float32Array.from(means),
    logVar: new Float32Array(means.length).fill(-8),
  }
}

describe('closed-form component updates', () => {
  it('shares a sample halfway between two components equally, and follows the prior otherwise', () => {
    const pass = new EvidencePass(mixture)
    const gamma = new Float64Array(2)
    pass.responsibilities(posteriors(0), 0, Float64Array.of(Math.log(0.5), Math.log(0.5)), gamma)
    expect(gamma[0]).toBeCloseTo(0.5, 12)
    pass.responsibilities(posteriors(0), 0, Float64Array.of(Math.log(0.9), Math.log(0.1)), gamma)
    expect(gamma[0]).toBeCloseTo(0.9, 12)
  })

  it('moves a component to the weighted mean of its samples, by the damping', () => {
    const sums = new ComponentSums(2, 1)
    const samples = posteriors(-3, -1, 5)
    sums.add(samples, 0, [1, 0])
    sums.add(samples, 1, [1, 0])
    sums.add(samples, 2, [0, 1])
    const full = updateComponents(mixture, sums, { damping: 1, varianceFloor: 1e-4, minimumShare: 0 })
    expect([...full.mean]).toEqual([-2, 5])
    expect(full.variance[0]).toBeCloseTo(1 + Math.exp(-8), 6)
    const half = updateComponents(mixture, sums, { damping: 0.5, varianceFloor: 1e-4, minimumShare: 0 })
    expect([...half.mean]).toEqual([-1.5, 3])
  })

  it('passes over a nearly empty component and floors the variance', () => {
    const sums = new ComponentSums(2, 1)
    const samples = { ...posteriors(2, 2), logVar: new Float32Array(2).fill(-20) }
    sums.add(samples, 0, [0.9999, 0.0001])
    sums.add(samples, 1, [1, 0])
    const updated = updateComponents(mixture, sums, { damping: 1, varianceFloor: 1e-4, minimumShare: 1e-3 })
    expect(updated.mean[1]).toBe(1)
    expect(updated.variance[0]).toBe(1e-4)
  })

  it('re-seeds an empty component from the widest', () => {
    const wide: Mixture = {
      components: 3,
      latent: 1,
      mean: Float64Array.of(0, 8, 50),
      variance: Float64Array.of(4, 1, 1),
    }
    const { mixture: split, from } = reseedComponent(wide, 2, Float64Array.of(10, 10, 0))
    expect(from).toBe(0)
    expect([...split.mean]).toEqual([-1, 8, 1])
    expect([...split.variance]).toEqual([4, 1, 4])
  })
})
