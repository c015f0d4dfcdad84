/**
 * Matrix multiplication over packed panels (Goto & van de Geijn 2008). The right operand is packed into panels of 16 or
 * 8 columns, [k][columns], that stay in the first-level cache; the left operand is read where it lies, by rows or, when
 * it is transposed, by columns.
 */
import { roundUp } from './arithmetic'
import { activated } from './elementwise'
import { columns6x16, columns6x8, rows6x16, rows6x8 } from './micro-kernels'

/** Rows of a register tile. */
const tileRows: i32 = 6
/** Bound on k of a packed block: a panel of 16 columns then takes 20 KiB of the first-level cache. */
const blockDepth: i32 = 320
/** Bound on the columns of a packed block. */
const blockColumns: i32 = 512
/** Bound on the bytes of left operand that one pass over a panel touches: it should stay in the second-level cache. */
const leftBytes: i32 = 393216

/** Columns of a full panel. */
let panelColumns: i32 = 8

/** 16 where the machine turns pairs of vectors into 256-bit ones, else 8. */
export function setPanelColumns(columns: i32): void {
  panelColumns = columns
}

@inline
function stripWidth(left: i32): i32 {
  return panelColumns == 16 && left > 8 ? 16 : 8
}

/** Depth of each block when k is cut into equal blocks of at most blockDepth. */
export function depthOf(k: i32): i32 {
  const blocks = (k + blockDepth - 1) / blockDepth
  return blocks <= 1 ? k : roundUp((k + blocks - 1) / blocks, 4)
}

/** Bytes that packing a whole [k, n] right operand takes. */
export function packedBytes(k: i32, n: i32): i32 {
  return k * roundUp(n, 16) * 4
}

/** Packs rows 0..k of b [k, n] (row stride ldb floats) into panels at `to`; columns beyond n are 0. */
function packRows(b: usize, ldb: i32, k: i32, n: i32, to: usize): void {
  const step = (<usize>ldb) << 2
  for (let j = 0; j < n; ) {
    const width = stripWidth(n - j)
    const columns = min(width, n - j)
    let from = b + ((<usize>j) << 2)
    if (columns == 16) {
      for (let p = 0; p < k; p++, from += step, to += 64) {
        v128.store(to, v128.load(from))
        v128.store(to, v128.load(from, 16), 16)
        v128.store(to, v128.load(from, 32), 32)
        v128.store(to, v128.load(from, 48), 48)
      }
    } else if (columns == 8 && width == 8) {
      for (let p = 0; p < k; p++, from += step, to += 32) {
        v128.store(to, v128.load(from))
        v128.store(to, v128.load(from, 16), 16)
      }
    } else {
      for (let p = 0; p < k; p++, from += step) {
        for (let q = 0; q < columns; q++) store<f32>(to + ((<usize>q) << 2), load<f32>(from + ((<usize>q) << 2)))
        for (let q = columns; q < width; q++) store<f32>(to + ((<usize>q) << 2), 0)
        to += (<usize>width) << 2
      }
    }
    j += width
  }
}

/** As packRows for b given transposed, [n, k] with row stride ldb. */
function packTransposed(b: usize, ldb: i32, k: i32, n: i32, to: usize): void {
  const step = (<usize>ldb) << 2
  for (let j = 0; j < n; ) {
    const width = stripWidth(n - j)
    const row = (<usize>width) << 2
    for (let q = 0; q < width; q += 4) {
      let from = b + <usize>(j + q) * step
      let at = to + ((<usize>q) << 2)
      const there = n - j - q
      let p = 0
      if (there >= 4) {
        for (; p + 4 <= k; p += 4, from += 16) {
          const r0 = v128.load(from)
          const r1 = v128.load(from + step)
          const r2 = v128.load(from + 2 * step)
          const r3 = v128.load(from + 3 * step)
          const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
          const t1 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
          const t2 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
          const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
          v128.store(at, v128.shuffle<f32>(t0, t1, 0, 1, 4, 5))
          v128.store(at + row, v128.shuffle<f32>(t0, t1, 2, 3, 6, 7))
          v128.store(at + 2 * row, v128.shuffle<f32>(t2, t3, 0, 1, 4, 5))
          v128.store(at + 3 * row, v128.shuffle<f32>(t2, t3, 2, 3, 6, 7))
          at += 4 * row
        }
      }
      for (; p < k; p++, from += 4, at += row)
        for (let r = 0; r < 4; r++)
          store<f32>(at + ((<usize>r) << 2), r < there ? load<f32>(from + <usize>r * step) : 0)
    }
    to += <usize>k * row
    j += width
  }
}

/** Packs b [k, n], or with `transposed` b [n, k], into panels at `to`. */
export function pack(b: usize, ldb: i32, transposed: bool, k: i32, n: i32, to: usize): void {
  if (transposed) packTransposed(b, ldb, k, n, to)
  else packRows(b, ldb, k, n, to)
}

