import { describe, expect, it } from 'vitest'
import { bestReading, type Reading } from '../../../../../src-main/models/causal-pima/mixture/readings.ts'

const reading = (gap: number, cost: number, guides = false, structured = guides): Reading => ({
  memberships: new Float32Array(0),
  assignment: null,
  gap,
  blur: 0,
  cost,
  misfit: null,
  description: '',
  guides,
  structured,
  completed: false,
})

describe('of several readings, the one taken', () => {
  it('is the cheapest of the clear ones, and the clearest of those that cost as little', () => {
    const [unclear, dear, cheap, clearer] = [reading(1.2, 0.2), reading(4, 0.7), reading(3, 0.5), reading(3.5, 0.505)]
    expect(bestReading([unclear, dear, cheap])).toBe(cheap)
    expect(bestReading([unclear, dear, cheap, clearer])).toBe(clearer)
  })

  it('is a clear one of modalities alone where the fused latent has none', () => {
    const [fused, alone, vaguer] = [reading(1.3, 0.4), reading(2.3, 0.7, true), reading(1.4, 0.3, true)]
    expect(bestReading([fused, vaguer, alone])).toBe(alone)
  })

  it('is a clear one of modalities alone rather than an unclear one that is sharper and cheaper', () => {
    const [fused, alone] = [reading(1.3, 0.5), { ...reading(2, 0.6, true, false), blur: 0.03 }]
    expect(bestReading([fused, alone])).toBe(alone)
  })

  it('agrees with what modalities alone show where a clear one does', () => {
    const [cheap, agreeing, alone] = [reading(3, 0.4), reading(3.5, 0.5, false, true), reading(2.5, 0.6, true)]
    expect(bestReading([alone, cheap, agreeing])).toBe(agreeing)
    expect(bestReading([alone, cheap])).toBe(alone)
  })

  it('need not agree with what modalities alone show by clusters that cut through samples', () => {
    const [cheap, agreeing] = [reading(3, 0.4), { ...reading(3.5, 0.5, false, true), blur: 0.02 }]
    const alone = { ...reading(2.5, 0.6, true), blur: 0.02 }
    expect(bestReading([alone, cheap, agreeing])).toBe(cheap)
    expect(bestReading([alone, cheap, { ...agreeing, blur: 0.005 }])).toMatchObject({ blur: 0.005 })
  })

  it('cuts through nothing that modalities alone show of some nodes', () => {
    const completed = { ...reading(1.2, 0.6, true), completed: true, blur: 0.02 }
    const [cutting, within] = [{ ...reading(3, 0.3), blur: 0.02 }, reading(1.4, 0.5, false, true)]
    expect(bestReading([cutting, completed])).toBe(completed)
    expect(bestReading([cutting, within, completed])).toBe(within)
    expect(bestReading([cutting, { ...completed, structured: false }])).toBe(cutting)
    // Unless a reading of all together is clear and cuts through no sample.
    const sharp = { ...cutting, blur: 0.001 }
    expect(bestReading([sharp, completed])).toBe(sharp)
  })

  it('cuts through no samples where another does not, whatever its gap and cost', () => {
    const [sharp, blurred] = [
      { ...reading(1.3, 0.6), blur: 0.004 },
      { ...reading(4, 0.3), blur: 0.02 },
    ]
    expect(bestReading([blurred, sharp])).toBe(sharp)
  })

  it('is not judged by blur where clusters overlap whatever the reading', () => {
    const [sharper, clearer] = [
      { ...reading(1.3, 0.6), blur: 0.0098 },
      { ...reading(4, 0.3), blur: 0.05 },
    ]
    expect(bestReading([clearer, sharper])).toBe(clearer)
  })

  it('is judged by cost where none is clear', () => {
    expect(bestReading([reading(1.3, 0.6), reading(1.4, 0.5, true)]).cost).toBe(0.5)
  })
})
