/** Few labelled rows of each class, drawn by a seed: some to fit on, some others to choose the penalty by. */
import { RandomStream } from '../../../src-shared/random/stream.ts'

/** Rows of each class to validate on, as in the authors' code: as many as to fit on, at most 4. */
export function validationShots(shots: number): number {
  return Math.min(shots, 4)
}

export interface ShotDraw {
  readonly training: Int32Array
  readonly validation: Int32Array
}

/** Rows by their class, [classes][rows of it], in order; rows without a class (-1) are in none. */
export function rowsByClass(rows: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number[][] {
  const byClass = Array.from({ length: classes }, (): number[] => [])
  for (let i = 0; i < rows.length; i++) byClass[labels[rows[i]!]!]?.push(rows[i]!)
  return byClass
}

/** `shots` rows of each class to fit on and others to validate on. The smaller draws of a seed are part of its larger ones. */
export function drawShots(byClass: readonly (readonly number[])[], shots: number, seed: number): ShotDraw {
  const [training, validation]: [number[], number[]] = [[], []]
  for (const [code, rows] of byClass.entries()) {
    const order = RandomStream.of(seed, `probe/shots/${code}`).permutation(rows.length)
    training.push(...Array.from(order.subarray(0, shots), (at) => rows[at]!))
    // From the end, so that no draw of the seed validates on what a larger one of it fits on, as long as rows suffice.
    const spare = Math.max(shots, rows.length - validationShots(shots))
    validation.push(...Array.from(order.subarray(spare), (at) => rows[at]!))
  }
  return { training: Int32Array.from(training), validation: Int32Array.from(validation) }
}

export interface Split {
  /** Rows to draw from. */
  readonly pool: Int32Array
  readonly test: Int32Array
}

/** A share of each class for testing, at least one row where there are two; rows without a class stay in the pool. */
export function splitRows(rows: ArrayLike<number>, labels: ArrayLike<number>, share: number, seed: number): Split {
  const groups = Map.groupBy(Array.from(rows), (row) => labels[row]!)
  const [pool, test]: [number[], number[]] = [[], []]
  for (const code of Array.from(groups.keys()).sort((a, b) => a - b)) {
    const own = groups.get(code)!
    const order = RandomStream.of(seed, `probe/split/${code}`).permutation(own.length)
    const tested = code < 0 || own.length < 2 ? 0 : Math.max(1, Math.round(share * own.length))
    for (const [at, from] of order.entries()) (at < tested ? test : pool).push(own[from]!)
  }
  const sorted = (list: number[]): Int32Array => Int32Array.from(list).sort()
  return { pool: sorted(pool), test: sorted(test) }
}
