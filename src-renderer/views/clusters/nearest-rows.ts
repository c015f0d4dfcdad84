/** Which samples lie nearest to points of the latent space. */

/**
 * Row of the sample nearest to each point (Euclidean), [k]; -1 where no sample has a place.
 * @param means [n, latent], NaN for a sample without a place
 * @param points [k][latent]
 */
export function nearestRows(
  means: ArrayLike<number>,
  latent: number,
  points: readonly (readonly number[])[],
): readonly number[] {
  return points.map((point) => {
    let best = -1
    let least = Infinity
    for (let row = 0; (row + 1) * latent <= means.length; row++) {
      let distance = 0
      for (let j = 0; j < latent && distance < least; j++) distance += (means[row * latent + j]! - point[j]!) ** 2
      if (distance < least) {
        least = distance
        best = row
      }
    }
    return best
  })
}
