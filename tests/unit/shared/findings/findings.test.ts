import { describe, expect, it } from 'vitest'
import type { CausalPimaBody } from '../../../../src-shared/methods/causal-pima/result.ts'
import type { LearnedGraph } from '../../../../src-shared/graph/learned-graph.ts'
import { findings } from '../../../../src-shared/findings/findings.ts'
import { type ExampleEvidence, type ExampleNode, exampleGraph, lattice } from '../graph-formats/example-graph.ts'

const uniform = (parents: number): number[][] => Array.from({ length: 2 ** parents }, () => [0.5, 0.5])

/** Binary nodes of the given names and edges. */
function binary(
  names: readonly string[],
  edges: readonly (readonly [number, number])[],
  evidence: ExampleEvidence = {},
  anchored = true,
): LearnedGraph {
  const nodes = names.map((name, l): ExampleNode => {
    const parents = edges.filter(([, to]) => to === l).map(([from]) => from)
    return {
      name,
      categories: ['0', '1'],
      parents,
      table: uniform(parents.length),
      ...(anchored ? { anchor: name } : {}),
    }
  })
  return exampleGraph(nodes, evidence)
}

const reading = (residual: number, order = [0, 1]): { order: number[]; residual: number } => ({ order, residual })

function about(
  graph: LearnedGraph,
  assignment: CausalPimaBody['assignment'] = null,
  components: CausalPimaBody['components'] = [],
): ReturnType<typeof findings> {
  return findings({ graph, assignment, components })
}

const texts = (found: ReturnType<typeof findings>, kind: string): string[] =>
  found.details.filter((finding) => finding.kind === kind).map((finding) => finding.text)

describe('the headline', () => {
  it('says what drives what and which direction stays open', () => {
    expect(about(lattice).headline).toBe(
      'Topology and Strut width drive Stiffness; the data do not fix the direction between Stiffness and Yield.',
    )
  })

  it('says that nothing depends on anything', () => {
    expect(about(binary(['a', 'b'], [])).headline).toBe(
      'No node depends on another: the data support a graph without edges.',
    )
  })

  it('claims no direction where all are reversible', () => {
    const one = binary(['hue', 'radius'], [[0, 1]], { open: [[0, 1]] })
    expect(about(one).headline).toBe('Hue and radius depend on each other; the data do not fix the direction.')
    const chain: [number, number][] = [
      [0, 1],
      [1, 2],
    ]
    expect(about(binary(['hue', 'radius', 'shift'], chain, { open: chain })).headline).toBe(
      'There are links between hue and radius and between radius and shift; the data fix none of their directions.',
    )
  })

  it('joins children of the same parents and parts others', () => {
    const graph = binary(
      ['A', 'B', 'C', 'D', 'E'],
      [
        [0, 2],
        [1, 2],
        [0, 3],
        [1, 3],
        [2, 4],
      ],
    )
    expect(about(graph).headline).toBe('A and B drive C and D; C drives E.')
  })

  it('keeps symbols in their case and takes new names', () => {
    expect(about(binary(['pH', 'n2'], [[0, 1]])).headline).toBe('pH drives n2.')
    expect(about(binary(['n1', 'n2'], [[0, 1]])).headline).toBe('n1 drives n2.')
    const renamed = findings(
      { graph: binary(['n1', 'n2'], [[0, 1]]), assignment: null, components: [] },
      { names: ['heat'] },
    )
    expect(renamed.headline).toBe('Heat drives n2.')
  })

  it('has no graph to speak of with one node', () => {
    expect(about(binary(['phase'], [])).headline).toMatch(/^Phase is the only node/)
  })
})

describe('support', () => {
  it('says how often a weak edge appears, and its reverse', () => {
    const graph = binary(['A', 'B'], [[0, 1]], {
      frequency: [
        [0, 1, 7 / 12],
        [1, 0, 2 / 12],
      ],
    })
    expect(texts(about(graph), 'support')).toEqual([
      'A → B appears in only 58 % of the restarts that score as well, and the reverse in 17 %: tentative.',
    ])
  })

  it('counts an edge of open direction whichever way the restarts draw it', () => {
    const evenly: ExampleEvidence = {
      open: [[0, 1]],
      frequency: [
        [0, 1, 0.5],
        [1, 0, 0.5],
      ],
    }
    expect(texts(about(binary(['A', 'B'], [[0, 1]], evenly)), 'support')).toEqual([
      'The edge appears in all 12 restarts that score as well.',
    ])
    const rarely: ExampleEvidence = { ...evenly, frequency: [[0, 1, 0.25], [1, 0, 0.25]] } // prettier-ignore
    expect(texts(about(binary(['A', 'B'], [[0, 1]], rarely)), 'support')).toEqual([
      'A and B are joined in only 50 % of the restarts that score as well: tentative.',
    ])
  })

  it('mentions an absent edge that many restarts hold', () => {
    const graph = binary(['A', 'B', 'C'], [[0, 1]], { frequency: [[0, 2, 5 / 12]] })
    expect(texts(about(graph), 'support')).toContain(
      'A and C are not joined in the graph, yet in 42 % of the restarts that score as well.',
    )
  })

  it('says how often the weakest of firm edges appears', () => {
    const graph = binary(['A', 'B'], [[0, 1]], { frequency: [[0, 1, 11 / 12]] })
    expect(texts(about(graph), 'support')).toEqual([
      'The edge appears in at least 92 % of the 12 restarts that score as well.',
    ])
  })

  it('claims no stability where fewer than two restarts reach the graph', () => {
    const reached = (restarts: number): string =>
      texts(about(binary(['A', 'B'], [[0, 1]], { restarts })), 'support').join()
    expect(reached(0)).toMatch(/^No restart of the search scores as well/)
    expect(reached(1)).toMatch(/^Only one restart/)
  })
})

