/** Values of curves made ready to be seen: smoothed, without what would flatten all else, as a table. */

type Values = readonly (number | null)[]

/** Exponential moving average that starts at the first value; gaps stay gaps. `weight` of what was before, 0 to 1. */
export function smoothed(values: Values, weight: number): Values {
  let mean: number | null = null
  return values.map((value) => {
    if (value === null) return null
    mean = mean === null ? value : weight * mean + (1 - weight) * value
    return mean
  })
}

/** So many spans of the middle nine tenths may a value lie outside of them. */
const reach = 3
const fewest = 8

/**
 * The range that most values ask for: ends that lie far beyond the middle nine tenths are left out, so that one failed step
 * does not flatten a thousand good ones. Null without values.
 */
export function robustRange(curves: readonly Values[]): readonly [number, number] | null {
  const sorted = curves.flatMap((values) => values.filter((value) => value !== null)).sort((a, b) => a - b)
  const [lowest] = sorted
  const highest = sorted.at(-1)
  if (lowest === undefined || highest === undefined) return null
  if (sorted.length < fewest) return [lowest, highest]
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!
  const room = reach * (at(0.95) - at(0.05))
  if (room === 0) return [lowest, highest]
  const within = sorted.filter((value) => value >= at(0.05) - room && value <= at(0.95) + room)
  return [within[0]!, within.at(-1)!]
}

/** How many values lie outside. */
export function beyond(curves: readonly Values[], [low, high]: readonly [number, number]): number {
  return curves.flat().filter((value) => value !== null && (value < low || value > high)).length
}

/** For a spreadsheet: a column each, tabs between them. */
export function asTable(
  xLabel: string,
  x: readonly number[],
  curves: readonly { label: string; values: Values }[],
): string {
  const rows = x.map((at, i) => [at, ...curves.map(({ values }) => values[i] ?? '')].join('\t'))
  return [[xLabel, ...curves.map(({ label }) => label)].join('\t'), ...rows].join('\n')
}

/** A curve in words: where it begins, its highest and lowest, where it is now. */
export function curveWords(
  x: readonly number[],
  { label, values }: { label: string; values: Values },
  say: (value: number) => string,
): string {
  const known = values.flatMap((value, i) => (value === null ? [] : [{ value, x: x[i] ?? i }]))
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined) return `${label}: no values yet.`
  if (known.length === 1) return `${label}: ${say(first.value)}.`
  const highest = known.reduce((best, one) => (one.value > best.value ? one : best))
  const lowest = known.reduce((best, one) => (one.value < best.value ? one : best))
  return `${label}: from ${say(first.value)} to ${say(last.value)}; highest ${say(highest.value)} at ${highest.x}, lowest ${say(lowest.value)} at ${lowest.x}.`
}
