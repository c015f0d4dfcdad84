/** What was told of new samples, in words and counts: the same in the window and on the command line. */
import type { ToldSamples } from '../models/told-samples.ts'
import { likeliest } from '../statistics/likeliest.ts'

/** Samples named of those unlike the training set. */
const named = 5

export interface ToldSummary {
  /** Samples that a label was told of, and how many of each class. */
  readonly told: number
  readonly counts: Readonly<Record<string, number>>
  /** How many of them are unlike the training set. */
  readonly unlike: number
  /** Cautions first after the counts. */
  readonly words: readonly string[]
}

export function toldSummary(
  { label, classes, ids, probabilities, unlike, notes }: ToldSamples,
  name: string,
): ToldSummary {
  const codes = likeliest(probabilities, classes.length)
  const known = Array.from(ids.keys()).filter((row) => !Number.isNaN(probabilities[row * classes.length]!))
  const counts = Object.fromEntries(classes.map((one, c) => [one, known.filter((row) => codes[row] === c).length]))
  const far = known.filter((row) => unlike[row]! > 1).sort((a, b) => unlike[b]! - unlike[a]!)
  const farthest = far.slice(0, named).map((row) => `${ids[row]!} (${unlike[row]!.toPrecision(2)} times)`)
  const caution = `Careful: ${far.length} of ${known.length} samples are farther from the training set than 99 % of the samples that nothing was learnt from (1 % are by chance); their labels may mean nothing. The farthest: ${farthest.join(', ')}.`
  return {
    ...{ told: known.length, counts, unlike: far.length },
    words: [
      `${label} of ${known.length} samples of ${name}: ${classes.map((one) => `${one} ${counts[one]!}`).join(', ')}.`,
      ...(far.length === 0 ? [] : [caution]),
      ...notes,
    ],
  }
}
