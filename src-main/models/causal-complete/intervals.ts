/** 95 % intervals of shares of samples. */

const z = 1.959963984540054

export interface Share {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** So many of so many, with Wilson's interval (1927). */
export function shareOf(hits: number, samples: number): Share {
  const p = hits / samples
  const widened = 1 + z ** 2 / samples
  const centre = (p + z ** 2 / (2 * samples)) / widened
  const half = (z * Math.sqrt((p * (1 - p)) / samples + z ** 2 / (4 * samples ** 2))) / widened
  return { value: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/**
 * Difference of two shares of the same samples: `gained` have it in the first alone, `lost` in the second alone. The interval
 * is Agresti and Min's (2005), which adds half a sample to each of the four cells and so has a width where none differ.
 */
export function pairedGain(gained: number, lost: number, samples: number): Share {
  const [b, c, n] = [gained + 0.5, lost + 0.5, samples + 2]
  const centre = (b - c) / n
  const half = (z * Math.sqrt(b + c - (b - c) ** 2 / n)) / n
  return { value: (gained - lost) / samples, low: Math.max(-1, centre - half), high: Math.min(1, centre + half) }
}
