/**
 * The compiled kernels (assembly/) in a memory of their own, made when first asked for. Panels of 8 columns must agree with
 * panels of 4 bit for bit and be faster, or they are not used.
 */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { CausalscopeError } from '../../../src-shared/errors.ts'
import { compile, kernel, kernelFile } from '../../kernels/compiled.ts'

const schema = v.object({
  gemm: kernel<13>(),
  gemmScratch: kernel<3>(),
  mirror: kernel<3>(),
  setPanelColumns: kernel<1>(),
  setTable: kernel<1>(),
  tanhAndSlopes: kernel<4>(),
})

export interface LinearAlgebraKernels extends v.InferOutput<typeof schema> {
  /** Room for so many arrays of numbers, each from a multiple of 64 bytes on: their addresses. What lay there is lost. */
  readonly room: (...lengths: readonly number[]) => number[]
  /** What lies at an address; stale once `room` is called again. */
  readonly view: (address: number, length: number) => Float64Array
}

/** Bytes of the constants that the kernels keep. */
const tableBytes = 256
const pageBytes = 65536

let loaded: LinearAlgebraKernels | null | undefined

/** Null where they were not compiled: plain loops then give the same numbers, slower. */
export function linearAlgebraKernels(): LinearAlgebraKernels | null {
  loaded ??= load()
  return loaded
}

function load(): LinearAlgebraKernels | null {
  let file: string
  try {
    file = kernelFile('linear-algebra')
  } catch (error) {
    if (error instanceof CausalscopeError) return null
    throw error
  }
  const memory = new WebAssembly.Memory({ initial: 1 })
  const { exports } = new WebAssembly.Instance(compile(readFileSync(file)), { env: { memory } })
  const room = (...lengths: readonly number[]): number[] => {
    let end = tableBytes
    const addresses = lengths.map((length) => {
      const address = end
      end += Math.ceil(length / 8) * 64
      return address
    })
    const missing = end - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes))
    return addresses
  }
  const view = (address: number, length: number): Float64Array => new Float64Array(memory.buffer, address, length)
  const kernels = { ...v.parse(schema, exports), room, view }
  kernels.setTable(0)
  kernels.setPanelColumns(widePanelsPay(kernels) ? 8 : 4)
  return kernels
}

function widePanelsPay({ gemm, gemmScratch, setPanelColumns, room, view }: LinearAlgebraKernels): boolean {
  const [m, k, n] = [60, 96, 64]
  const [a, b, c, scratch] = room(m * k, k * n, m * n, gemmScratch(m, n, k) / 8) as [number, number, number, number]
  const fill = (address: number, length: number): void => {
    view(address, length).set(Array.from({ length }, (_, i) => ((i * 7919) % 1009) / 1009 - 0.5))
  }
  fill(a, m * k)
  fill(b, k * n)
  const run = (columns: number): { product: Float64Array; milliseconds: number } => {
    setPanelColumns(columns)
    let milliseconds = Infinity
    for (let trial = 0; trial < 5; trial++) {
      view(c, m * n).fill(0)
      const before = performance.now()
      for (let i = 0; i < 4; i++) gemm(m, n, k, a, k, 1, b, n, 1, c, n, scratch, 0)
      milliseconds = Math.min(milliseconds, performance.now() - before)
    }
    return { product: view(c, m * n).slice(), milliseconds }
  }
  const narrow = run(4)
  const wide = run(8)
  return narrow.product.every((value, i) => value === wide.product[i]) && wide.milliseconds < narrow.milliseconds
}
