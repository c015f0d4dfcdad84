/** Points along one coordinate of the latent space, the others held. */

/** [low, high] of coordinate `k` of the rows of [n, latent] for which `keep` holds: the 2nd to the 98th hundredth. */
export function coordinateRange(
  values: ArrayLike<number>,
  latent: number,
  k: number,
  keep: (row: number) => boolean,
): readonly [number, number] {
  const rows = latent === 0 ? 0 : Math.floor(values.length / latent)
  const kept = Array.from({ length: rows }, (_, row) => row).filter(keep)
  const along = Float64Array.from(kept, (row) => values[row * latent + k] ?? 0).sort()
  const n = along.length
  if (n === 0) return [-1, 1]
  const [low, high] = [along[Math.floor(0.02 * (n - 1))] ?? 0, along[Math.ceil(0.98 * (n - 1))] ?? 0]
  return high > low ? [low, high] : [low - 1, low + 1]
}

/** `steps` copies of `start` with coordinate `k` going evenly from low to high. */
export function pathAlong(
  start: readonly number[],
  k: number,
  [low, high]: readonly [number, number],
  steps: number,
): readonly (readonly number[])[] {
  return Array.from({ length: steps }, (_, i) =>
    start.map((value, j) => (j === k ? low + ((high - low) * i) / Math.max(1, steps - 1) : value)),
  )
}

/** Mean of the rows of [n, latent] for which `keep` holds. There is one at least. */
export function meanOf(values: ArrayLike<number>, latent: number, keep: (row: number) => boolean): readonly number[] {
  const sum = new Array<number>(latent).fill(0)
  let count = 0
  for (let row = 0; row * latent < values.length; row++) {
    if (!keep(row)) continue
    count++
    for (let j = 0; j < latent; j++) sum[j]! += values[row * latent + j] ?? 0
  }
  return sum.map((value) => (count === 0 ? 0 : value / count))
}
