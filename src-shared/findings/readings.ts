/**
 * Readings of the clusters that fit equally, as they are told: each node of a reading by name, what holds in all of them,
 * and which samples' labels would tell them apart.
 */
import type { Judgement, Reading } from '../domain/judgement.ts'
import { edgeBetween, type Ends } from '../graph/edge.ts'
import type { GraphNode, LearnedGraph } from '../graph/learned-graph.ts'

export interface ShownNode {
  readonly name: string
  readonly categories: readonly string[]
  /** The graph's node of this place divides the samples in the same way. */
  readonly shared: boolean
}

/** Samples of one outcome, with what two readings say of the nodes that they do not share. */
export interface Settling {
  readonly outcome: number
  readonly samples: readonly string[]
  /** By the first reading, "N2 = 1"; by this one. */
  readonly here: string
  readonly there: string
}

export interface ShownReading extends Pick<Reading, 'residual' | 'agreement' | 'edges' | 'categories'> {
  /** A for the reading that the graph is of. */
  readonly letter: string
  readonly nodes: readonly ShownNode[]
  readonly settles: readonly Settling[]
}

type Nodes = Pick<LearnedGraph, 'nodes'>

const letterOf = (at: number): string => (at < 26 ? String.fromCharCode(65 + at) : `R${at + 1}`)

/** Readings that differ from the first in some node, after it. */
export function differingReadings({ readings }: Pick<Judgement, 'readings'>): readonly Reading[] {
  return readings.filter(({ shared }, at) => at === 0 || shared.some((held) => !held))
}

/**
 * The readings that differ, the graph's own first. A node of another reading that is shared has the graph's name; one of its
 * own has the name that the configuration gave it, with the reading's letter.
 * @param configured nodes under the configuration's names
 * @param shown the same nodes under the names that people gave them
 */
export function shownReadings(configured: Nodes, shown: Nodes, judgement: Judgement): readonly ShownReading[] {
  const readings = differingReadings(judgement)
  const inAll = nodesInAll(readings)
  const own = shown.nodes.map(({ name, categories }, l) => ({ name, categories, shared: inAll[l] ?? true }))
  return readings.map((reading, at) => {
    const letter = letterOf(at)
    const nodes =
      at === 0 ? own : reading.configured.map((node, l) => nodeOf(configured, shown, reading, letter, node, l))
    const said = (categories: readonly number[] | undefined, of: readonly ShownNode[]): string =>
      of
        .flatMap(({ name, categories: names }, l) =>
          reading.shared[l] ? [] : [`${name} = ${names[categories?.[l] ?? 0] ?? ''}`],
        )
        .join(', ')
    return {
      ...reading,
      letter,
      nodes,
      settles: reading.toLabel.map(({ outcome, samples }) => ({
        outcome,
        samples,
        here: said(readings[0]?.categories[outcome], own),
        there: said(reading.categories[outcome], nodes),
      })),
    }
  })
}

function nodeOf(configured: Nodes, shown: Nodes, reading: Reading, letter: string, node: number, l: number): ShownNode {
  const there: GraphNode = configured.nodes[node]!
  const here = shown.nodes[l]!
  if (reading.shared[l] !== true)
    return { name: `${there.name} (${letter})`, categories: there.categories, shared: false }
  const alike = here.categories.length === there.categories.length
  return { name: here.name, categories: alike ? here.categories : there.categories, shared: true }
}

/** Does each node of the graph divide the samples alike in every reading? */
function nodesInAll(readings: readonly Reading[]): readonly boolean[] {
  return (readings[0]?.shared ?? []).map((_, l) => readings.every(({ shared }) => shared[l] ?? false))
}

/**
 * Edges that every reading's graph has, between nodes that all of them have, with a head only where it may be stated.
 * @param judged the graph as judgedGraph has it
 */
export function edgesInAll<E extends Ends>(
  judged: readonly E[],
  { readings }: Pick<Judgement, 'readings'>,
): readonly E[] {
  const inAll = nodesInAll(readings)
  return judged.filter(
    ({ from, to }) =>
      inAll[from] && inAll[to] && readings.every(({ edges }) => edgeBetween(edges, from, to) !== undefined),
  )
}

/** Samples whose labels would tell the first reading from the others, each once: those that settle the nearest rival first. */
export function samplesToLabel(judgement: Pick<Judgement, 'readings'>): readonly string[] {
  return [...new Set(judgement.readings.flatMap(({ toLabel }) => toLabel.flatMap(({ samples }) => samples)))]
}
