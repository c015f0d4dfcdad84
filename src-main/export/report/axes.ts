/** Axes for people: round ticks and numbers without noise. */

/** Round numbers (1, 2 or 5 times a power of ten) within [low, high]: `wanted` of them, one more or fewer. */
export function ticks(low: number, high: number, wanted: number): readonly number[] {
  const span = high - low
  if (!(span > 0) || !Number.isFinite(span)) return [low]
  const power = 10 ** Math.floor(Math.log10(span / wanted))
  for (const factor of [1, 2, 5, 10]) {
    const step = factor * power
    const first = Math.ceil(low / step - 1e-9)
    const count = Math.floor(high / step + 1e-9) - first + 1
    // Counting in whole steps keeps 0.3 from becoming 0.30000000000000004.
    if (count <= wanted + 1)
      return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)))
  }
  return [low, high]
}

/** A number as it stands on an axis: at most six digits, a power of ten where there would be more zeros than digits. */
export function axisNumber(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  const text = size >= 1e6 || size < 1e-3 ? value.toExponential() : String(Number(value.toPrecision(6)))
  return text.replace('e+', 'e').replace('-', '\u2212')
}

/** A label with its unit: "strain (%)". */
export function axisLabel(label: string | undefined, unit: string | undefined): string {
  const named = label ?? ''
  return unit === undefined || unit === '' ? named : `${named} (${unit})`.trim()
}
