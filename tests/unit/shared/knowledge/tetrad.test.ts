import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Knowledge, nothingKnown } from '../../../../src-shared/knowledge/knowledge.ts'
import { isTetrad, knowledgeFromTetrad, knowledgeToTetrad } from '../../../../src-shared/knowledge/tetrad.ts'

const names = ['hue', 'radius', 'yield point', 'N1', '//note', 'requiredirectly']
const arc = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names))
const knowledge = fc.record({
  forbidden: fc.array(arc, { maxLength: 4 }),
  required: fc.array(arc, { maxLength: 4 }),
  tiers: fc.array(
    fc.record({ nodes: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }), closed: fc.boolean() }),
    { maxLength: 3 },
  ),
  scopes: fc.constant([]),
  intervened: fc.constant(null),
})

describe("Tetrad's knowledge text", () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(knowledge, (written: Knowledge) => {
        const text = knowledgeToTetrad(written)
        expect(isTetrad(text)).toBe(true)
        expect(knowledgeFromTetrad(text, 'k.txt')).toEqual(written)
      }),
    )
  })

  it('says of names with spaces as single edges what their tiers say, for Tetrad reads other names there', () => {
    const tiers = [
      { nodes: ['hue', 'yield point'], closed: true },
      { nodes: ['N1', 'radius'], closed: false },
    ]
    const text = knowledgeToTetrad({ ...nothingKnown, tiers, required: [['hue', 'N1']] })
    expect(text.split('\n').slice(5)).toEqual([
      'forbiddirect',
      expect.stringMatching(/^\/\/ /),
      'hue "yield point"',
      '"yield point" hue',
      'N1 "yield point"',
      'radius "yield point"',
      '',
      'requiredirect',
      'hue N1',
      '',
    ])
  })

  it('is read with groups, comments, gaps between tiers and without its first line', () => {
    const text = [
      '// from Tetrad',
      'addtemporal',
      '1 hue',
      '4* radius N1',
      'forbiddengroup',
      'radius N1',
      'hue',
      'requiredirect',
      'hue N1',
    ].join('\r\n')
    expect(isTetrad(text)).toBe(true)
    expect(knowledgeFromTetrad(text, 'k.txt')).toMatchObject({
      tiers: [
        { nodes: ['hue'], closed: false },
        { nodes: ['radius', 'N1'], closed: true },
      ],
      forbidden: [
        ['radius', 'hue'],
        ['N1', 'hue'],
      ],
      required: [['hue', 'N1']],
    })
  })

  it.each([
    ['/knowledge\nrequiredirect\nhue', 'k.txt, line 3: an edge has two names'],
    ['/knowledge\naddtemporal\nhue 1', 'k.txt, line 3: "hue" is not the number of a tier'],
    ['/knowledge\nhue radius', 'k.txt, line 2: "hue radius" stands before any section'],
    ['/knowledge\nforbiddengroup\nhue', 'k.txt, line 3: a group has'],
  ])('that cannot be read is refused by its line: %j', (text, message) => {
    expect(() => knowledgeFromTetrad(text, 'k.txt')).toThrow(message)
  })
})
