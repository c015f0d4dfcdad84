/**
 * Writes the AssemblyScript source of the matrix-multiply micro-kernels. AssemblyScript has no arrays of SIMD
 * registers, so each accumulator of the register tile is a local of its own, and the tile is unrolled here.
 */

const rows = 6

/** How a kernel walks the left operand: each row contiguous in k, or each k contiguous in the rows (transposed). */
type Walk = 'rows' | 'columns'

const join = (lines: readonly string[]): string => lines.join('\n')

/**
 * The multiply-adds of one k. The loop over k is not unrolled: V8 would then gather the multiply-adds of each
 * accumulator and spill the others.
 */
function multiplyAdd(walk: Walk, vectors: number, bytes: number): string {
  const lines: string[] = []
  for (let j = 0; j < vectors; j++) lines.push(`    b${j} = v128.load(b, ${j * 16})`)
  for (let i = 0; i < rows; i++) {
    lines.push(`    x = v128.load${bytes * 8}_splat(${walk === 'rows' ? `a${i}` : `a, ${i * bytes}`})`)
    for (let j = 0; j < vectors; j++) lines.push(`    c${i}${j} = multiplyAdd(x, b${j}, c${i}${j})`)
  }
  return join(lines)
}

/** @param bytes of a number: 4 or 8 */
function microKernel(walk: Walk, vectors: number, bytes = 4): string {
  const lines: string[] = []
  const columns = (vectors * 16) / bytes
  const tile = Array.from({ length: rows }, (_, i) => i)
  const across = Array.from({ length: vectors }, (_, j) => j)
  const left = walk === 'rows' ? tile.map((i) => `a${i}: usize`).join(', ') : 'a: usize, step: usize'
  lines.push(
    `/** c [${rows}, ${columns}] = start + a [${rows}, k] b [k, ${columns}]; a by ${walk}, b a packed panel; start may be c. */`,
    `export function ${walk}6x${columns}(k: i32, ${left}, b: usize, c: usize, cRow: usize, start: usize, startRow: usize): void {`,
  )
  for (const i of tile) {
    for (const j of across) lines.push(`  let c${i}${j} = v128.load(start, ${j * 16})`)
    if (i < rows - 1) lines.push('  start += startRow')
  }
  lines.push('  let x: v128', ...across.map((j) => `  let b${j}: v128`))
  lines.push('  while (k > 0) {', multiplyAdd(walk, vectors, bytes))
  if (walk === 'rows') for (const i of tile) lines.push(`    a${i} += ${bytes}`)
  else lines.push('    a += step')
  lines.push(`    b += ${vectors * 16}`, '    k--', '  }')
  for (const i of tile) {
    for (const j of across) lines.push(`  v128.store(c, c${i}${j}, ${j * 16})`)
    if (i < rows - 1) lines.push('  c += cRow')
  }
  lines.push('}', '')
  return join(lines)
}

/** Tiles of 6 by 8 fill the sixteen 128-bit registers; tiles of 6 by 16 do where pairs become 256-bit registers. */
export function microKernelSource(): string {
  return join([
    "import { multiplyAdd } from './arithmetic'",
    '',
    microKernel('rows', 2),
    microKernel('rows', 4),
    microKernel('columns', 2),
    microKernel('columns', 4),
  ])
}

/** The same in float64: tiles of 6 by 4 and 6 by 8, both operands packed. */
export function doubleMicroKernelSource(): string {
  return join([
    "import { multiplyAdd } from './arithmetic'",
    '',
    microKernel('columns', 2, 8),
    microKernel('columns', 4, 8),
  ])
}
