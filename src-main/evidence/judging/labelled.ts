/** What is judged: trainings by how they label the samples, and by their counts over the joint outcomes. */
import type { Elsewhere } from '../../../src-shared/domain/judgement.ts'
import type { LearnedGraph } from '../../../src-shared/graph/learned-graph.ts'
import type { Counts } from '../counts.ts'

/** Labels [L][n] and (soft) counts of one training or one reading of it. */
export interface Labelled {
  readonly labels: readonly ArrayLike<number>[]
  readonly counts: Counts
}

/** Other names for a training's components. */
export interface Renaming {
  /** What is each joint outcome of the labels is in this reading, [C]. */
  readonly outcomes: ArrayLike<number>
  /** How badly the names fit, of the same kind for all readings of a training. */
  readonly cost: number
}

/** A training on a part of the samples that labelled all of them. */
export interface LabelledReplicate extends Labelled {
  /** What its components could be called, as the labels have it first; none where nothing had to be searched. */
  readonly readings: readonly Renaming[]
  /** Rows that it did not train on. */
  readonly leftOut: readonly number[]
}

/** The same components under other names. */
export interface RivalReading extends Labelled, Renaming {
  /** Category in each of its nodes of what is joint outcome a of the run, [C][L]. */
  readonly categories: readonly (readonly number[])[]
}

export interface LabelledRun extends Labelled {
  /** With what was given when it was learnt. */
  readonly graph: Pick<LearnedGraph, 'nodes' | 'edges' | 'given'>
  /** Of the reading that the graph is of; null where none had to be searched. */
  readonly residual: number | null
  /** Other readings that fit nearly as well. */
  readonly rivals: readonly RivalReading[]
  /** Ids of the samples that lie surest in each joint outcome, surest first, [C]. */
  readonly surest: readonly (readonly string[])[]
  readonly replicates: readonly LabelledReplicate[]
  /** Values known of each node, [L][n]: a category, or -1 where nobody gave one; null for a node without a column. */
  readonly known: readonly (ArrayLike<number> | null)[]
  /** Replicates that were asked for. */
  readonly planned: number
  /** Samples that lack one of its modalities or more. */
  readonly incomplete: number
  /** What other runs of the same data say. */
  readonly elsewhere: readonly Elsewhere[]
  /** Share of each modality's variance that the model explains. */
  readonly rebuilt: readonly { readonly modality: string; readonly explained: number }[]
  /** Joint outcomes whose samples fall into two groups. */
  readonly divided: readonly number[]
  /** Of the bootstrap. */
  readonly seed: number
}

export function taken(labels: ArrayLike<number>, rows: readonly number[]): Int32Array {
  return Int32Array.from(rows, (row) => labels[row]!)
}

export function isConstant(labels: ArrayLike<number>): boolean {
  for (let d = 1; d < labels.length; d++) if (labels[d] !== labels[0]) return false
  return true
}

/** The rows on which a replicate is compared: those that it did not train on, where there are such. */
export function comparedRows(run: LabelledRun, { leftOut }: LabelledReplicate): readonly number[] {
  return leftOut.length > 1 ? leftOut : Array.from({ length: run.labels[0]?.length ?? 0 }, (_, row) => row)
}
