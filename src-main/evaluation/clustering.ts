/** Agreement of a clustering with known classes; labels are any numbers, their names do not matter. */
import type { Contingency } from '../statistics/contingency.ts'
import { contingency } from '../statistics/contingency.ts'
import { bestMatching } from '../statistics/matching.ts'

type Labels = ArrayLike<number>

/** Adjusted Rand index (Hubert & Arabie 1985): 1 for the same partition, 0 on average for random ones. */
export function adjustedRandIndex(predicted: Labels, truth: Labels): number {
  const { counts, rowTotals, columnTotals, total } = contingency(predicted, truth)
  const pairs = (n: number): number => (n * (n - 1)) / 2
  const together = sum(counts.flat().map(pairs))
  const inRows = sum(rowTotals.map(pairs))
  const inColumns = sum(columnTotals.map(pairs))
  const chance = (inRows * inColumns) / pairs(total)
  const most = (inRows + inColumns) / 2
  return most === chance || total < 2 ? 1 : (together - chance) / (most - chance)
}

/** Normalised mutual information with the arithmetic mean of the entropies; 1 where both labellings are constant. */
export function normalisedMutualInformation(predicted: Labels, truth: Labels): number {
  const table = contingency(predicted, truth)
  const mean = (entropy(table.rowTotals) + entropy(table.columnTotals)) / 2
  return mean === 0 ? 1 : Math.max(0, mutualInformation(table)) / mean
}

/** Nats. */
export function mutualInformation({ counts, rowTotals, columnTotals, total }: Contingency): number {
  return sum(
    counts.flatMap((row, r) =>
      row.map((n, c) => (n === 0 ? 0 : (n / total) * Math.log((n * total) / (rowTotals[r]! * columnTotals[c]!)))),
    ),
  )
}

/** Entropy of the distribution that counts stand for, nats. */
export function entropy(counts: readonly number[]): number {
  const total = sum(counts)
  return -sum(counts.map((n) => (n === 0 ? 0 : (n / total) * Math.log(n / total))))
}

/** Share of samples that are in the commonest class of their cluster. */
export function purity(predicted: Labels, truth: Labels): number {
  const { counts, total } = contingency(predicted, truth)
  return sum(counts.map((row) => Math.max(...row))) / total
}

/** Share of samples in the class that their cluster is matched to, under the best one-to-one matching. */
export function clusteringAccuracy(predicted: Labels, truth: Labels): number {
  const { counts, total } = contingency(predicted, truth)
  return sum(bestMatching(counts).map((column, row) => counts[row]![column] ?? 0)) / total
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
