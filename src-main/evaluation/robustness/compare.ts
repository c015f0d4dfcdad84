/** Two classifiers trained and tested alike, several times: what one gains over the other in every row of the table. */
import { overSeeds, type SeedSummary } from '../probe/summary.ts'
import type { RobustnessRow } from './robustness.ts'

/** A row of a robustness table, as much of it as is compared. */
export interface ScoredRow extends Pick<RobustnessRow, 'kind' | 'corruption' | 'modalities' | 'samples'> {
  readonly accuracy: number
}

export interface ComparedRow extends Omit<ScoredRow, 'accuracy'> {
  /** Accuracy over splits and seeds. */
  readonly base: SeedSummary
  readonly other: SeedSummary
  /** Of the other less the base on the same split with the same seed. */
  readonly difference: SeedSummary
}

/**
 * @param base a table a split and seed; `other` has those of the same splits and seeds in the same order
 */
export function compareRobustness(
  base: readonly (readonly ScoredRow[])[],
  other: readonly (readonly ScoredRow[])[],
): ComparedRow[] {
  if (base.length !== other.length) throw new RangeError(`${base.length} and ${other.length} trainings are no pairs`)
  return base[0]!.flatMap((row): ComparedRow[] => {
    const accuracies = (tables: typeof base): number[] =>
      tables.flatMap((table) => {
        const same = table.find((one) => keyOf(one) === keyOf(row))
        return same === undefined ? [] : [same.accuracy]
      })
    const [first, second] = [accuracies(base), accuracies(other)]
    // A row that one training lacks has no pair.
    if (first.length !== base.length || second.length !== base.length) return []
    const { kind, corruption, modalities, samples } = row
    return [
      {
        ...{ kind, corruption, modalities, samples },
        base: overSeeds(first),
        other: overSeeds(second),
        difference: overSeeds(second.map((accuracy, at) => accuracy - first[at]!)),
      },
    ]
  })
}

const keyOf = ({ kind, corruption, modalities }: ScoredRow): string => JSON.stringify([kind, corruption, modalities])
