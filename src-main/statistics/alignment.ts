/**
 * Curves that hold the same event somewhere, laid over one another: a template and the part of each curve that correlates
 * most with it, in turns, as generalised Procrustes analysis does with shifts alone (Gower 1975).
 */
import type { Piecewise } from './piecewise.ts'

const mostTurns = 8
/** Turns end where fewer curves than this share are moved by one. */
const settled = 0.01
/** Curves that are placed between looks elsewhere. */
const curvesAPiece = 50

/**
 * First point of the part of a curve that correlates most with the template; null where every part is flat.
 * @param template of mean 0, [width]
 * @param values [points], no fewer than the template
 */
export function placeIn(values: Float64Array, template: Float64Array): number | null {
  const width = template.length
  // Less is what rounding leaves of larger values that have gone by.
  const lowest = 1e-12 * values.reduce((most, value) => Math.max(most, value * value), 0) * width
  let [sum, squares] = [0, 0]
  for (let j = 0; j < width; j++) {
    sum += values[j]!
    squares += values[j]! ** 2
  }
  let [best, place] = [-Infinity, null as number | null]
  for (let from = 0; ; from++) {
    const spread = squares - (sum * sum) / width
    if (spread > lowest) {
      let product = 0
      for (let j = 0; j < width; j++) product += values[from + j]! * template[j]!
      const correlation = product / Math.sqrt(spread)
      if (correlation > best) [best, place] = [correlation, from]
    }
    if (from + width >= values.length) return place
    const [gone, come] = [values[from]!, values[from + width]!]
    sum += come - gone
    squares += come * come - gone * gone
  }
}

/** First point of a part whose middle is where a curve is furthest from its median, as far as there is room. */
function aroundHighest(values: Float64Array, width: number): number {
  const median = values.toSorted()[values.length >> 1]!
  const half = width >> 1
  let [highest, middle] = [-1, half]
  for (let at = half; at + width - half <= values.length; at++)
    if (Math.abs(values[at]! - median) > highest) [highest, middle] = [Math.abs(values[at]! - median), at]
  return middle - half
}

/** Mean of the parts, each without its own mean. [width] */
function meanOf(curves: readonly Float64Array[], places: readonly number[], width: number): Float64Array {
  const template = new Float64Array(width)
  curves.forEach((values, i) => {
    const part = values.subarray(places[i], places[i]! + width)
    const mean = part.reduce((sum, value) => sum + value, 0) / width
    for (let j = 0; j < width; j++) template[j]! += (part[j]! - mean) / curves.length
  })
  return template
}

/**
 * What the curves have in common somewhere, [width] of mean 0; null where they have nothing, for all are flat.
 * @param curves [n][points]
 */
export function* commonTemplate(curves: readonly Float64Array[], width: number): Piecewise<Float64Array | null> {
  let places = curves.map((values) => aroundHighest(values, width))
  for (let turn = 0; turn < mostTurns; turn++) {
    const template = meanOf(curves, places, width)
    const next: number[] = []
    for (const [i, values] of curves.entries()) {
      next.push(placeIn(values, template) ?? places[i]!)
      if (i % curvesAPiece === curvesAPiece - 1) yield 'laying curves over one another'
    }
    const moved = next.filter((place, i) => place !== places[i]).length
    places = next
    if (moved <= settled * curves.length) break
  }
  const template = meanOf(curves, places, width)
  return template.some((value) => value !== 0) ? template : null
}

/** Half of the curves have their parts within so small a share of their points: the event hardly moves. */
const hardlyMoves = 0.1

/**
 * Whether the event lies at different places of the curves. Where it hardly moves, curves need not be laid over one another,
 * and to do so by whole points leaves steps in them that look like groups.
 * @param curves [n][points]
 */
export function eventMoves(curves: readonly Float64Array[], template: Float64Array): boolean {
  const places = curves.map((values) => placeIn(values, template)).filter((place) => place !== null)
  const ordered = Int32Array.from(places).sort()
  const at = (share: number): number => ordered[Math.floor(share * (ordered.length - 1))] ?? 0
  return at(0.75) - at(0.25) >= hardlyMoves * (curves[0]?.length ?? 0)
}
