import { describe, expect, it } from 'vitest'
import { searchAssignment } from '../../../../../src-main/models/causal-pima/naming/assignment.ts'
import { canonicalOrder } from '../../../../../src-main/models/causal-pima/naming/assignment-symmetry.ts'
import { componentLooks } from '../../../../../src-main/models/causal-pima/naming/component-looks.ts'
import { namingCriteria } from '../../../../../src-main/models/causal-pima/naming/naming-criteria.ts'
import { namingEvidenceOf } from '../../../../../src-main/models/causal-pima/naming/naming-evidence.ts'
import { outcomeTable } from '../../../../../src-main/models/causal-pima/outcomes.ts'
import { whole } from '../../../../../src-main/statistics/piecewise.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

const samples = 320

/** One modality: cluster means [C][width], noise of standard deviation `noise` on each of 40 samples a cluster. */
function looksOf(means: readonly (readonly number[])[], noise: number, seed: number) {
  const random = RandomStream.of(seed, 'looks')
  const memberships = new Float32Array(samples * means.length)
  const data: number[] = []
  for (let d = 0; d < samples; d++) {
    const a = d % means.length
    memberships[d * means.length + a] = 1
    for (const mean of means[a]!) data.push(mean + noise * random.normal())
  }
  return componentLooks(memberships, means.length, data, new Uint8Array(samples).fill(1))
}

function named(looks: readonly ReturnType<typeof looksOf>[], categories: readonly number[]) {
  const random = RandomStream.of(7, 'naming')
  const criteria = namingCriteria(looks, categories)
  const assignment = whole(searchAssignment(criteria, categories, { restarts: 10 }, random))
  const names = looks.map((_, m) => `m${m}`)
  return { assignment, evidence: whole(namingEvidenceOf(assignment, looks, names, categories, undefined, random)) }
}

/** Each node shows on values of its own. */
const product = (categories: readonly number[]): number[][] =>
  outcomeTable(categories).map((outcome) => Array.from(outcome).flatMap((k, l) => [k * (1 + l / 2), -k, 0]))

const truth = (categories: readonly number[]): number[] =>
  canonicalOrder(
    outcomeTable(categories).map((_, a) => a),
    categories,
  )

/** Points at random, by no rule. */
const scattered = (components: number, width: number, seed: number): number[][] => {
  const random = RandomStream.of(seed, 'scattered')
  return Array.from({ length: components }, () => Array.from({ length: width }, () => random.normal()))
}

describe('evidence of a naming', () => {
  it.each([[[2, 2, 2]], [[3, 3]]])('decides for nodes %j that each act by themselves', (categories) => {
    const { assignment, evidence } = named([looksOf(product(categories), 0.1, 1)], categories)
    expect(assignment.chosen.order).toEqual(truth(categories))
    expect(evidence).toMatchObject({ measuresAgree: true, decided: true })
    expect(evidence.nullP).toBeLessThan(0.05)
    expect(evidence.votes).toMatchObject([{ modality: 'm0', counted: true, agrees: true }])
  })

  it('does not decide for clusters without structure', () => {
    const pValues = Array.from({ length: 12 }, (_, seed) => {
      const { evidence } = named([looksOf(scattered(8, 3 + seed, seed), 0.05, seed)], [2, 2, 2])
      return [evidence.nullP!, evidence.decided] as const
    })
    expect(pValues.filter(([p]) => p <= 0.05).length).toBeLessThanOrEqual(2)
    expect(pValues.filter(([, decided]) => decided).length).toBeLessThanOrEqual(1)
    expect(pValues.filter(([p]) => p > 0.2).length).toBeGreaterThanOrEqual(6)
  })

  it('does not decide where the clusters are the pieces of a line, which any number of nodes could have placed', () => {
    const line = Array.from({ length: 8 }, (_, c) => [c, -2 * c, 0.5 * c, 0])
    const { evidence } = named([looksOf(line, 0.3, 1)], [2, 2, 2])
    expect(evidence).toMatchObject({ distinct: false, decided: false })
    expect(named([looksOf(product([2, 2, 2]), 0.3, 1)], [2, 2, 2]).evidence.distinct).toBe(true)
  })

  it('lets a modality without any difference between clusters neither vote nor spoil the names', () => {
    const noise = looksOf(
      Array.from({ length: 8 }, () => new Array<number>(60).fill(0)),
      1,
      3,
    )
    const { assignment, evidence } = named([noise, looksOf(product([2, 2, 2]), 0.2, 2)], [2, 2, 2])
    expect(assignment.chosen.order).toEqual(truth([2, 2, 2]))
    expect(evidence.decided).toBe(true)
    expect(evidence.votes).toMatchObject([
      { counted: false, residual: null, agrees: null },
      { counted: true, agrees: true },
    ])
    expect(evidence.votes[0]!.noiseShare).toBeGreaterThan(0.7)
  })

  it('has nothing to go by where no modality has a vote', () => {
    const noise = looksOf(
      Array.from({ length: 8 }, () => [0, 0, 0]),
      1,
      5,
    )
    expect(named([noise], [2, 2, 2]).evidence).toMatchObject({ nullP: null, decided: false })
  })

  it('keeps every reading within a tenth, and five in any case', () => {
    const close = named([looksOf(scattered(8, 20, 4), 0.01, 4)], [2, 2, 2]).assignment
    const limit = 1.1 * close.chosen.residual
    expect(close.rivals.length).toBeGreaterThan(5)
    expect(close.rivals.filter(({ residual }) => residual > limit)).toEqual([])
    const clear = named([looksOf(product([2, 2, 2]), 0.05, 1)], [2, 2, 2]).assignment
    expect(clear.rivals).toHaveLength(5)
  })
})