/** One register tile; `rows` of 6 and `columns` of the strip are valid. */
@inline
function tile(
  byColumns: bool,
  wide: bool,
  k: i32,
  a: usize,
  aStep: usize,
  rows: i32,
  b: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
): void {
  if (byColumns) {
    if (wide) columns6x16(k, a, aStep, b, c, cRow, start, startRow)
    else columns6x8(k, a, aStep, b, c, cRow, start, startRow)
    return
  }
  // Rows beyond the last are computed from the last one again: their results are not kept.
  const a1 = rows > 1 ? a + aStep : a
  const a2 = rows > 2 ? a1 + aStep : a1
  const a3 = rows > 3 ? a2 + aStep : a2
  const a4 = rows > 4 ? a3 + aStep : a3
  const a5 = rows > 5 ? a4 + aStep : a4
  if (wide) rows6x16(k, a, a1, a2, a3, a4, a5, b, c, cRow, start, startRow)
  else rows6x8(k, a, a1, a2, a3, a4, a5, b, c, cRow, start, startRow)
}

/** A tile at the border of c goes through the 6 x 16 `edge` buffer, and only what lies inside is written. */
function edgeTile(
  byColumns: bool,
  wide: bool,
  k: i32,
  a: usize,
  aStep: usize,
  rows: i32,
  columns: i32,
  b: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  edge: usize,
): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const at = (<usize>j) << 2
      store<f32>(edge + <usize>(i * 64) + at, load<f32>(start + <usize>i * startRow + at))
    }
  tile(byColumns, wide, k, a, aStep, rows, b, edge, 64, edge, 64)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const at = (<usize>j) << 2
      store<f32>(c + <usize>i * cRow + at, load<f32>(edge + <usize>(i * 64) + at))
    }
}

/**
 * c [m, n] = start + a b over one packed block. a is [m, k] with row stride `lda`, or with `byColumns` [k, m]; strides
 * in floats. `start` is c itself to accumulate, or a row of n floats with `startRow` 0.
 */
export function multiplyPacked(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  lda: i32,
  byColumns: bool,
  packed: usize,
  c: usize,
  ldc: i32,
  start: usize,
  startRow: usize,
  edge: usize,
): void {
  const aStep = (<usize>lda) << 2
  const aRow: usize = byColumns ? 4 : aStep
  const cRow = (<usize>ldc) << 2
  const rowsAtOnce = byColumns ? tileRows : max(tileRows, (leftBytes / (k * 4) / tileRows) * tileRows)
  for (let i0 = 0; i0 < m; i0 += rowsAtOnce) {
    const i1 = min(m, i0 + rowsAtOnce)
    let b = packed
    for (let j = 0; j < n; ) {
      const width = stripWidth(n - j)
      const wide = width == 16
      const columns = min(width, n - j)
      const jBytes = (<usize>j) << 2
      for (let i = i0; i < i1; i += tileRows) {
        const rows = min(tileRows, m - i)
        const at = a + <usize>i * aRow
        const to = c + <usize>i * cRow + jBytes
        const from = start + <usize>i * startRow + jBytes
        if (rows == tileRows && columns == width) tile(byColumns, wide, k, at, aStep, rows, b, to, cRow, from, startRow)
        else edgeTile(byColumns, wide, k, at, aStep, rows, columns, b, to, cRow, from, startRow, edge)
      }
      b += (<usize>(k * width)) << 2
      j += width
    }
  }
}

/** Bytes of scratch that `gemm` needs: a packed block, a starting row and an edge tile. */
export function gemmScratch(n: i32, k: i32): i32 {
  return packedBytes(depthOf(k), min(n, blockColumns)) + roundUp(n, 16) * 4 + 512
}

/**
 * c [m, n] = f(bias + op(a) op(b)): op(a) is [m, k], stored transposed when `transposeA`, likewise b; `bias` is a row of
 * n floats or 0; f is the identity with `activation` 0, else as in elementwise. Contiguous operands.
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  transposeA: bool,
  b: usize,
  transposeB: bool,
  c: usize,
  bias: usize,
  activation: i32,
  scratch: usize,
): void {
  const edge = scratch
  let start = bias
  scratch += 512
  if (bias == 0) {
    memory.fill(scratch, 0, <usize>(roundUp(n, 16) * 4))
    start = scratch
  }
  scratch += <usize>(roundUp(n, 16) * 4)
  const lda = transposeA ? m : k
  const ldb = transposeB ? k : n
  const depth = depthOf(k)
  for (let j = 0; j < n; j += blockColumns) {
    const columns = min(blockColumns, n - j)
    for (let p = 0; p < k; p += depth) {
      const kc = min(depth, k - p)
      const bAt = b + ((<usize>(transposeB ? j * k + p : p * n + j)) << 2)
      pack(bAt, ldb, transposeB, kc, columns, scratch)
      const aAt = a + ((<usize>(transposeA ? p * m : p)) << 2)
      const cAt = c + ((<usize>j) << 2)
      const first = p == 0
      const from = first ? start + ((<usize>j) << 2) : cAt
      const fromRow: usize = first ? 0 : (<usize>n) << 2
      multiplyPacked(m, columns, kc, aAt, lda, transposeA, scratch, cAt, n, from, fromRow, edge)
    }
    if (activation != 0)
      for (let i = 0; i < m; i++) {
        const row = c + ((<usize>(i * n + j)) << 2)
        activated(activation, row, row, columns)
      }
  }
}

/**
 * Computes one tile of 6 rows `times` times, a and b [k, ...] in the first-level cache: how fast multiplication can be at
 * most on a machine. Returns the columns of the tile.
 */
export function repeatTile(times: i32, k: i32, a: usize, b: usize, c: usize, start: usize): i32 {
  const row = (<usize>panelColumns) << 2
  for (let i = 0; i < times; i++) tile(true, panelColumns == 16, k, a, 32, tileRows, b, c, row, start, 0)
  return panelColumns
}
