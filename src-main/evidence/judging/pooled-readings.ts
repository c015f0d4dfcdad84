/**
 * What the components may be called, judged by all trainings together. Each training says what every reading of its
 * components costs; which of two readings fits is what they say on average, not what one of them happened to prefer.
 */
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import type { Contingency } from '../../statistics/contingency.ts'
import { bestMatching } from '../../statistics/matching.ts'
import { adjusted } from '../adjusted-mutual-information.ts'
import { categoriesOfOutcomes, renameOutcomes, outcomesOf } from '../counts.ts'
import {
  comparedRows,
  type Labelled,
  type LabelledReplicate,
  type LabelledRun,
  type Renaming,
  type RivalReading,
  taken,
} from './labelled.ts'

const { equalReading, supportedNode, rivalTolerance } = evidenceThresholds
const rounding = 1e-9

/** The joint outcomes that a replicate and the run give the samples on which they are compared. */
interface Met {
  readonly replicate: LabelledReplicate
  /** Those that meet: the run's, the replicate's, and in how many samples. */
  readonly cells: readonly (readonly [number, number, number])[]
  /** Categories of every node in each outcome, the run's and the replicate's. */
  readonly here: readonly (readonly number[])[]
  readonly there: readonly (readonly number[])[]
}

function meet(run: LabelledRun, replicate: LabelledReplicate): Met {
  const rows = comparedRows(run, replicate)
  const outcomes = ({ labels, counts }: Labelled): Int32Array =>
    outcomesOf(
      labels.map((node) => taken(node, rows)),
      counts.categories,
    )
  const [own, other] = [outcomes(run), outcomes(replicate)]
  const size = replicate.counts.values.length
  const counts = new Map<number, number>()
  own.forEach((a, at) => counts.set(a * size + other[at]!, (counts.get(a * size + other[at]!) ?? 0) + 1))
  return {
    replicate,
    cells: Array.from(counts, ([cell, count]) => [Math.floor(cell / size), cell % size, count]),
    here: categoriesOfOutcomes(run.counts.categories),
    there: categoriesOfOutcomes(replicate.counts.categories),
  }
}

/** How far the nodes of a reading of the run return in one of the replicate, each with the partner that suits all best, [L]. */
function likeness({ cells, here, there }: Met, own: Renaming, other: Renaming): number[] {
  const [sizes, sizesThere] = [here[here.length - 1]!, there[there.length - 1]!]
  const agreement = sizes.map((last, l) =>
    sizesThere.map((lastThere, m) => {
      const counts = Array.from({ length: last + 1 }, () => new Array<number>(lastThere + 1).fill(0))
      for (const [a, b, count] of cells) counts[here[own.outcomes[a]!]![l]!]![there[other.outcomes[b]!]![m]!]! += count
      return adjusted(contingencyOf(counts), 0)
    }),
  )
  return bestMatching(agreement).map((m, l) => agreement[l]![m] ?? 0)
}

function contingencyOf(all: readonly (readonly number[])[]): Contingency {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const counts = all.filter((row) => sum(row) > 0)
  const columns = (counts[0] ?? []).map((_, c) => sum(counts.map((row) => row[c]!)))
  const held = columns.flatMap((total, c) => (total > 0 ? [c] : []))
  return {
    counts: counts.map((row) => held.map((c) => row[c]!)),
    rowLabels: counts.map((_, r) => r),
    columnLabels: held,
    rowTotals: counts.map(sum),
    columnTotals: held.map((c) => columns[c]!),
    total: sum(columns),
  }
}

const least = (values: readonly number[]): number => Math.min(...values)
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** The run's own reading as a renaming: nothing is renamed. */
function ownReading(run: LabelledRun): Renaming {
  return { cost: run.residual ?? 0, outcomes: Array.from(run.counts.values, (_, a) => a) }
}

/**
 * What two readings of the run cost in a replicate: the least of its own readings that are more like the one than like the
 * other, null where none is. Readings that differ in a rare outcome alone are like each other.
 */
function costsIn(met: Met, first: Renaming, second: Renaming): [number | null, number | null] {
  const costs: [number | null, number | null] = [null, null]
  for (const reading of met.replicate.readings) {
    const alike = [first, second].map((own) => likeness(met, own, reading))
    const sums = alike.map(total)
    alike.forEach((nodes, side) => {
      if (least(nodes) >= supportedNode && sums[side]! >= sums[1 - side]!)
        costs[side] = Math.min(costs[side] ?? Infinity, reading.cost)
    })
  }
  return costs
}

/**
 * By how much a rival costs more than the run's reading in each training that has either, as a logarithm: the run itself
 * first. A reading that is not among those kept costs at least as much as the last of them.
 */
function preferences(run: LabelledRun, replicates: readonly Met[], rival: Renaming): number[] {
  const own = ownReading(run)
  const by = (a: number, b: number): number => Math.log(Math.max(b, rounding) / Math.max(a, rounding))
  return [
    by(own.cost, rival.cost),
    ...replicates.flatMap((met) => {
      const [here, there] = costsIn(met, own, rival)
      if (here === null && there === null) return []
      const last = Math.max(...met.replicate.readings.map(({ cost }) => cost))
      return [by(here ?? last, there ?? last)]
    }),
  ]
}

/** Do the trainings together prefer the run's reading, by more than the tolerance and than they differ among themselves? */
function isDecided(said: readonly number[]): boolean {
  const mean = total(said) / said.length
  if (mean < Math.log(1 + equalReading)) return false
  if (said.length === 1) return true
  const variance = total(said.map((one) => (one - mean) ** 2)) / (said.length - 1)
  return mean >= 2 * Math.sqrt(variance / said.length)
}

/** The replicate under the names, of those that fit it nearly as well as any, under which its nodes are most like the run's. */
function inReadingOf(run: LabelledRun, met: Met): LabelledReplicate {
  const { replicate } = met
  const own = ownReading(run)
  const cheapest = Math.min(...replicate.readings.map(({ cost }) => cost))
  const [nearest] = replicate.readings
    .filter(({ cost }) => cost <= (1 + rivalTolerance) * cheapest + rounding)
    .map((reading) => ({ reading, like: total(likeness(met, own, reading)) }))
    .toSorted((a, b) => b.like - a.like)
  return nearest === undefined ? replicate : renamed(met, nearest.reading)
}

function renamed({ replicate, there }: Met, { outcomes }: Renaming): LabelledReplicate {
  const { categories } = replicate.counts
  const labels = outcomesOf(replicate.labels, categories)
  return {
    ...replicate,
    labels: categories.map((_, node) => Int32Array.from(labels, (a) => there[outcomes[a]!]![node]!)),
    counts: renameOutcomes(replicate.counts, outcomes),
  }
}

/** The rivals that all trainings together leave open, and the replicates in the reading that the run is in. */
export function poolReadings(run: LabelledRun): {
  readonly rivals: readonly RivalReading[]
  readonly replicates: readonly LabelledReplicate[]
} {
  const met = run.replicates.map((replicate) => (replicate.readings.length === 0 ? null : meet(run, replicate)))
  const telling = met.filter((one) => one !== null)
  return {
    rivals: run.rivals.filter((rival) => !isDecided(preferences(run, telling, rival))),
    replicates: run.replicates.map((replicate, at) => (met[at] ? inReadingOf(run, met[at]) : replicate)),
  }
}
