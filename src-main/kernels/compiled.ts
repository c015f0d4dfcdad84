/** Kernels compiled by `npm install` into out/kernels: where they lie, and how they are turned into code. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import * as v from 'valibot'
import { failed } from '../../src-shared/errors.ts'

type Numbers<N extends number, All extends number[] = []> = All['length'] extends N ? All : Numbers<N, [...All, number]>
export type Kernel<N extends number> = (...values: Numbers<N>) => number

export function kernel<N extends number>() {
  return v.custom<Kernel<N>>((value) => typeof value === 'function')
}

/** `()=>f32x4.relaxed_madd`: valid where relaxed SIMD is. */
const relaxedProbe = Uint8Array.of(
  ...[
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 17, 65, 0, 253, 17,
  ],
  ...[65, 0, 253, 17, 253, 133, 2, 11],
)

export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(relaxedProbe)
}

/**
 * Where the compiled kernels of the runtime's best instruction set lie: `training` are the engine's, `shared` those for
 * memory of threads, `linear-algebra` those of the statistics, others a model's by its name.
 */
export function kernelFile(set: string, relaxed = hasRelaxedSimd()): string {
  const file = `${set}-${relaxed ? 'relaxed' : 'simd'}.wasm`
  let folder = import.meta.dirname
  for (;;) {
    const candidate = path.join(folder, 'out', 'kernels', file)
    if (existsSync(candidate)) return candidate
    const parent = path.dirname(folder)
    if (parent === folder) break
    folder = parent
  }
  throw failed('The compiled training kernels are missing.', 'Run `npm run prepare` in the program’s folder.', {
    file: path.join('out', 'kernels', file),
  })
}

/**
 * Compiles at once and with the optimising compiler, so that flags set now hold for all of the code. V8 can turn pairs of
 * 128-bit SIMD instructions into 256-bit ones where the processor has AVX2, but keeps that behind a flag: it is switched on
 * for the length of one compilation.
 */
export function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const flags = ['liftoff', 'wasm-lazy-compilation']
  for (const flag of flags) setFlagsFromString(`--no-${flag}`)
  setFlagsFromString('--experimental-wasm-revectorize')
  try {
    return new WebAssembly.Module(bytes)
  } finally {
    setFlagsFromString('--no-experimental-wasm-revectorize')
    for (const flag of flags) setFlagsFromString(`--${flag}`)
  }
}
