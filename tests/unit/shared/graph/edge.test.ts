import { describe, expect, it } from 'vitest'
import {
  type Edge,
  type EndMark,
  isBidirected,
  isDirected,
  isOpen,
  probabilityJoined,
  probabilityStated,
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
  support: { posterior: { joined: 0.75, forward: 0.5, backward: 0.25 }, replicates: null, restarts: null },
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
    expect(edgeWords(ends(fromMark, toMark), 'supported')).toBe(words)
  })

  it('is directed, bidirected or open by its marks, and the same told from its other end', () => {
    expect([isDirected(edge), isBidirected(edge), isOpen(edge)]).toEqual([true, false, false])
    expect(isOpen(ends('circle', 'tail'))).toBe(true)
    expect(isBidirected(ends('arrow', 'arrow'))).toBe(true)
    expect(edgeText(turned(ends('circle', 'arrow')))).toBe('B <-o A')
  })

  it('may drive, where it is not supported', () => {
    expect(edgeWords(ends('tail', 'arrow'), 'provisional')).toBe('A may drive B')
  })

  it('is as probable as what it says: in either direction where its own is open', () => {
    expect(probabilityStated(edge)).toBe(0.5)
    expect(probabilityStated({ ...edge, toMark: 'tail' })).toBe(0.75)
    expect(probabilityJoined({ support: { posterior: null, replicates: null, restarts: null } })).toBeNull()
  })

  it('is shown without a head where it is not supported', () => {
    expect(isDirected(shown(edge))).toBe(true)
    expect(isOpen(shown({ ...edge, standing: 'unsupported' }))).toBe(true)
  })
})
