/** How little has to change before another label is told: distance of a representation from the classifier's nearest boundary. */
import { likeliest } from '../../statistics/likeliest.ts'

export interface Fragility {
  /** [rows]: the smaller, the more fragile; 1 is the root mean square distance of representations from their mean. */
  readonly distance: Float32Array
  /** Class that is told, and the one beyond the nearest boundary. */
  readonly told: Int32Array
  readonly instead: Int32Array
}

/**
 * The classifier is linear, so the distance is exact: min_c (l_told - l_c) / |w_told - w_c|.
 * @param logits [rows, C]
 * @param representation [rows, h]
 * @param weight [h, C], row-major
 * @param unit what distances are told in; by default the spread of these very rows
 */
export function fragilityOf(
  logits: Float32Array,
  representation: Float32Array,
  weight: Float32Array,
  classes: number,
  unit: number = spreadOf(representation, weight.length / classes),
): Fragility {
  const rows = logits.length / classes
  const width = weight.length / classes
  const told = likeliest(logits, classes)
  const between = (a: number, b: number): number => {
    let sum = 0
    for (let k = 0; k < width; k++) sum += (weight[k * classes + a]! - weight[k * classes + b]!) ** 2
    return Math.sqrt(sum)
  }
  const apart = Array.from({ length: classes }, (_, a) => Array.from({ length: classes }, (__, b) => between(a, b)))
  const distance = new Float32Array(rows)
  const instead = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const own = told[row]!
    let best = Infinity
    for (let c = 0; c < classes; c++) {
      if (c === own) continue
      const away = (logits[row * classes + own]! - logits[row * classes + c]!) / apart[own]![c]!
      if (away >= best) continue
      best = away
      instead[row] = c
    }
    distance[row] = unit > 0 ? best / unit : 0
  }
  return { distance, told, instead }
}

/** Root mean square distance of rows from their mean. */
export function spreadOf(values: Float32Array, width: number): number {
  const rows = values.length / width
  let sum = 0
  for (let k = 0; k < width; k++) {
    let [total, squares] = [0, 0]
    for (let row = 0; row < rows; row++) total += values[row * width + k]! / rows
    for (let row = 0; row < rows; row++) squares += (values[row * width + k]! - total) ** 2
    sum += squares / rows
  }
  return Math.sqrt(sum)
}
