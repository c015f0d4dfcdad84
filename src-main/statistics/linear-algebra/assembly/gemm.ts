/**
 * Matrix multiplication in float64 (Goto & van de Geijn 2008). Both operands are packed, whichever way they lie: the left
 * one into panels of 6 rows, [k][6], a block of which stays in the second-level cache, the right one into panels of 8 or
 * 4 columns, [k][columns], each of which stays in the first-level cache.
 */
import { columns6x4, columns6x8 } from './micro-kernels'

/** Rows of a register tile. */
const tileRows: i32 = 6
/** Bound on k of a packed block: a panel of 8 columns then takes 16 KiB. */
const blockDepth: i32 = 256
/** Rows of the left operand that one pass over the right one touches: 192 KiB. */
const blockRows: i32 = 96

/** Columns of a panel. */
let panelColumns: i32 = 4

/** 8 where the machine turns pairs of vectors into 256-bit ones, else 4. */
export function setPanelColumns(columns: i32): void {
  panelColumns = columns
}

@inline
function roundUp(n: i32, to: i32): i32 {
  return ((n + to - 1) / to) * to
}

/** Bytes of scratch that a product [m, k] [k, n] takes. */
export function gemmScratch(m: i32, n: i32, k: i32): i32 {
  return ((roundUp(m, tileRows) + roundUp(n, 8)) * min(k, blockDepth) + tileRows * 8) * 8
}

/** Packs [count, depth] with the given strides (in bytes) into panels of `width`, [depth][width]; beyond `count` 0. */
function pack(from: usize, step: usize, stepDepth: usize, count: i32, depth: i32, width: i32, to: usize): void {
  for (let i = 0; i < count; i += width) {
    const there = min(width, count - i)
    let start = from + <usize>i * step
    for (let p = 0; p < depth; p++, start += stepDepth, to += (<usize>width) << 3) {
      let at = start
      for (let q = 0; q < there; q++, at += step) store<f64>(to + ((<usize>q) << 3), load<f64>(at))
      for (let q = there; q < width; q++) store<f64>(to + ((<usize>q) << 3), 0)
    }
  }
}

/** Packs four or more contiguous columns a row at a time. */
function packContiguous(from: usize, stepDepth: usize, count: i32, depth: i32, width: i32, to: usize): void {
  const whole = (count / width) * width
  for (let i = 0; i < whole; i += width) {
    let start = from + ((<usize>i) << 3)
    for (let p = 0; p < depth; p++, start += stepDepth) {
      for (let q = 0; q < width; q += 2, to += 16) v128.store(to, v128.load(start + ((<usize>q) << 3)))
    }
  }
  if (whole < count) pack(from + ((<usize>whole) << 3), 8, stepDepth, count - whole, depth, width, to)
}

/** Copies [rows, columns] between places of other strides, in bytes. */
function moveTile(from: usize, fromRow: usize, to: usize, toRow: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const at = (<usize>j) << 3
      store<f64>(to + <usize>i * toRow + at, load<f64>(from + <usize>i * fromRow + at))
    }
}

@inline
function tile(depth: i32, a: usize, b: usize, c: usize, cRow: usize, rows: i32, columns: i32, spare: usize): void {
  const wide = panelColumns == 8
  if (rows == tileRows && columns == panelColumns) {
    if (wide) columns6x8(depth, a, 48, b, c, cRow, c, cRow)
    else columns6x4(depth, a, 48, b, c, cRow, c, cRow)
    return
  }
  // Sums go on from c, as in a whole tile: which tiles are whole depends on their width, and the bits must not.
  const row = (<usize>panelColumns) << 3
  memory.fill(spare, 0, tileRows * row)
  moveTile(c, cRow, spare, row, rows, columns)
  if (wide) columns6x8(depth, a, 48, b, spare, row, spare, row)
  else columns6x4(depth, a, 48, b, spare, row, spare, row)
  moveTile(spare, row, c, cRow, rows, columns)
}

/**
 * c [m, n] += a [m, k] b [k, n]; strides from one row, and one column, to the next, in numbers. c's columns are contiguous.
 * With `symmetric` the product is known to be: only tiles that reach the diagonal or lie below it are computed.
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  c: usize,
  cRow: i32,
  scratch: usize,
  symmetric: bool,
): void {
  const stepC = (<usize>cRow) << 3
  const spare = scratch
  const left = scratch + ((tileRows * 8) << 3)
  const right = left + ((<usize>(roundUp(m, tileRows) * min(k, blockDepth))) << 3)
  for (let p = 0; p < k; p += blockDepth) {
    const depth = min(blockDepth, k - p)
    pack(
      a + ((<usize>p * <usize>aColumn) << 3),
      (<usize>aRow) << 3,
      (<usize>aColumn) << 3,
      m,
      depth,
      tileRows,
      left,
    )
    const fromB = b + ((<usize>p * <usize>bRow) << 3)
    if (bColumn == 1) packContiguous(fromB, (<usize>bRow) << 3, n, depth, panelColumns, right)
    else pack(fromB, (<usize>bColumn) << 3, (<usize>bRow) << 3, n, depth, panelColumns, right)
    for (let from = 0; from < m; from += blockRows) {
      const to = min(m, from + blockRows)
      for (let j = 0; j < n; j += panelColumns) {
        const panel = right + ((<usize>j * <usize>depth) << 3)
        const columns = min(panelColumns, n - j)
        for (let i = from; i < to; i += tileRows) {
          if (symmetric && j >= i + tileRows) continue
          tile(
            depth,
            left + ((<usize>i * <usize>depth) << 3),
            panel,
            c + <usize>i * stepC + ((<usize>j) << 3),
            stepC,
            min(tileRows, m - i),
            columns,
            spare,
          )
        }
      }
    }
  }
}

/** Copies what lies below the diagonal of c [n, n], row stride cRow numbers, above it. */
export function mirror(n: i32, c: usize, cRow: i32): void {
  const step = (<usize>cRow) << 3
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++)
      store<f64>(c + <usize>j * step + ((<usize>i) << 3), load<f64>(c + <usize>i * step + ((<usize>j) << 3)))
}
