/** Epochs that an axis shows at first, and of which it shows no fewer. */
const first = 256

/**
 * Where the axis of epochs ends: with all that are planned or, as long as these are far off, at a place that moves on to
 * twice as far once a quarter is reached, so that what has been trained can be seen.
 */
export function axisEnd(planned: number, trained: number): number {
  let end = first
  while (end < 4 * trained) end *= 2
  return Math.min(planned, end)
}
