import { describe, expect, it } from 'vitest'
import type { Clusters } from '../../../../../../src-shared/methods/facets.ts'
import type { LearnedGraph } from '../../../../../../src-shared/graph/learned-graph.ts'
import type { NamingEvidence } from '../../../../../../src-shared/methods/naming-evidence.ts'
import { findings } from '../../../../../../src-shared/methods/causal-pima/findings/findings.ts'
import type { Judgement } from '../../../../../../src-shared/domain/judgement.ts'
import { certain, exampleJudgement, exampleReading, type Judging } from '../../../findings/example-judgement.ts'
import { type ExampleEvidence, type ExampleNode, exampleGraph, lattice } from '../../../graph-formats/example-graph.ts'

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

interface About {
  readonly judging?: Judging
  readonly rest?: Partial<Judgement>
  readonly assignment?: Clusters['assignment']
  readonly components?: Clusters['components']
  readonly warnings?: readonly string[]
}

function about(graph: LearnedGraph, { judging, rest, assignment = null, components = [], warnings = [] }: About = {}) {
  return findings({ graph, assignment, components, warnings }, exampleJudgement(graph, judging, rest))
}

const texts = (found: ReturnType<typeof findings>, kind: string): string[] =>
  found.details.filter((finding) => finding.kind === kind).map((finding) => finding.text)

