/** A node's mean agreement with its partners, with an interval: a bootstrap over the trainings and over the samples. */
import type { Estimate } from '../../../src-shared/domain/judgement.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { type Contingency, contingency } from '../../statistics/contingency.ts'
import { adjusted, expectedMutualInformation } from '../adjusted-mutual-information.ts'

const draws = 400
const tail = 0.025

/** The interval between the quantiles `tail` and 1 - `tail`. */
export function percentileInterval(values: readonly number[]): [number, number] {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN
  return [at(tail), at(1 - tail)]
}

/** Mean with an interval from drawing the values anew, with replacement. */
export function meanOf(values: readonly number[], random: RandomStream): Estimate {
  const mean = (some: readonly number[]): number => some.reduce((sum, value) => sum + value, 0) / some.length
  const drawn = Array.from({ length: draws }, () => mean(values.map(() => values[random.integer(values.length)]!)))
  return { mean: mean(values), interval: percentileInterval(drawn) }
}

/**
 * Agreement of two labellings beyond chance, with draws of what it would be for other samples of the same kind. Drawing
 * samples is drawing counts of the table; chance is that of the table itself, which other samples hardly change.
 */
function agreementDraws(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  random: RandomStream,
): { agreement: number; drawn: number[] } {
  const table = contingency(first, second)
  const expected = expectedMutualInformation(table)
  const drawn = Array.from({ length: draws }, () => adjusted(redrawn(table, random), expected))
  return { agreement: adjusted(table, expected), drawn }
}

/** Counts drawn anew, each nearly Poisson about what it was. */
function redrawn(table: Contingency, random: RandomStream): Contingency {
  const counts = table.counts.map((row) =>
    row.map((count) => Math.max(0, Math.round(count + Math.sqrt(count) * random.normal()))),
  )
  const rowTotals = counts.map((row) => row.reduce((sum, count) => sum + count, 0))
  const columnTotals = table.columnTotals.map((_, c) => counts.reduce((sum, row) => sum + row[c]!, 0))
  return { ...table, counts, rowTotals, columnTotals, total: rowTotals.reduce((sum, count) => sum + count, 0) }
}

/** @param pairs a node's categories and its partner's on the samples compared, one a replicate */
export function replicability(
  pairs: readonly { readonly own: ArrayLike<number>; readonly partner: ArrayLike<number> }[],
  random: RandomStream,
): Estimate {
  const each = pairs.map(({ own, partner }) => agreementDraws(own, partner, random))
  const mean = each.reduce((sum, { agreement }) => sum + agreement, 0) / each.length
  const drawn = Array.from({ length: draws }, (_, draw) => {
    let sum = 0
    for (let r = 0; r < each.length; r++) sum += each[random.integer(each.length)]!.drawn[draw]!
    return sum / each.length
  })
  return { mean, interval: percentileInterval(drawn) }
}
