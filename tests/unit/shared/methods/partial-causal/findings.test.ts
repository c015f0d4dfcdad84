import { describe, expect, it } from 'vitest'
import type { ComponentJudgement, ComponentReturn } from '../../../../../src-shared/domain/component-judgement.ts'
import { findings, sharedWords } from '../../../../../src-shared/methods/partial-causal/findings.ts'
import type { PartialCausalBody } from '../../../../../src-shared/methods/partial-causal/result.ts'

const modality = (name: string): PartialCausalBody['modalities'][number] => ({
  ...{ modality: name, samples: 900, iterations: 9, lastChange: 1e-6, converged: true },
  ...{ uniformity: 0.04, uniformityByChance: 0.04, dependence: 0.03, kurtosis: [-1.2, -1.1, -1.2] },
})
const component = (name: string, strength: number): PartialCausalBody['components'][number] => ({
  ...{ name, strength, coupling: [strength], low: ['a'], high: ['b'] },
})
const body: PartialCausalBody = {
  ...{ geometry: 'box', profile: 'paper', temperature: 0.1, temperatureLearnt: false, batchSize: 256 },
  ...{ fitted: 800, measured: 100, heldOut: true, unmixing: 'PCA and FastICA', notes: [] },
  modalities: [modality('x'), modality('t')],
  pairs: [{ first: 'x', second: 't', loss: 4, information: 1.5, linearR2: 0.8, collapsed: false }],
  privates: [],
  components: [component('C1', 0.95), component('C2', 0.8), component('C3', 0.4)],
}

const returning = (mean: number, standing: ComponentReturn['standing'], coupling = 0.9): ComponentReturn => ({
  replicability: { mean, interval: [mean - 0.02, mean + 0.02] },
  coupling: { mean: coupling, interval: [coupling - 0.05, coupling + 0.05] },
  standing,
})
const judged = (...components: ComponentReturn[]): ComponentJudgement => ({
  ...{ replicates: 4, planned: 4, components, privates: [] },
  mcc: { mean: 0.8, interval: [0.7, 0.9] },
  space: { mean: 0.9, interval: [0.85, 0.95] },
})
const told = (components: ComponentJudgement | null, own = body, names?: string[]) =>
  findings(own, {
    judgement: null,
    components,
    warnings: [],
    ...(names === undefined ? {} : { names: { components: names } }),
  })
const words = (found: ReturnType<typeof told>): string => found.details.map(({ text }) => text).join(' ')

describe('the finding of a partial causal run', () => {
  it('is provisional until replicates ran', () => {
    const found = told(null)
    expect(found.provisional).toBe(true)
    expect(found.headline).toBe(
      'Provisional: x and t share at least 1.50 nats; in this training 2 of 3 components are coupled (correlation C1 0.95, C2 0.80), in no stated direction; no replicate has tested yet which return.',
    )
  })

  it('states the components that return, by the names that people gave, and is careful with the others', () => {
    const some = judged(returning(0.97, 'supported'), returning(0.7, 'tentative'), returning(0.2, 'unsupported', 0.05))
    const found = told(some, body, ['Width', 'C2', 'C3'])
    expect(found.provisional).toBe(false)
    expect(found.headline).toBe(
      'x and t share at least 1.50 nats; 1 of 3 components is supported (correlation Width 0.95), in no stated direction.',
    )
    expect(words(found)).toMatch(/agree on C2 by 0\.70 \(0\.68 to 0\.72\) and C3 by 0\.20/)
    expect(words(found)).toMatch(/on Width by 0\.97/)
    expect(words(found)).toMatch(/tell C3 alike by 0\.05 .*hardly/)
    expect(words(found)).toMatch(/by 0\.80 \(0\.70 to 0\.90\) \(MCC\)/)
  })

  it('says that no single component is supported where none returns', () => {
    const none = judged(returning(0.7, 'tentative'), returning(0.6, 'tentative'), returning(0.2, 'unsupported'))
    expect(told(none).headline).toBe(
      'x and t share at least 1.50 nats, but no single component is supported: C1 and C2 return only in part in other parts of the samples.',
    )
  })

  it('says that nothing is shared where no coupling returns', () => {
    const none = judged(...[1, 2, 3].map(() => returning(0.3, 'unsupported', 0)))
    const little = { ...body, pairs: body.pairs.map((pair) => ({ ...pair, information: 0.02 })) }
    expect(told(none, little).headline).toBe('No sign that x and t share anything beyond chance.')
    expect(told(none).headline).toMatch(/no component found in one part of the samples is coupled in another/)
  })

  it('says what each varies in alone, in the headline where nothing single is shared', () => {
    const alone = (name: string, halves: number): PartialCausalBody['privates'][number][number] => ({
      ...{ name, explained: 0.4, halves, kurtosis: -1, low: ['a'], high: ['b'] },
    })
    const own = { ...body, privates: [[alone('x P1', 0.99), alone('x P2', 0.7)], []] }
    const none = judged(...[1, 2, 3].map(() => returning(0.3, 'unsupported', 0)))
    const privates = [[returning(0.98, 'supported'), returning(0.97, 'tentative')]]
    const found = told({ ...none, privates }, own)
    expect(found.headline).toMatch(/What returns varies in one measurement alone: x P1\.$/)
    expect(words(found)).toMatch(
      /Components of x alone, .*: x P1 \(40 % of its variance\) and x P2 .* these return: x P1 by 0\.98/,
    )
    expect(words(found)).toMatch(/Halves of the samples that share none lay x P2 alike by 0\.70 only/)
  })

  it('says how many replicates are still missing', () => {
    const all = judged(...[1, 2, 3].map(() => returning(0.97, 'supported')))
    expect(words(told({ ...all, planned: 6 }))).toMatch(/Only 4 of 6 replicates are done/)
  })

  it('takes no correlation for a coupling that chance may make of the few samples kept aside', () => {
    const few = { ...body, measured: 16 }
    expect(told(null, { ...few, components: [component('C1', 0.7), component('C2', 0.8)] }).headline).toMatch(
      /1 of 2 components is coupled \(correlation C2 0\.80\)/,
    )
  })

  it('takes a bound of nothing neither for something shared nor for nothing shared', () => {
    expect(sharedWords('x and t', 0.004)).toBe('x and t share at least 0.00 nats, which shows nothing')
    expect(sharedWords('x and t', 0.006)).toBe('x and t share at least 0.01 nats')
    const none = { ...body, pairs: body.pairs.map((pair) => ({ ...pair, information: 0 })) }
    expect(words(told(null, none))).toMatch(/x and t share at least 0\.00 nats, which shows nothing \(a lower bound/)
  })

  it('does not say that anything is shared where all samples were learnt from', () => {
    const learnt = { ...body, heldOut: false, measured: 30, fitted: 30 }
    expect(told(null, learnt).headline).toMatch(/^How much x and t share cannot be told, since none of the 30 samples/)
    expect(words(told(null, learnt))).toMatch(/told apart by 1\.50 nats: what they share and what was learnt by heart/)
    expect(words(told(null, learnt))).not.toMatch(/share at least/)
  })
})
