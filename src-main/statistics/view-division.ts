/** One way to divide samples, and what one way says of another. */
import { contingency, entropy, mutualInformation } from './contingency.ts'

/** The division by one view; labels -1 where a sample lacks the view. */
export interface ViewDivision {
  readonly clusters: number
  /** [n] */
  readonly labels: Int32Array
}

/** Share of a division's entropy that may stay open where another is said to tell it. */
const leftOpen = 0.1

/** Both divisions at once: a cluster for each pair of theirs that has a sample. */
export function together(first: ViewDivision, second: ViewDivision): ViewDivision {
  const codes = first.labels.map((a, i) =>
    a < 0 || second.labels[i]! < 0 ? -1 : a * second.clusters + second.labels[i]!,
  )
  const pairs = [...new Set(codes)].filter((code) => code >= 0).sort((a, b) => a - b)
  const place = new Map(pairs.map((code, at) => [code, at]))
  return { clusters: pairs.length, labels: codes.map((code) => place.get(code) ?? -1) }
}

/**
 * Whether the first division tells the second, over the samples that both have: its mutual information with it leaves no
 * more than a share of the second's entropy open.
 * @param open that share
 */
export function determines(first: ViewDivision, second: ViewDivision, open = leftOpen): boolean {
  const both = Array.from(first.labels.keys()).filter((i) => first.labels[i]! >= 0 && second.labels[i]! >= 0)
  const table = contingency(
    both.map((i) => first.labels[i]!),
    both.map((i) => second.labels[i]!),
  )
  // Rounding aside.
  return mutualInformation(table) >= (1 - open) * entropy(table.columnTotals, table.total) - 1e-12
}

/**
 * The fewest divisions that tell all others, and of as few those with the fewest clusters, the earliest of those: of two
 * causes there are also divisions that tell where both hold, or either, which name the samples' clusters by no cause.
 * @returns their places, ascending
 */
export function fewestThatTellAll(divisions: readonly ViewDivision[]): readonly number[] {
  let best: readonly number[] = [...divisions.keys()]
  const clustersOf = (chosen: readonly number[]): number => chosen.reduce((sum, k) => sum + divisions[k]!.clusters, 0)
  for (let set = 1; set < 2 ** divisions.length; set++) {
    const chosen = [...divisions.keys()].filter((k) => (set >> k) % 2 === 1)
    if (chosen.length > best.length || (chosen.length === best.length && clustersOf(chosen) >= clustersOf(best)))
      continue
    const all = chosen.map((k) => divisions[k]!).reduce(together)
    if (divisions.every((one, k) => chosen.includes(k) || determines(all, one))) best = chosen
  }
  return best
}