describe('meaning', () => {
  const free = binary(['A', 'B'], [[0, 1]], {}, false)

  it('needs no caveat where every node is anchored', () => {
    expect(texts(about(binary(['A', 'B'], [[0, 1]])), 'meaning')).toEqual([])
  })

  it('names the assignment search, its residual and the nearest rival', () => {
    const found = about(free, { chosen: reading(0.79), rivals: [reading(0.95, [1, 0]), reading(0.89, [1, 0])] })
    expect(texts(found, 'meaning')).toEqual([
      'What the nodes and their categories mean rests on the assignment search (residual 0.79; the next best reading 0.89), not on labels: check it against the decoded samples.',
    ])
    expect(found.details.every((finding) => finding.severity === 'info')).toBe(true)
  })

  it('names only the nodes without an anchor', () => {
    expect(texts(about(lattice, { chosen: reading(0.5), rivals: [] }), 'meaning')[0]).toMatch(
      /^What Strut width, Stiffness and Yield mean rests on .* \(residual 0\.50\)/,
    )
  })

  it('warns of a rival closer than 5 %, with digits that tell the two apart', () => {
    const found = about(free, { chosen: reading(0.791), rivals: [reading(0.7931, [1, 0])] })
    expect(found.details.at(-1)).toEqual({
      kind: 'meaning',
      severity: 'warning',
      text: expect.stringMatching(/almost as well \(0\.793 against 0\.791\)/) as string,
    })
    const apart = about(free, { chosen: reading(0.8), rivals: [reading(0.85, [1, 0])] })
    expect(apart.details.some((finding) => finding.severity === 'warning')).toBe(false)
  })

  it('does not take the chosen reading for its own rival', () => {
    const found = about(free, { chosen: reading(0.5), rivals: [reading(0.5), reading(0.8, [1, 0])] })
    expect(texts(found, 'meaning')[0]).toContain('the next best reading 0.80')
  })

  it('warns of a reading that explains little', () => {
    expect(texts(about(free, { chosen: reading(0.94), rivals: [] }), 'meaning')[1]).toMatch(/residual 0\.94/)
  })
})

describe('thin evidence', () => {
  const component = (weight: number): CausalPimaBody['components'][number] => ({
    outcome: 0,
    categories: [0],
    weight,
    mean: [],
    variance: [],
    nearest: [],
  })

  it('names the rows of the tables that next to no sample supports', () => {
    const graph = exampleGraph([
      { name: 'tub', categories: ['yes', 'no'], anchor: 'tub', table: [[0.0005, 0.9995]] },
      { name: 'either', categories: ['yes', 'no'], anchor: 'either', parents: [0], table: [[1, 0], [0.1, 0.9]] }, // prettier-ignore
    ])
    expect(texts(about(graph), 'support').at(-1)).toBe(
      'P(either | tub = yes) rests on less than 0.1 % of the samples: do not rely on it.',
    )
  })

  it('counts them where they are many', () => {
    const rare = Array.from({ length: 4 }, (_, k) => (k === 3 ? 0.9991 : 0.0003))
    const rows = Array.from({ length: 4 }, () => [0.5, 0.5])
    const graph = exampleGraph([
      { name: 'A', categories: ['1', '2', '3', '4'], anchor: 'A', table: [rare] },
      { name: 'B', categories: ['0', '1'], anchor: 'B', parents: [0], table: rows },
    ])
    expect(texts(about(graph), 'support').at(-1)).toMatch(/^3 rows of the conditional tables rest on less than 0\.1 %/)
  })

  it('warns of clusters without samples, unless labels say which outcome is which', () => {
    expect(texts(about(lattice, null, [component(0.9995), component(0.0005)]), 'clusters')[0]).toMatch(
      /^1 of 2 joint outcomes has almost no sample/,
    )
    expect(texts(about(binary(['A', 'B'], []), null, [component(1), component(0)]), 'clusters')).toEqual([])
  })
})
