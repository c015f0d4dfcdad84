/** Which samples are learnt from, which choose the epoch, which are measured: drawn class by class. */
import { RandomStream } from '../../../src-shared/random/stream.ts'

export interface Split {
  /** Row indices in order. */
  readonly training: Int32Array
  readonly validation: Int32Array
  readonly test: Int32Array
}

/**
 * Of every class its share goes to test and validation, rounded; where shares are asked for, a class of two samples has one
 * to learn from and one to measure, and none is left without a sample to learn from.
 * @param labels class of each row; rows of -1 take no part
 */
export function stratifiedSplit(
  labels: Int32Array,
  classes: number,
  shares: { readonly test: number; readonly validation: number },
  seed: number,
): Split {
  const parts = { training: [] as number[], validation: [] as number[], test: [] as number[] }
  for (let c = 0; c < classes; c++) {
    const rows = Array.from(labels.keys()).filter((row) => labels[row] === c)
    const order = RandomStream.of(seed, `split/${c}`).permutation(rows.length)
    const wanted = shares.test === 0 ? 0 : Math.max(1, Math.round(shares.test * rows.length))
    const test = Math.min(wanted, rows.length - 1)
    const validation = Math.min(Math.round(shares.validation * rows.length), rows.length - 1 - test)
    order.forEach((at, place) => {
      const part = place < test ? parts.test : place < test + validation ? parts.validation : parts.training
      part.push(rows[at]!)
    })
  }
  const sorted = (rows: readonly number[]): Int32Array => Int32Array.from(rows).sort()
  return { training: sorted(parts.training), validation: sorted(parts.validation), test: sorted(parts.test) }
}
