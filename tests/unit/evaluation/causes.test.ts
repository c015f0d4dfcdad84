import { describe, expect, it } from 'vitest'
import { makeSynthetic } from '../../../src-main/datasets/synthetic/registry.ts'
import { truthOf } from '../../../src-main/datasets/synthetic/truth-of.ts'
import { parseTruth } from '../../../src-main/datasets/truth.ts'
import { evaluateCauses } from '../../../src-main/evaluation/causes.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const set = await makeSynthetic('mmlsyn', { samples: 1200, seed: 2, degree: 0.6 })
const content = JSON.parse(JSON.stringify(truthOf(set))) as Record<string, unknown>
const truth = parseTruth(content, 'truth.json')
const sn = set.ids.map((id) => [truth.factors.get(id)![0]!])
const byName = (code: number[][]) => {
  const found = evaluateCauses(code, set.ids, truth)!
  return { ...found, of: new Map(found.list.map((cause) => [cause.name, cause])) }
}

describe('a representation against the causes of a label', () => {
  it('is at the ceiling of every cause where it is the sufficient and necessary one, and tells nothing beyond it', () => {
    const { given, rows, samples, list, of } = byName(sn)
    expect([given, rows, samples]).toEqual(['sn', 'test', 200])
    expect(list.map(({ name }) => name)).toEqual(['sn', 'sf', 'nc', 'sp', 'nc_first', 'nc_second', 'nc_third'])
    for (const cause of list) {
      expect(cause.dCor).toBeCloseTo(cause.ceiling, 12)
      expect(cause.dCorUnbiasedSquared).toBeCloseTo(cause.ceilingUnbiasedSquared!, 12)
      expect(cause.partial).toBe(cause.name === 'sn' ? null : 0)
    }
    expect(of.get('sn')!.ceiling).toBeCloseTo(1, 12)
    // 0.9045 in the population, and the necessary cause of the last table alike.
    for (const name of ['sf', 'nc_third']) expect(Math.abs(of.get(name)!.ceiling - 0.9045)).toBeLessThan(0.06)
  })

  it('has a partial dependence on the spurious cause only where it holds that cause', () => {
    const random = RandomStream.of(4, 'causes test')
    const noisy = sn.map(([cause]) => [cause! + 0.3 * random.normal(), 0.3 * random.normal()])
    expect(Math.abs(byName(noisy).of.get('sp')!.partial!)).toBeLessThan(0.1)
    expect(byName(noisy).of.get('sp')!.dCor).toBeGreaterThan(0.3)
    const spurious = set.ids.map((id, i) => [sn[i]![0]!, ...truth.latents.get(id)!])
    expect(byName(spurious).of.get('sp')!.partial).toBeGreaterThan(0.5)
  })

  it('takes the samples whose labels a run kept from learning, whatever the truth sets apart', () => {
    const kept = evaluateCauses(sn, set.ids, truth, (at) => at % 5 === 0)
    expect(kept).toMatchObject({ rows: 'kept', samples: 240 })
    expect(evaluateCauses(sn, set.ids, truth, () => false)).toMatchObject({ rows: 'all' })
  })

  it('takes all samples where none is set apart, leaves out those whose causes are not all known, and is null without causes', () => {
    const [first] = set.ids
    const { latents, causes } = content as { latents: { values: Record<string, number[]> }; causes: object }
    const { [first!]: gone, ...values } = latents.values
    expect(gone).toHaveLength(5)
    const partly = { ...content, latents: { ...latents, values }, causes: { ...causes, test: [] } }
    expect(evaluateCauses(sn, set.ids, parseTruth(partly, 't'))).toMatchObject({ rows: 'all', samples: 1000 })
    expect(evaluateCauses(sn.slice(0, 9), set.ids.slice(0, 9), parseTruth(partly, 't'))).toMatchObject({ samples: 8 })
    expect(evaluateCauses(sn.slice(0, 4), set.ids.slice(0, 4), parseTruth(partly, 't'))).toBeNull()
    expect(evaluateCauses(sn, set.ids, parseTruth({ ...content, causes: undefined }, 't'))).toBeNull()
  })

  it('counts a node of several categories by which it is, not by its number', () => {
    const ids = Array.from({ length: 60 }, (_, i) => `s${i}`)
    const kinds = {
      nodes: [{ name: 'kind', categories: ['a', 'b', 'c'] }],
      edges: [],
      factors: Object.fromEntries(ids.map((id, i) => [id, [i % 3]])),
      causes: { given: 'kind', list: [{ name: 'kind', of: ['kind'] }] },
    }
    const code = ids.map((_, i) => [0, 1, 2].map((k) => Number(i % 3 === k)))
    expect(evaluateCauses(code, ids, parseTruth(kinds, 't'))!.list[0]!.dCor).toBeCloseTo(1, 12)
  })
})