describe('the headline', () => {
  it('says what drives what and which direction stays open', () => {
    expect(about(lattice).headline).toBe(
      'Topology and Strut width drive Stiffness; the data do not fix the direction between Stiffness and Yield.',
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
    const graph = binary(['n1', 'n2'], [[0, 1]])
    const result = { graph, assignment: null, components: [], warnings: [] }
    const renamed = findings(result, exampleJudgement(graph), { names: ['heat'] })
    expect(renamed.headline).toBe('Heat drives n2.')
  })

  it('has no graph to speak of with one node', () => {
    expect(about(binary(['phase'], [])).headline).toMatch(/^Phase is the only node/)
  })
})

describe('before any replicate', () => {
  const unreplicated = { judging: { replicates: 0 } }

  it('is provisional, and says what the training links without driving', () => {
    const found = about(lattice, unreplicated)
    expect(found.provisional).toBe(true)
    expect(found.headline).toBe(
      'Provisional: this training links Topology and Stiffness, Strut width and Stiffness as well as Stiffness and Yield; no replicate has tested yet whether that returns.',
    )
    expect(about(binary(['a', 'b'], []), unreplicated).headline).toMatch(
      /^Provisional: this training joins no two nodes/,
    )
    expect(about(binary(['a'], []), unreplicated).headline).toMatch(/^Provisional: a is the only node/)
  })
})

describe('what does not return', () => {
  const graph = binary(['A', 'B', 'C'], [[0, 1]], {}, false)
  const gone = {
    replicability: { mean: 0.12, interval: [0.05, 0.2] as [number, number] },
    standing: 'unsupported',
  } as const
  const unsupportedEdge = { 0: { standing: 'unsupported', directed: false } } as const

  it('is no cause: nothing else is said of such a graph', () => {
    const found = about(graph, { judging: { nodes: { 0: gone, 1: gone, 2: gone }, edges: unsupportedEdge } })
    expect(found.headline).toBe(
      'No discrete causes are supported: clusters found in one part of the samples do not return in another; the measurements vary continuously.',
    )
    expect(found.details.map(({ kind }) => kind)).toEqual(['nodes', 'clusters'])
    expect(found.details[0]!.text).toBe(
      'Four trainings on other parts of the samples agree on A by 0.12 (0.05 to 0.20), B by 0.12 (0.05 to 0.20) and C by 0.12 (0.05 to 0.20), where 1 is the same clusters and 0 chance.',
    )
  })

  it('sends to the partial causal model where two modalities vary continuously', () => {
    const rebuilt = ['images', 'curves'].map((modality) => ({ modality, explained: 0.8 }))
    const judging = { nodes: { 0: gone, 1: gone, 2: gone }, edges: unsupportedEdge }
    const offers = (found: ReturnType<typeof about>): boolean =>
      found.details.some(({ text }) => /images and curves .* partial causal model .*method partial-causal/.test(text))
    expect(offers(about(graph, { judging, rest: { rebuilt } }))).toBe(true)
    expect(offers(about(graph, { judging }))).toBe(false)
    expect(offers(about(graph, { rest: { rebuilt } }))).toBe(false)
  })

  it('is counted out, and what survives is said first', () => {
    const found = about(graph, { judging: { nodes: { 2: gone } } })
    expect(found.headline).toBe(
      'A drives B. Two of three nodes are supported; C does not return in other parts of the samples.',
    )
  })

  it('returns in part, or in some readings', () => {
    const partly = {
      ...gone,
      replicability: { mean: 0.6, interval: [0.5, 0.7] as [number, number] },
      standing: 'tentative',
    } as const
    const found = about(graph, {
      judging: { nodes: { 0: partly }, edges: { 0: { standing: 'tentative', directed: false } } },
    })
    expect(found.headline).toBe(
      'Between the supported nodes no dependence is firm enough to be stated. Two of three nodes are supported; A returns only in part in other parts of the samples.',
    )
    const readings = [
      exampleReading(graph, { residual: 0.51 }),
      exampleReading(graph, {
        residual: 0.511,
        agreement: [1, 1, 0],
        shared: [true, true, false],
        toLabel: [
          { outcome: 0, samples: ['s1', 's2'] },
          { outcome: 1, samples: ['s3'] },
        ],
      }),
    ]
    const ambiguous = about(graph, {
      judging: { nodes: { 2: { shared: false, standing: 'tentative' } } },
      rest: { readings },
    })
    expect(ambiguous.headline).toBe('A drives B. Two of three nodes are supported; for C two readings fit equally.')
    expect(texts(ambiguous, 'meaning')[0]).toBe(
      'Two readings of the clusters fit equally (residuals 0.510, 0.511): they share A and B and differ in C. A → B holds in all. No statistic of these data settles it; labels of C for a few samples would (s1, s2, s3), or another modality that shows it.',
    )
  })

  it('is said of a model that rebuilds nothing', () => {
    const rebuilt = [{ modality: 'image', explained: 0.001 }]
    expect(about(graph, { rest: { rebuilt } }).headline).toMatch(
      /^Nothing is found: the model rebuilds the measurements no better/,
    )
    const drowned = about(graph, { rest: { rebuilt: [...rebuilt, { modality: 'curve', explained: 0.9 }] } })
    expect(drowned.details[0]!.text).toBe(
      'The model rebuilds image no better than by its mean: nothing of it is in the graph.',
    )
  })

  it('is said of samples that lack a modality, the louder the more they are', () => {
    expect(about(graph, { rest: { incomplete: 250 } }).details[0]).toMatchObject({
      severity: 'warning',
      text: '250 of 1,000 samples lack a modality (25 %). They take part with what was measured; nothing is filled in. What joins modalities rests on the others.',
    })
    const few = about(graph, { rest: { incomplete: 1 } }).details
    expect(few).toContainEqual(
      expect.objectContaining({
        severity: 'info',
        text: expect.stringMatching(/^1 of 1,000 samples? lacks/) as string,
      }),
    )
    expect(JSON.stringify(about(graph).details)).not.toContain('lack')
  })

  it('is said of labels that clusters contradict', () => {
    const contradicted = about(graph, { judging: { nodes: { 0: { heldOut: { agreeing: 60, of: 100 } } } } })
    expect(contradicted.details[0]).toEqual({
      kind: 'meaning',
      severity: 'warning',
      text: 'Of 100 labels of A that a training was not shown, only 60 % are what it says of their samples: labels and clusters contradict each other.',
    })
    const agreeing = about(graph, { judging: { nodes: { 0: { heldOut: { agreeing: 97, of: 100 } } } } })
    expect(agreeing.details.every(({ severity }) => severity === 'info')).toBe(true)
  })
})

describe('support', () => {
  it('is a probability and the replicates that agree', () => {
    expect(texts(about(binary(['A', 'B'], [[0, 1]])), 'support')).toEqual([
      'A and B are joined with probability 0.99 (more likely than not in 4 of 4 replicates), as A → B with 0.95.',
    ])
  })

  it('is tentative, and the headline then silent', () => {
    const found = about(binary(['A', 'B'], [[0, 1]]), {
      judging: {
        edges: { 0: { standing: 'tentative', directed: false } },
        pairs: { '0-1': { joined: certain(0.6), agreeing: { joined: 2, forward: 1, backward: 1 } } },
      },
    })
    expect(found.headline).toBe('Both nodes are supported, and no dependence is firm enough to be stated.')
    expect(found.details[0]).toEqual({
      kind: 'support',
      severity: 'warning',
      text: 'A and B are joined with probability 0.60 (more likely than not in 2 of 4 replicates): tentative.',
    })
  })

  it('says of a pair that the graph does not join when the counts would', () => {
    const graph = binary(['A', 'B', 'C'], [[0, 1]])
    const found = about(graph, { judging: { pairs: { '0-2': { joined: certain(0.7) } } } })
    expect(found.details[0]!.text).toBe('A and C are not joined in the graph, yet with probability 0.70 they are.')
  })

  it('says what a lack of edges could have hidden', () => {
    expect(about(binary(['a', 'b'], [])).headline).toBe(
      'Both nodes are supported, and no dependence between them is found: one above V = 0.10 would have been seen.',
    )
  })
})

describe('direction', () => {
  const collider: [number, number][] = [
    [0, 2],
    [1, 2],
  ]
  const graph = binary(['A', 'B', 'C'], collider)
  const restsOn: [number, number][] = [[0, 1]]

  it('says what absence arrows rest on, and what dependence could hide in it', () => {
    const found = about(graph, { judging: { edges: { 0: { restsOn }, 1: { restsOn } } } })
    expect(found.headline).toBe('A and B drive C.')
    expect(texts(found, 'direction')).toContain(
      'A → C and B → C hold provided A and B are not joined; these 1,000 samples cannot exclude a dependence up to V = 0.10.',
    )
  })

  it('is stated under the condition that nothing unmeasured acts, unless the samples exclude that', () => {
    const either = about(graph, { judging: { edges: { 0: { evenUnseen: false }, 1: { evenUnseen: false } } } })
    expect(either.headline).toBe('A and B drive C, if nothing unmeasured acts instead.')
    expect(texts(either, 'direction')).toContain(
      'In place of each of A → C and B → C there could be something unmeasured that acts on both ends: these samples would look the same (FCI).',
    )
    const one = about(graph, { judging: { edges: { 1: { evenUnseen: false } } } })
    expect(one.headline).toBe('A and B drive C, if nothing unmeasured acts in place of B → C.')
    expect(texts(one, 'direction')).toContain(
      'In place of B → C there could be something unmeasured that acts on both: these samples would look the same (FCI); A → C could not be that.',
    )
  })

  it('warns where joint outcomes hold more clusters than were asked for, unless nothing is claimed of them', () => {
    const cautions = (found: ReturnType<typeof about>): string =>
      found.details
        .filter(({ severity }) => severity === 'warning')
        .map(({ text }) => text)
        .join(' ')
    expect(cautions(about(graph))).not.toContain('two groups')
    expect(cautions(about(graph, { rest: { divided: [2] } }))).toContain(
      'One of 8 joint outcomes falls into two groups of samples with next to nothing between them',
    )
    const gone = { standing: 'unsupported' as const }
    const none = about(graph, { judging: { nodes: { 0: gone, 1: gone, 2: gone } }, rest: { divided: [2] } })
    expect(cautions(none)).not.toContain('two groups')
  })

  it('of links and arrows is of causes under conditions that are said', () => {
    const open = binary(['A', 'B'], [[0, 1]], { open: [[0, 1]] })
    const condition =
      'of causes if nothing unmeasured acts on two of the nodes and samples were not chosen by what they are'
    expect(texts(about(open), 'direction').join(' ')).toContain(`Links are ${condition}`)
    expect(texts(about(graph), 'direction').join(' ')).toContain(`Links and arrows are ${condition}`)
  })

  it('is not stated where it is not firm', () => {
    const found = about(graph, { judging: { edges: { 0: { directed: false }, 1: { directed: false } } } })
    expect(found.headline).toBe(
      'There are links between A and C and between B and C; the data fix none of their directions.',
    )
  })

  it('names the independence that fails and what FCI makes of it', () => {
    const found = about(graph, {
      judging: { edges: { 0: { directed: false }, 1: { directed: false } } },
      rest: {
        implied: { tested: 1, failed: [{ a: 0, b: 1, given: [], p: 1e-9, cramersV: 0.2 }] },
        separated: [{ a: 1, b: 2, given: [0], p: 0.43, cramersV: 0.01 }],
        parted: [{ a: 0, b: 1, given: [], p: 0.6, cramersV: 0.01 }],
        hidden: [{ from: 0, to: 2, fromMark: 'arrow', toMark: 'arrow' }],
      },
    })
    expect(found.headline).toMatch(/Something unmeasured may act on A and C\.$/)
    expect(found.details[0]!.text).toBe(
      'The graph says that A and B are independent; in these samples they are not (p < 1e-6, V = 0.20). The graph joins B and C; these samples show no dependence of the two given A (p = 0.430). These samples show no dependence of A and B (p = 0.600): if there is none, no graph with these links does without an unmeasured cause. With unmeasured causes allowed (FCI) the same counts say: A <-> C (a head: not a cause; two heads: an unmeasured cause; a circle: open). No arrow is stated that this denies.',
    )
  })
})

describe('meaning', () => {
  const free = binary(['A', 'B'], [[0, 1]], {}, false)

  it('needs no caveat where every node is anchored', () => {
    expect(texts(about(binary(['A', 'B'], [[0, 1]])), 'meaning')).toEqual([])
  })

  it('names the assignment search, its residual and the nearest rival', () => {
    const found = about(free, {
      assignment: { chosen: reading(0.79), rivals: [reading(0.95, [1, 0]), reading(0.89, [1, 0])] },
    })
    expect(texts(found, 'meaning')).toEqual([
      'What the nodes and their categories mean rests on the assignment search (residual 0.79; the next best reading 0.89), not on labels: check it against the decoded samples.',
    ])
    expect(found.details.every((finding) => finding.severity === 'info')).toBe(true)
  })

  it('names only the nodes without an anchor', () => {
    expect(texts(about(lattice, { assignment: { chosen: reading(0.5), rivals: [] } }), 'meaning')[0]).toMatch(
      /^What Strut width, Stiffness and Yield mean rests on .* \(residual 0\.50\)/,
    )
  })

  it('does not take the chosen reading for its own rival', () => {
    const found = about(free, { assignment: { chosen: reading(0.5), rivals: [reading(0.5), reading(0.8, [1, 0])] } })
    expect(texts(found, 'meaning')[0]).toContain('the next best reading 0.80')
  })

  const evidence: NamingEvidence = {
    margin: 0.2,
    nullP: 0.01,
    measuresAgree: true,
    distinct: true,
    decided: true,
    votes: [],
  }
  const vote = (modality: string, counted: boolean, agrees: boolean | null): NamingEvidence['votes'][number] => ({
    modality,
    counted,
    noiseShare: counted ? 0.1 : 0.9,
    pValue: counted ? 0 : 0.5,
    residual: counted ? 0.5 : null,
    agrees,
  })
  const weighed = (change: Partial<NamingEvidence>): string[] =>
    texts(
      about(free, { assignment: { chosen: reading(0.5), rivals: [], evidence: { ...evidence, ...change } } }),
      'meaning',
    ).filter((text) => !text.startsWith('What the nodes'))

  it('warns where clusters without structure would be named as well', () => {
    expect(weighed({})).toEqual([])
    expect(weighed({ nullP: null })).toEqual([])
    expect(weighed({ nullP: 0.31, decided: false })).toEqual([expect.stringContaining('with probability 0.31')])
    expect(weighed({ distinct: false, decided: false })).toEqual([expect.stringContaining('pieces of a continuum')])
  })

  it('warns where measures prefer different names, unless close readings say it already', () => {
    expect(weighed({ measuresAgree: false, decided: false })).toEqual([expect.stringMatching(/^Measures of how/)])
    expect(weighed({ measuresAgree: false, decided: false, margin: 0.005 })).toEqual([])
  })

  it('names modalities that have no say, and those that would say otherwise', () => {
    expect(weighed({ votes: [vote('images', false, null), vote('curves', true, true)] })).toEqual([
      'Images has no say in the names: the clusters do not differ in it beyond noise.',
    ])
    expect(weighed({ votes: [vote('images', true, false), vote('curves', true, true)] })).toEqual([
      'Images alone would name the clusters otherwise.',
    ])
    expect(weighed({ votes: [vote('images', true, false)] })).toEqual([])
  })
})

describe('thin evidence', () => {
  const component = (weight: number): Clusters['components'][number] => ({
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
    expect(texts(about(graph), 'support')[0]).toBe(
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
    expect(texts(about(graph), 'support')[0]).toMatch(/^3 rows of the conditional tables rest on less than 0\.1 %/)
  })

  it('warns of clusters without samples, unless labels say which outcome is which', () => {
    expect(texts(about(lattice, { components: [component(0.9995), component(0.0005)] }), 'clusters')[0]).toMatch(
      /^1 of 2 joint outcomes has almost no sample/,
    )
    expect(texts(about(binary(['A', 'B'], []), { components: [component(1), component(0)] }), 'clusters')).toHaveLength(
      1,
    )
  })
})

describe('other runs of the same data', () => {
  const run = (rest: Partial<Judgement['elsewhere'][number]>): Judgement['elsewhere'][number] => ({
    run: 2,
    name: 'Run 2',
    agreement: lattice.nodes.map(() => 1),
    otherwise: [],
    ...rest,
  })
  const said = (elsewhere: Judgement['elsewhere']): string[] => {
    const { details } = about(lattice, { rest: { elsewhere } })
    return details.map(({ text }) => text).filter((text) => text.includes('of these data'))
  }

  it('are told where they find other nodes, or join them otherwise', () => {
    expect(said([run({ agreement: [1, 0.12, 1, 1], otherwise: [{ a: 0, b: 3, there: 'joined' }] })])).toEqual([
      'The other run of these data says otherwise: Run 2 finds no node like Strut width (agreement 0.12), joins Topology and Yield.',
    ])
  })

  it('are counted where most say the same', () => {
    expect(said([run({}), run({ name: 'Run 3', otherwise: [{ a: 0, b: 2, there: 'reversed' }] })])).toEqual([
      'One of two other runs of these data says otherwise: Run 3 turns the arrow between Topology and Stiffness round.',
    ])
    expect(said([run({}), run({})])).toEqual(['Two other runs of these data with such nodes say the same.'])
    expect(said([])).toEqual([])
  })
})
