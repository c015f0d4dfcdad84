/**
 * The symmetric contrastive loss (partial-causal.md section 1). On the wasm engine it is an op of its own; elsewhere it
 * is composed in blocks of rows, with its gradient written out, so that no more than a block of pairs is ever held.
 */
import * as tf from '@tensorflow/tfjs-core'
import { fusedContrastiveLoss } from './kernels/contrastive.ts'
import { type LossForm, lossForms } from './loss-form.ts'

/** Rows of pairs that are held at once. */
const blockRows = 512

/**
 * L = mean_i [log sum_j exp(-d_ij / tau) + d_ii / tau] + mean_i [log sum_j exp(-d_ji / tau) + d_ii / tau], a scalar in
 * nats, with gradients by both sides and by log tau. With `released` the own pair stands twice in each sum, and the two
 * directions are averaged.
 * @param x [n, l]
 * @param t [n, l]
 * @param logTau log of the temperature, []
 */
export function contrastiveLoss(x: tf.Tensor2D, t: tf.Tensor2D, logTau: tf.Scalar, form: LossForm): tf.Scalar {
  const fused = fusedContrastiveLoss(x, t, logTau, form)
  if (fused !== null) return fused
  const op = tf.customGrad((...all) => {
    const [a, b, logarithm, save] = all as [tf.Tensor2D, tf.Tensor2D, tf.Scalar, tf.GradSaveFunc]
    const parts = logSums(a, b, logarithm, form)
    save([a, b, logarithm, parts.byRow, parts.byColumn])
    return {
      value: parts.loss,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [from, to, logTemperature, byRow, byColumn] = saved
        const gradient = blockGradients(
          from as tf.Tensor2D,
          to as tf.Tensor2D,
          logTemperature as tf.Scalar,
          byRow as tf.Tensor2D,
          byColumn as tf.Tensor2D,
          form,
        )
        return gradient.map((part) => tf.mul(part, dy))
      },
    }
  })
  return op(x, t, logTau)
}

/** s = -d / tau of a block of rows against all of t, [b, n]. */
function blockLogits(x: tf.Tensor2D, t: tf.Tensor2D, tau: tf.Scalar, { geometry }: LossForm): tf.Tensor2D {
  if (geometry === 'sphere') return tf.div(tf.matMul(x, t, false, true), tau)
  const latent = x.shape[1]
  let distance: tf.Tensor = tf.zeros([x.shape[0], t.shape[0]])
  for (let k = 0; k < latent; k++) distance = tf.add(distance, tf.abs(difference(x, t, k)))
  return tf.neg(tf.div(distance, tau))
}

/** x_ik - t_jk, [b, n] */
function difference(x: tf.Tensor2D, t: tf.Tensor2D, k: number): tf.Tensor2D {
  const column = tf.slice(x, [0, k], [x.shape[0], 1])
  return tf.sub(column, tf.transpose(tf.slice(t, [0, k], [t.shape[0], 1])))
}

/** Extra weight of the own pairs in a block of rows from `start` on, [b, n]. */
function ownPairs(start: number, rows: number, n: number): tf.Tensor2D {
  return tf.oneHot(tf.range(start, start + rows, 1, 'int32'), n) as tf.Tensor2D
}

function blocks(n: number): { start: number; rows: number }[] {
  return Array.from({ length: Math.ceil(n / blockRows) }, (_, i) => {
    const start = i * blockRows
    return { start, rows: Math.min(blockRows, n - start) }
  })
}

interface LogSums {
  readonly loss: tf.Scalar
  /** [n, 1] each */
  readonly byRow: tf.Tensor2D
  readonly byColumn: tf.Tensor2D
}

function logSums(x: tf.Tensor2D, t: tf.Tensor2D, logTau: tf.Scalar, form: LossForm): LogSums {
  const n = x.shape[0]
  const { own, share } = lossForms[form.form]
  const tau = tf.exp(logTau)
  const along = (from: tf.Tensor2D, to: tf.Tensor2D): { sums: tf.Tensor2D; paired: tf.Tensor2D } => {
    const parts = blocks(n).map(({ start, rows }) =>
      tf.tidy(() => {
        const s = blockLogits(tf.slice(from, [start, 0], [rows, -1]), to, tau, form)
        const pairs = tf.cast(ownPairs(start, rows, n), 'float32')
        const weighted = own === 1 ? s : tf.add<tf.Tensor2D>(s, tf.mul(pairs, Math.log(own)))
        return [tf.logSumExp(weighted, 1, true), tf.sum(tf.mul(s, pairs), 1, true)] as [tf.Tensor2D, tf.Tensor2D]
      }),
    )
    return { sums: tf.concat(parts.map(([sum]) => sum)), paired: tf.concat(parts.map(([, pair]) => pair)) }
  }
  const rows = along(x, t)
  const columns = along(t, x)
  const total = tf.sub(tf.add(rows.sums, columns.sums), tf.mul(rows.paired, 2))
  return { loss: tf.mul(tf.mean(total), share), byRow: rows.sums, byColumn: columns.sums }
}

/** The gradients by x, t and log tau. */
function blockGradients(
  x: tf.Tensor2D,
  t: tf.Tensor2D,
  logTau: tf.Scalar,
  byRow: tf.Tensor2D,
  byColumn: tf.Tensor2D,
  form: LossForm,
): tf.Tensor[] {
  const n = x.shape[0]
  const { own, share } = lossForms[form.form]
  const tau = tf.exp(logTau)
  const columns = tf.transpose(byColumn)
  const parts = blocks(n).map(({ start, rows }) =>
    tf.tidy(() => {
      const from = tf.slice(x, [start, 0], [rows, -1])
      const s = blockLogits(from, t, tau, form)
      const pairs = tf.cast(ownPairs(start, rows, n), 'float32')
      const shares = tf.add(tf.exp(tf.sub(s, tf.slice(byRow, [start, 0], [rows, 1]))), tf.exp(tf.sub(s, columns)))
      const weighted = tf.add(shares, tf.mul(tf.mul(shares, pairs), own - 1))
      const weights = tf.sub<tf.Tensor2D>(weighted, tf.mul(pairs, 2))
      return [...byOutputs(from, t, weights, form), tf.neg(tf.sum(tf.mul(weights, s)))]
    }),
  )
  const scale = share / n
  const nth = (i: number): tf.Tensor[] => parts.map((part) => part[i]!)
  return [
    tf.div(tf.mul(tf.concat(nth(0)), scale), tau),
    tf.div(tf.mul(tf.addN(nth(1)), scale), tau),
    tf.mul(tf.addN(nth(2)), scale),
  ]
}

/** sum_j w_ij tau ds_ij/dx_i, [b, l], and sum_i w_ij tau ds_ij/dt_j, [n, l]. */
function byOutputs(x: tf.Tensor2D, t: tf.Tensor2D, weights: tf.Tensor2D, { geometry }: LossForm): tf.Tensor[] {
  if (geometry === 'sphere') return [tf.matMul(weights, t), tf.matMul(weights, x, true, false)]
  const latent = x.shape[1]
  const signed = Array.from({ length: latent }, (_, k) => tf.mul(tf.sign(difference(x, t, k)), weights))
  return [
    tf.neg(
      tf.stack(
        signed.map((part) => tf.sum(part, 1)),
        1,
      ),
    ),
    tf.stack(
      signed.map((part) => tf.sum(part, 0)),
      1,
    ),
  ]
}
