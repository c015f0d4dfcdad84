/** How many pairs are kept aside to measure on what nothing was learnt from. */

/** A part smaller than this says nothing. */
const smallest = 16

/** Of so many pairs, those kept aside: at least 16 unless none are wanted, and none where that is more than a third. */
export function heldOutPairs(pairs: number, fraction: number): number {
  if (fraction === 0 || pairs < 3 * smallest) return 0
  return Math.max(smallest, Math.floor(pairs * fraction))
}
