/** Products of matrices in float64: block by block through the compiled kernels, or by plain loops where they are small. */
import { linearAlgebraKernels, type LinearAlgebraKernels } from './kernels.ts'
import { realMatrix, transposed, type RealMatrix } from './real-matrix.ts'

/** Rows, columns and depth of a block. */
const block = 512
/** Below so many multiply-adds the way into the kernels' memory costs more than it saves. */
const small = 4096

/** a b: [m, k] times [k, n]. */
export function product(a: RealMatrix, b: RealMatrix): RealMatrix {
  return multiply(a, false, b, false)
}

/** a bᵀ: [m, k] times the transpose of [n, k]. */
export function productWithTranspose(a: RealMatrix, b: RealMatrix): RealMatrix {
  return multiply(a, false, b, true)
}

/** aᵀ b: the transpose of [k, m] times [k, n]. */
export function transposeProduct(a: RealMatrix, b: RealMatrix): RealMatrix {
  return multiply(a, true, b, false)
}

function multiply(a: RealMatrix, aTurned: boolean, b: RealMatrix, bTurned: boolean): RealMatrix {
  const [m, k] = aTurned ? [a.columns, a.rows] : [a.rows, a.columns]
  const [depth, n] = bTurned ? [b.columns, b.rows] : [b.rows, b.columns]
  if (depth !== k) throw new Error(`[${m}, ${k}] and [${depth}, ${n}] cannot be multiplied.`)
  const out = realMatrix(m, n)
  const kernels = m * n * k < small ? null : linearAlgebraKernels()
  if (kernels === null) plain(aTurned ? transposed(a) : a, bTurned ? transposed(b) : b, out)
  else blocked(kernels, a, aTurned, b, bTurned, out, k)
  return out
}

function plain(a: RealMatrix, b: RealMatrix, out: RealMatrix): void {
  const n = out.columns
  for (let i = 0; i < a.rows; i++)
    for (let p = 0; p < a.columns; p++) {
      const factor = a.values[i * a.columns + p]!
      for (let j = 0; j < n; j++) out.values[i * n + j]! += factor * b.values[p * n + j]!
    }
}

function blocked(
  kernels: LinearAlgebraKernels,
  a: RealMatrix,
  aTurned: boolean,
  b: RealMatrix,
  bTurned: boolean,
  out: RealMatrix,
  k: number,
): void {
  const [m, n] = [out.rows, out.columns]
  // A matrix with itself: half of the work, where the whole of it is one block.
  const symmetric = a === b && aTurned !== bTurned && m <= block
  const [mb, nb, kb] = [Math.min(m, block), Math.min(n, block), Math.min(k, block)]
  const scratchLength = kernels.gemmScratch(mb, nb, kb) / 8
  const [atA, atB, atC, scratch] = kernels.room(mb * kb, kb * nb, mb * nb, scratchLength) as [
    number,
    number,
    number,
    number,
  ]
  const viewA = kernels.view(atA, mb * kb)
  const viewB = kernels.view(atB, kb * nb)
  const viewC = kernels.view(atC, mb * nb)
  for (let j = 0; j < n; j += nb)
    for (let i = 0; i < m; i += mb) {
      const [rows, columns] = [Math.min(mb, m - i), Math.min(nb, n - j)]
      viewC.fill(0)
      for (let p = 0; p < k; p += kb) {
        const depth = Math.min(kb, k - p)
        if (aTurned) copyBlock(a, p, depth, i, rows, viewA)
        else copyBlock(a, i, rows, p, depth, viewA)
        if (bTurned) copyBlock(b, j, columns, p, depth, viewB)
        else copyBlock(b, p, depth, j, columns, viewB)
        const [aRow, aColumn] = aTurned ? [1, rows] : [depth, 1]
        const [bRow, bColumn] = bTurned ? [1, depth] : [columns, 1]
        kernels.gemm(
          rows,
          columns,
          depth,
          atA,
          aRow,
          aColumn,
          atB,
          bRow,
          bColumn,
          atC,
          columns,
          scratch,
          Number(symmetric),
        )
      }
      if (symmetric) kernels.mirror(rows, atC, columns)
      for (let r = 0; r < rows; r++) out.values.set(viewC.subarray(r * columns, (r + 1) * columns), (i + r) * n + j)
    }
}

/** Rows and columns of a matrix, packed without gaps. */
function copyBlock(
  from: RealMatrix,
  row: number,
  rows: number,
  column: number,
  columns: number,
  to: Float64Array,
): void {
  const step = from.columns
  for (let r = 0, at = row * step + column; r < rows; r++, at += step)
    to.set(from.values.subarray(at, at + columns), r * columns)
}
