/** From values to places on a chart, and the round numbers at its axes. */

export type Range = readonly [number, number]

/** The range with room for a line at its ends; a single value gets a range around it. */
export function padded([low, high]: Range, share = 0.04): Range {
  const span = high - low
  if (span > 0) return [low - span * share, high + span * share]
  const around = low === 0 ? 1 : Math.abs(low) * 0.1
  return [low - around, high + around]
}

/** value -> place, linearly. */
export function linear([low, high]: Range, [from, to]: Range): (value: number) => number {
  const factor = high === low ? 0 : (to - from) / (high - low)
  return (value) => from + (value - low) * factor
}

/** About `wanted` round numbers (1, 2 or 5 times a power of ten) within the range. */
export function ticks([low, high]: Range, wanted = 4): readonly number[] {
  const span = high - low
  if (!(span > 0)) return [low]
  const rough = span / Math.max(1, wanted)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** An SVG path through the points; gaps where a value is not finite. */
export function path(xs: ArrayLike<number>, ys: ArrayLike<number>, x: (v: number) => number, y: (v: number) => number) {
  let d = ''
  let down = false
  for (let i = 0; i < ys.length; i++) {
    const value = ys[i] ?? NaN
    if (!Number.isFinite(value)) {
      down = false
      continue
    }
    d += `${down ? 'L' : 'M'}${x(xs[i] ?? i).toFixed(2)},${y(value).toFixed(2)}`
    down = true
  }
  return d
}
