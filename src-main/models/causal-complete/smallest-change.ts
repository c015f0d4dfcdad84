/**
 * The smallest change of measurements after which another label is told, in standardised units: steps to the nearest
 * linearised boundary (DeepFool; Moosavi-Dezfooli, Fawzi & Frossard, CVPR 2016), then as little of the way as is needed. An
 * upper bound: a smaller one may exist.
 */
import * as tf from '@tensorflow/tfjs-core'
import { likeliest } from '../../statistics/likeliest.ts'
import { type Breathe, breathless } from '../../statistics/piecewise.ts'
import type { BatchTensors } from './batch.ts'
import type { CausalCompleteModel } from './model.ts'

const steps = 30
const halvings = 12
/** Rivals that a boundary is looked for to: those likeliest at first. */
const rivals = 4
/** A little past the boundary, or rounding keeps the label. */
const overshoot = 1.02
const past = 1.002

export interface SmallestChange {
  /** A modality each, [rows, values]. */
  readonly changes: readonly Float32Array[]
  /** Class after the change, [rows]; -1 where none was found. */
  readonly becomes: Int32Array
}

type Flat = readonly Float32Array[]

/**
 * @param x per modality [rows, ...shape], standardised
 * @param moving per modality [values], 0 where a value may not move
 */
export async function smallestChange(
  model: CausalCompleteModel,
  { x, mask }: Pick<BatchTensors, 'x' | 'mask'>,
  moving: readonly Float32Array[],
  breathe: Breathe = breathless,
): Promise<SmallestChange> {
  const rows = x[0]!.shape[0]
  const { classes } = model.shape
  const start: Flat = await Promise.all(x.map((tensor) => tensor.data<'float32'>()))
  const shapes = x.map(({ shape }) => shape)
  const place = (change: Flat, share: Float32Array): tf.Tensor[] =>
    start.map((values, m) => {
      const size = values.length / rows
      return tf.tensor(
        values.map((value, at) => value + share[Math.floor(at / size)]! * change[m]![at]!),
        shapes[m],
      )
    })
  const logitsAt = async (change: Flat, share: Float32Array): Promise<Float32Array> => {
    const logits = tf.tidy(() =>
      model.logits(model.encode({ x: place(change, share), mask, fused: null }).representation),
    )
    const values = await logits.data<'float32'>()
    logits.dispose()
    await breathe()
    return values
  }
  const whole = new Float32Array(rows).fill(1)
  const change = start.map((values) => new Float32Array(values.length))
  const told = likeliest(await logitsAt(change, whole), classes)
  const order = rivalsOf(await logitsAt(change, whole), told, classes)
  let becomes = new Int32Array(rows).fill(-1)
  for (let step = 0; step < steps && becomes.includes(-1); step++) {
    const logits = await logitsAt(change, whole)
    const nearest = nearestBoundaries(
      order[0]!.map((_, k) => order.map((list) => list[k]!)),
      (rival) => gradientsTo(model, place(change, whole), mask, told, rival),
      { logits, told, classes, moving },
    )
    for (let row = 0; row < rows; row++) {
      if (becomes[row]! >= 0) continue
      const { distance, length, gradient } = nearest[row]!
      if (!(length > 0)) continue
      change.forEach((values, m) => {
        const size = values.length / rows
        for (let k = 0; k < size; k++)
          values[row * size + k]! += (overshoot * distance * gradient[m]![k]! * moving[m]![k]!) / length
      })
    }
    const now = likeliest(await logitsAt(change, whole), classes)
    becomes = becomes.map((found, row) => (found >= 0 || now[row] === told[row] ? found : now[row]!))
  }
  let [low, high] = [new Float32Array(rows), new Float32Array(rows).fill(1)]
  for (let k = 0; k < halvings; k++) {
    const middle = low.map((value, row) => (value + high[row]!) / 2)
    const now = likeliest(await logitsAt(change, middle), classes)
    const lost = (row: number): boolean => now[row] !== told[row]
    low = low.map((value, row) => (lost(row) ? value : middle[row]!))
    high = high.map((value, row) => (lost(row) ? middle[row]! : value))
  }
  return {
    changes: change.map((values) =>
      values.map((value, at) => value * past * high[Math.floor((at * rows) / values.length)]!),
    ),
    becomes,
  }
}

/** Classes besides the one that is told, the likeliest first, [rows][rivals]. */
function rivalsOf(logits: Float32Array, told: Int32Array, classes: number): number[][] {
  return Array.from(told, (own, row) =>
    Array.from({ length: classes }, (_, c) => c)
      .filter((c) => c !== own)
      .sort((a, b) => logits[row * classes + b]! - logits[row * classes + a]!)
      .slice(0, rivals),
  )
}

/** Gradients of l_rival - l_told, per modality [rows, values]. */
function gradientsTo(
  model: CausalCompleteModel,
  x: tf.Tensor[],
  mask: tf.Tensor2D | null,
  told: Int32Array,
  rival: readonly number[],
): Flat {
  const { classes } = model.shape
  const sign = new Float32Array(told.length * classes)
  told.forEach((own, row) => {
    sign[row * classes + rival[row]!] = 1
    sign[row * classes + own] = -1
  })
  const gradients = tf.tidy(() => {
    const signs = tf.tensor2d(sign, [told.length, classes])
    const lead = (...at: tf.Tensor[]): tf.Scalar =>
      tf.sum(tf.mul(model.logits(model.encode({ x: at, mask, fused: null }).representation), signs))
    return tf.grads(lead)(x)
  })
  const values = gradients.map((gradient) => gradient.dataSync<'float32'>().slice())
  tf.dispose([...gradients, ...x])
  return values
}

interface Boundary {
  readonly distance: number
  readonly length: number
  /** Per modality [values]. */
  readonly gradient: Flat
}

/** Of each row the boundary that is nearest as seen from where it stands. */
function nearestBoundaries(
  rivalLists: readonly (readonly number[])[],
  gradients: (rival: readonly number[]) => Flat,
  at: { logits: Float32Array; told: Int32Array; classes: number; moving: readonly Float32Array[] },
): Boundary[] {
  const rows = at.told.length
  const best: Boundary[] = Array.from({ length: rows }, () => ({ distance: Infinity, length: 0, gradient: [] }))
  for (const rival of rivalLists) {
    const all = gradients(rival)
    for (let row = 0; row < rows; row++) {
      const gradient = all.map((values) =>
        values.subarray((row * values.length) / rows, ((row + 1) * values.length) / rows),
      )
      let square = 0
      gradient.forEach((values, m) => values.forEach((value, k) => (square += (value * at.moving[m]![k]!) ** 2)))
      const length = Math.sqrt(square)
      const { logits, told, classes } = at
      const lead = logits[row * classes + told[row]!]! - logits[row * classes + rival[row]!]!
      const distance = (Math.abs(lead) + 1e-5) / length
      if (length > 0 && distance < best[row]!.distance) best[row] = { distance, length, gradient }
    }
  }
  return best
}
