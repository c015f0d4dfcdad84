/** Numbers over seeds: mean, standard deviation, and a 95 % interval of the mean. */

export interface SeedSummary {
  readonly mean: number
  /** n - 1 in the denominator; null for a single number. */
  readonly deviation: number | null
  /** Student's t interval of the mean, 95 %; null for a single number. */
  readonly interval: readonly [number, number] | null
  readonly count: number
}

export function overSeeds(values: readonly number[]): SeedSummary {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  if (count < 2) return { mean, deviation: null, interval: null, count }
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1))
  const reach = (studentQuantile(count - 1) * deviation) / Math.sqrt(count)
  return { mean, deviation, interval: [mean - reach, mean + reach], count }
}

/** 97.5 % quantile of Student's t up to 10 degrees of freedom; beyond, the expansion below is right to three digits. */
const few = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281]

/** Beyond the table: Abramowitz & Stegun 26.7.5. */
function studentQuantile(freedom: number): number {
  const known = few[freedom - 1]
  if (known !== undefined) return known
  const z = 1.959964
  const first = (z ** 3 + z) / 4
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3
}
