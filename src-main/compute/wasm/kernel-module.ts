/**
 * Loads the compiled training kernels (assembly/) into the memory of the tensor backend. Wide kernels must agree with the
 * narrow ones bit for bit and be faster, or they are not used.
 */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { compile, hasRelaxedSimd, kernel, kernelFile } from '../../kernels/compiled.ts'

const kernelsSchema = v.object({
  activationBiasGradient: kernel<8>(),
  activationGradient: kernel<5>(),
  adam: kernel<10>(),
  arithmetic: kernel<10>(),
  convolution: kernel<19>(),
  convolutionScratch: kernel<4>(),
  elu: kernel<3>(),
  eluGradient: kernel<4>(),
  exponential: kernel<3>(),
  filterGradient: kernel<17>(),
  gemm: kernel<11>(),
  gemmScratch: kernel<2>(),
  inputGradient: kernel<19>(),
  logSumExpRows: kernel<5>(),
  repeat: kernel<4>(),
  repeatTile: kernel<6>(),
  setPanelColumns: kernel<1>(),
  setTable: kernel<1>(),
  softmaxProduct: kernel<7>(),
  sumColumns: kernel<4>(),
  sumRows: kernel<5>(),
})

/** Addresses and counts in, results in memory; the sources in assembly/ describe each. */
export type TrainingKernels = v.InferOutput<typeof kernelsSchema>

/** The kernels of this process, compiled once: threads share the code. */
export interface CompiledKernels {
  readonly module: WebAssembly.Module
  readonly relaxed: boolean
  /** 256-bit panels pay here; null until they have been tried. */
  readonly wide: boolean | null
}

let compiled: CompiledKernels | null = null

/** What other threads of this process need to use the same kernels. */
export function compiledKernels(): CompiledKernels {
  if (compiled === null) throw new Error('The wasm engine is not open.')
  return compiled
}

/** Uses what another thread has compiled. */
export function provideKernels(kernels: CompiledKernels): void {
  compiled = kernels
}

export interface KernelChoice {
  /** Use relaxed SIMD where the runtime has it. */
  readonly relaxed: boolean
  /** Use 256-bit panels where they are faster. */
  readonly wide: boolean
}

export function compileKernels(choice: KernelChoice = { relaxed: true, wide: true }): CompiledKernels {
  const relaxed = choice.relaxed && hasRelaxedSimd()
  const module = compile(readFileSync(kernelFile('training', relaxed)))
  return { module, relaxed, wide: choice.wide ? null : false }
}

export interface LoadedKernels {
  readonly kernels: TrainingKernels
  /** The instructions in use, e.g. `relaxed SIMD, 256-bit`. */
  readonly detail: string
}

/** Instantiates kernels on `memory`; `allocate` gives and `release` takes back room for the trial of wide panels. */
export function loadKernels(
  memory: WebAssembly.Memory,
  allocate: (bytes: number) => number,
  release: (address: number) => void,
  source = (compiled ??= compileKernels()),
): LoadedKernels {
  const { module, relaxed } = source
  const kernels = v.parse(kernelsSchema, new WebAssembly.Instance(module, { env: { memory } }).exports)
  // Never given back: the kernels read their constants there.
  kernels.setTable(Math.ceil(allocate(128) / 64) * 64)
  const wide = source.wide ?? widePanelsPay(kernels, memory, allocate, release)
  if (source === compiled) compiled = { ...source, wide }
  kernels.setPanelColumns(wide ? 16 : 8)
  return { kernels, detail: `${relaxed ? 'relaxed SIMD' : 'SIMD'}, ${wide ? '256' : '128'}-bit` }
}

const modelModules = new Map<string, WebAssembly.Module>()

/** A model's kernels on `memory`, compiled once a process for the instructions that the training kernels use. */
export function loadModelKernels<T>(name: string, schema: v.GenericSchema<unknown, T>, memory: WebAssembly.Memory): T {
  let module = modelModules.get(name)
  if (module === undefined) {
    module = compile(readFileSync(kernelFile(name, compiledKernels().relaxed)))
    modelModules.set(name, module)
  }
  return v.parse(schema, new WebAssembly.Instance(module, { env: { memory } }).exports)
}

/** Multiplies [60, 96] by [96, 64] both ways: true when wide panels give the same bits in less time. */
function widePanelsPay(
  kernels: TrainingKernels,
  memory: WebAssembly.Memory,
  allocate: (bytes: number) => number,
  release: (address: number) => void,
): boolean {
  const [m, k, n] = [60, 96, 64]
  const scratchBytes = kernels.gemmScratch(n, k)
  const start = allocate((m * k + k * n + m * n) * 4 + scratchBytes + 64)
  const a = Math.ceil(start / 64) * 64
  const [b, c] = [a + m * k * 4, a + (m * k + k * n) * 4]
  const scratch = c + m * n * 4
  const factors = new Float32Array(memory.buffer, a, m * k + k * n)
  for (let i = 0; i < factors.length; i++) factors[i] = ((i * 7919) % 1009) / 1009 - 0.5
  const run = (columns: number): { product: Uint32Array; milliseconds: number } => {
    kernels.setPanelColumns(columns)
    let milliseconds = Infinity
    for (let trial = 0; trial < 5; trial++) {
      const before = performance.now()
      for (let i = 0; i < 4; i++) kernels.gemm(m, n, k, a, 0, b, 0, c, 0, 0, scratch)
      milliseconds = Math.min(milliseconds, performance.now() - before)
    }
    return { product: new Uint32Array(memory.buffer, c, m * n).slice(), milliseconds }
  }
  const narrow = run(8)
  const wide = run(16)
  release(start)
  const same = narrow.product.every((bits, i) => bits === wide.product[i])
  return same && wide.milliseconds < narrow.milliseconds
}
