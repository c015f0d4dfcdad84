import { describe, expect, it } from 'vitest'
import {
  type Edge,
  type EndMark,
  isBidirected,
  isDirected,
  isOpen,
  shareAgreeing,
  shareJoined,
  shown,
  turned,
} from '../../../../src-shared/graph/edge.ts'
import { edgeSigns, edgeText, edgeWords } from '../../../../src-shared/graph/edge-words.ts'

const ends = (fromMark: EndMark, toMark: EndMark) => ({ from: 'A', to: 'B', fromMark, toMark })

const edge: Edge = {
  from: 0,
  to: 1,
  fromMark: 'tail',
  toMark: 'arrow',
  strength: 0.9,
  support: { posterior: null, replicates: null, restarts: { forward: 0.5, backward: 0.25, of: 8 } },
  standing: 'supported',
}

describe('an edge', () => {
  it.each([
    ['tail', 'arrow', 'A --> B', 'A → B', 'A drives B'],
    ['tail', 'tail', 'A --- B', 'A — B', 'A and B are linked, direction open'],
    ['circle', 'arrow', 'A o-> B', 'A ∘→ B', 'B does not drive A: A or an unmeasured cause does drive it'],
    ['circle', 'circle', 'A o-o B', 'A ∘—∘ B', 'A and B are linked, direction open'],
    ['arrow', 'arrow', 'A <-> B', 'A ↔ B', 'an unmeasured cause acts on A and B'],
    ['arrow', 'tail', 'A <-- B', 'A ← B', 'B drives A'],
  ] as const)('with %s and %s is written %s', (fromMark, toMark, text, signs, words) => {
    expect(edgeText(ends(fromMark, toMark))).toBe(text)
    expect(edgeSigns(ends(fromMark, toMark))).toBe(signs)
    expect(edgeWords(ends(fromMark, toMark))).toBe(words)
  })

  it('is directed, bidirected or open by its marks, and the same told from its other end', () => {
    expect([isDirected(edge), isBidirected(edge), isOpen(edge)]).toEqual([true, false, false])
    expect(isOpen(ends('circle', 'tail'))).toBe(true)
    expect(isBidirected(ends('arrow', 'arrow'))).toBe(true)
    expect(edgeText(turned(ends('circle', 'arrow')))).toBe('B <-o A')
  })

  it('is counted in either direction where its own is open', () => {
    expect(shareAgreeing(edge)).toBe(0.5)
    expect(shareAgreeing({ ...edge, toMark: 'tail' })).toBe(0.75)
    expect(shareJoined({ support: { posterior: null, replicates: null, restarts: null } })).toBeNull()
  })

  it('is shown without a head where it is not supported', () => {
    expect(isDirected(shown(edge))).toBe(true)
    expect(isOpen(shown({ ...edge, standing: 'unsupported' }))).toBe(true)
  })
})
