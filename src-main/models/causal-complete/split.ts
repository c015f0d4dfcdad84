/** Which samples are learnt from, which choose the epoch, which are measured: drawn class by class, or as was said. */
import { refused } from '../../../src-shared/errors.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

export interface Split {
  /** Row indices in order. */
  readonly training: Int32Array
  readonly validation: Int32Array
  readonly test: Int32Array
}

export type Part = keyof Split

/**
 * Of every class its share goes to test and validation, rounded; where shares are asked for, a class of two samples has one
 * to learn from and one to measure, and none is left without a sample to learn from.
 * @param labels class of each row; rows of -1 take no part
 * @param fixed where rows have to go, null where that is open; no row is drawn for a part that some were said to be of
 * @throws refused where a class has nothing left to learn from
 */
export function stratifiedSplit(
  labels: Int32Array,
  classes: readonly string[],
  shares: { readonly test: number; readonly validation: number },
  seed: number,
  fixed: readonly (Part | null)[] | null = null,
): Split {
  const parts = { training: [] as number[], validation: [] as number[], test: [] as number[] }
  const said = (part: Part): boolean => fixed?.includes(part) ?? false
  const share = { test: said('test') ? 0 : shares.test, validation: said('validation') ? 0 : shares.validation }
  classes.forEach((name, c) => {
    const own = Array.from(labels.keys()).filter((row) => labels[row] === c)
    for (const row of own) {
      const part = fixed?.[row] ?? null
      if (part !== null) parts[part].push(row)
    }
    const rows = own.filter((row) => (fixed?.[row] ?? null) === null)
    const spare = rows.length < own.length && own.some((row) => fixed?.[row] === 'training') ? 0 : 1
    const order = RandomStream.of(seed, `split/${c}`).permutation(rows.length)
    const wanted = share.test === 0 ? 0 : Math.max(1, Math.round(share.test * rows.length))
    const test = Math.max(0, Math.min(wanted, rows.length - spare))
    const validation = Math.max(0, Math.min(Math.round(share.validation * rows.length), rows.length - spare - test))
    order.forEach((at, place) => {
      const part = place < test ? parts.test : place < test + validation ? parts.validation : parts.training
      part.push(rows[at]!)
    })
    if (!own.some((row) => parts.training.includes(row)))
      throw refused(
        `No sample of the class "${name}" is left to learn from: all are kept to choose the epoch or to be measured.`,
        'Leave some of its samples to learn from.',
        { field: 'label' },
      )
  })
  const sorted = (rows: readonly number[]): Int32Array => Int32Array.from(rows).sort()
  return { training: sorted(parts.training), validation: sorted(parts.validation), test: sorted(parts.test) }
}
