import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import {
  compileKernels,
  type KernelChoice,
  loadKernels,
  type TrainingKernels,
} from '../../../src-main/compute/wasm/kernel-module.ts'

/** Kernels on a memory of their own, with a bump allocator over it. */
class Bench {
  readonly memory = new WebAssembly.Memory({ initial: 128 })
  readonly kernels: TrainingKernels
  readonly detail: string
  #top = 1024

  constructor(choice: KernelChoice) {
    const loaded = loadKernels(
      this.memory,
      (bytes) => this.allocate(bytes),
      () => undefined,
      compileKernels(choice),
    )
    this.kernels = loaded.kernels
    this.detail = loaded.detail
  }

  allocate(bytes: number): number {
    const address = this.#top
    this.#top += Math.ceil(bytes / 64) * 64 + 64
    return address
  }

  put(values: Float32Array): number {
    const address = this.allocate(values.byteLength)
    new Float32Array(this.memory.buffer, address, values.length).set(values)
    return address
  }

  read(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length).slice()
  }
}

const choices: readonly KernelChoice[] = [
  { relaxed: true, wide: true },
  { relaxed: true, wide: false },
  { relaxed: false, wide: true },
  { relaxed: false, wide: false },
]

/** Every product of one bench on the same inputs. */
function products(bench: Bench): Float32Array[] {
  const random = RandomStream.of(3, 'kernel variants')
  return [
    [1, 1, 1],
    [7, 5, 3],
    [6, 24, 40],
    [13, 37, 333],
    [6, 8, 700],
    [5, 17, 960],
    [7, 530, 321],
  ].flatMap(([m, n, k]) => {
    const a = bench.put(random.normals(m! * k!))
    const b = bench.put(random.normals(k! * n!))
    const bias = bench.put(random.normals(n!))
    const c = bench.allocate(m! * n! * 4)
    const scratch = bench.allocate(bench.kernels.gemmScratch(n!, k!))
    return [
      [0, 0],
      [1, 0],
      [0, 1],
    ].map(([turnedA, turnedB]) => {
      bench.kernels.gemm(m!, n!, k!, a, turnedA!, b, turnedB!, c, bias, 0, scratch)
      return bench.read(c, m! * n!)
    })
  })
}

describe('training kernels', () => {
  const benches = choices.map((choice) => new Bench(choice))

  it('name the instructions they use', () => {
    expect(benches[1]!.detail).toBe('relaxed SIMD, 128-bit')
    expect(benches[3]!.detail).toBe('SIMD, 128-bit')
  })

  it('multiply alike with and without relaxed SIMD, and bit for bit alike in either width', () => {
    const [wide, narrow, plainWide, plain] = benches.map(products)
    expect(wide).toEqual(narrow)
    expect(plainWide).toEqual(plain)
    narrow!.forEach((product, i) =>
      product.forEach((x, j) => expect(Math.abs(x - plain![i]![j]!)).toBeLessThan(1e-5 * (1 + Math.abs(x)))),
    )
  })

  it.each(benches.map((bench) => [bench.detail, bench] as const))('take e^x and ELU to one unit: %s', (_, bench) => {
    const x = Float32Array.from({ length: 20_001 }, (_unused, i) => (i - 10_000) / 110)
    const from = bench.put(x)
    const to = bench.allocate(x.byteLength)
    const unit = (y: number): number => Math.max(2 ** (Math.floor(Math.log2(Math.abs(y) || 1e-38)) - 23), 2 ** -149)
    bench.kernels.exponential(from, to, x.length)
    bench.read(to, x.length).forEach((y, i) => {
      const exact = Math.exp(x[i]!)
      if (exact > 3.4028234e38) expect(y).toBe(Infinity)
      else expect(Math.abs(y - exact) / unit(exact), `e^${x[i]!}`).toBeLessThan(2)
    })
    bench.kernels.elu(from, to, x.length)
    bench.read(to, x.length).forEach((y, i) => {
      const exact = x[i]! >= 0 ? x[i]! : Math.expm1(x[i]!)
      expect(Math.abs(y - exact) / unit(exact), `elu(${x[i]!})`).toBeLessThan(2)
    })
  })

  it('carry a NaN through ELU and the exponential', () => {
    for (const bench of benches) {
      const from = bench.put(Float32Array.of(NaN, 1, NaN, 1, 1, 1, 1, 1, NaN))
      const to = bench.allocate(36)
      for (const kernel of [bench.kernels.elu, bench.kernels.exponential]) {
        kernel(from, to, 9)
        expect(Array.from(bench.read(to, 9), Number.isNaN)).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1].map(Boolean))
      }
    }
  })
})
