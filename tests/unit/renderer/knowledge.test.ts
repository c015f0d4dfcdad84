import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  actsOn,
  inTier,
  orderedOf,
  ruleAfter,
  ruleOf,
  tierOf,
  withClosed,
  withRule,
  withScope,
} from '../../../src-renderer/knowledge/edit.ts'
import { type Knowledge, nothingKnown } from '../../../src-shared/knowledge/knowledge.ts'

const nodes = ['a', 'b', 'c'] as const
const node = fc.constantFrom(...nodes)
const rule = fc.constantFrom('free' as const, 'forbidden' as const, 'required' as const)
const step = fc.oneof(
  fc.tuple(node, node, rule).map(
    ([from, to, next]) =>
      (known: Knowledge) =>
        withRule(known, from, to, next),
  ),
  fc.tuple(node, fc.integer({ min: -1, max: 3 })).map(
    ([one, tier]) =>
      (known: Knowledge) =>
        inTier(known, one, tier),
  ),
)

describe('writing what is known', () => {
  it('leaves one rule an edge and one tier a node, and no empty tier at the end, whatever was pressed before', () => {
    fc.assert(
      fc.property(fc.array(step), fc.tuple(node, node, rule), fc.integer({ min: -1, max: 3 }), (before, last, tier) => {
        const [from, to, next] = last
        const known = inTier(
          withRule(
            before.reduce((now, press) => press(now), nothingKnown),
            from,
            to,
            next,
          ),
          to,
          tier,
        )
        expect(ruleOf(known, from, to)).toBe(next)
        expect(tierOf(known, to)).toBe(tier)
        expect(known.tiers.at(-1)?.nodes).not.toEqual([])
        for (const one of nodes) expect(known.tiers.filter((of) => of.nodes.includes(one)).length).toBeLessThan(2)
        const arcs = [...known.forbidden, ...known.required].map((arc) => arc.join())
        expect(new Set(arcs).size).toBe(arcs.length)
      }),
    )
  })

  it('comes back to free when a cell is pressed three times', () => {
    expect(ruleAfter[ruleAfter[ruleAfter.free]]).toBe('free')
  })

  it('has no scope for a node that acts on all, or on nothing', () => {
    const scoped = withScope(nothingKnown, ['curve', 'image'], 'a', 'image', false)
    expect(scoped.scopes).toEqual([{ node: 'a', modalities: ['curve'] }])
    expect(actsOn(scoped, 'a', 'image')).toBe(false)
    expect(withScope(scoped, ['curve', 'image'], 'a', 'image', true).scopes).toEqual([])
    expect(withScope(scoped, ['curve', 'image'], 'a', 'curve', false).scopes).toEqual([])
  })

  it('knows the nodes of whose order the tiers say something', () => {
    const known = inTier(inTier(inTier(nothingKnown, 'a', 0), 'b', 0), 'c', 1)
    expect(orderedOf(known, [['a', 'c']])).toEqual(['a', 'c'])
    expect(orderedOf(known, [['a', 'b']])).toEqual([])
    expect(orderedOf(withClosed(known, 0, true), [['a', 'b']])).toEqual(['a', 'b'])
    expect(orderedOf(inTier(known, 'c', -1), [['a', 'c']])).toEqual([])
  })
})
