import { describe, expect, it } from 'vitest'
import { type Knowledge, nothingKnown } from '../../../../src-shared/knowledge/knowledge.ts'
import { knowledgeMisfits, knowledgeProblems } from '../../../../src-shared/knowledge/problems.ts'

const nodes = ['hue', 'radius', 'shift']
const messages = (knowledge: Partial<Knowledge>): string[] =>
  knowledgeProblems({ ...nothingKnown, ...knowledge }, nodes).map(({ message }) => message)

describe('what is known', () => {
  it('may be anything that agrees with itself', () => {
    const tiers = [
      { nodes: ['hue'], closed: false },
      { nodes: ['radius', 'shift'], closed: true },
    ]
    expect(messages({ tiers, required: [['hue', 'shift']], forbidden: [['hue', 'radius']] })).toEqual([])
  })

  it('is refused where it contradicts itself, the pair or the circle named', () => {
    expect(
      messages({
        required: [
          ['hue', 'radius'],
          ['radius', 'shift'],
          ['shift', 'hue'],
        ],
      }),
    ).toEqual(['The required edges run in a circle: hue → radius → shift → hue.'])
    expect(messages({ required: [['hue', 'shift']], forbidden: [['hue', 'shift']] })).toEqual([
      'hue → shift is both required and forbidden.',
    ])
    const tiers = [
      { nodes: ['hue'], closed: false },
      { nodes: ['radius', 'shift'], closed: true },
    ]
    expect(messages({ tiers, required: [['shift', 'hue']] })).toEqual([
      'shift → hue is required, but shift is in tier 2, after hue in tier 1.',
    ])
    expect(messages({ tiers, required: [['shift', 'radius']] })).toEqual([
      'shift → radius is required, but tier 2 has both and no edges within it.',
    ])
    expect(messages({ tiers: [...tiers, { nodes: ['hue'], closed: false }] })).toEqual([
      'hue is listed twice in the tiers.',
    ])
    expect(messages({ forbidden: [['hue', 'hue']] })).toEqual(['An edge from hue to itself is forbidden.'])
  })

  it('names nodes that there are, the nearest one suggested', () => {
    expect(messages({ required: [['Hue', 'shift']] })).toEqual([
      'What is known speaks of "Hue", and no node is called that (did you mean "hue"?).',
    ])
  })

  it('fits the data: modalities that are used, a column of names of nodes', () => {
    const anchored = [
      { name: 'hue', anchor: null },
      { name: 'N2', anchor: 'radius' },
    ]
    const metadata = [
      { column: 'set', kind: 'category' as const, categories: ['hue', 'hue+radius', 'none'], missing: 3 },
      { column: 'other', kind: 'category' as const, categories: ['hue', 'shft'], missing: 0 },
      { column: 'mass', kind: 'number' as const, missing: 0 },
    ]
    const misfits = (knowledge: Partial<Knowledge>): string[] =>
      knowledgeMisfits({ ...nothingKnown, ...knowledge }, anchored, ['image'], { metadata }).map(
        ({ message }) => message,
      )
    expect(misfits({ intervened: 'set', scopes: [{ node: 'hue', modalities: ['image'] }] })).toEqual([])
    expect(misfits({ intervened: 'other' })).toEqual([
      'The column "other" says that "shft" was set, and no node is called that.',
    ])
    expect(misfits({ intervened: 'mass' })[0]).toContain('holds numbers')
    expect(misfits({ intervened: 'sett' })[0]).toContain('no column "sett"')
    expect(misfits({ scopes: [{ node: 'hue', modalities: ['curve'] }] })).toEqual([
      'hue is said to act on "curve", which the run does not use.',
    ])
  })
})
