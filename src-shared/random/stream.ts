/**
 * Seeded random streams. One seed makes every draw of a run; each purpose (split, initialisation, shuffling, noise) has
 * a stream of its own, so that drawing more for one never shifts another. The generator is sfc32 (PractRand-clean,
 * 128-bit state, exact in 32-bit integer arithmetic, hence identical on every machine and engine).
 */

export type StreamState = readonly [number, number, number, number]

/** SplitMix32-style mixing of a string and a seed into the four words of a state. */
function seedWords(seed: number, purpose: string): [number, number, number, number] {
  let h = 0x9e3779b9 ^ (seed >>> 0) ^ Math.imul(Math.floor(seed / 2 ** 32) >>> 0, 0x85ebca6b)
  const next = (): number => {
    h = (h + 0x9e3779b9) | 0
    let t = h ^ (h >>> 16)
    t = Math.imul(t, 0x21f0aaad)
    t ^= t >>> 15
    t = Math.imul(t, 0x735a2d97)
    return (t ^ (t >>> 15)) >>> 0
  }
  for (const ch of purpose) {
    h = Math.imul(h ^ ch.codePointAt(0)!, 0x01000193)
    next()
  }
  return [next(), next(), next(), next()]
}

export class RandomStream {
  #a: number
  #b: number
  #c: number
  #d: number

  private constructor(state: StreamState) {
    ;[this.#a, this.#b, this.#c, this.#d] = state
  }

  /** The stream of `purpose` under `seed`; any safe integer is a valid seed, 0 included. */
  static of(seed: number, purpose: string): RandomStream {
    const stream = new RandomStream(seedWords(seed, purpose))
    for (let i = 0; i < 12; i++) stream.uint32()
    return stream
  }

  static restore(state: StreamState): RandomStream {
    return new RandomStream(state)
  }

  /** What `restore` needs to go on exactly here: checkpoints keep it. */
  state(): StreamState {
    return [this.#a, this.#b, this.#c, this.#d]
  }

  uint32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + t) | 0
    return t >>> 0
  }

  /** Uniform on [0, 1), 32 random bits. */
  uniform(): number {
    return this.uint32() / 2 ** 32
  }

  /** Uniform integer in [0, n), without modulo bias. */
  integer(n: number): number {
    const limit = Math.floor(2 ** 32 / n) * n
    let x = this.uint32()
    while (x >= limit) x = this.uint32()
    return x % n
  }

  /** Standard normal (Box-Muller, one of the pair: the state alone describes the stream). */
  normal(): number {
    const u = (this.uint32() + 1) / 2 ** 32
    const v = this.uniform()
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)
  }

  /** [n] standard normal draws. */
  normals(n: number): Float32Array {
    const out = new Float32Array(n)
    for (let i = 0; i < n; i++) out[i] = this.normal()
    return out
  }

  /** Index drawn with the given non-negative weights. */
  categorical(weights: ArrayLike<number>): number {
    let total = 0
    for (let i = 0; i < weights.length; i++) total += weights[i]!
    let u = this.uniform() * total
    for (let i = 0; i < weights.length; i++) {
      u -= weights[i]!
      if (u < 0) return i
    }
    return weights.length - 1
  }

  /** A uniformly random permutation of 0 .. n-1 (Fisher-Yates). */
  permutation(n: number): Int32Array {
    const out = Int32Array.from({ length: n }, (_, i) => i)
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const swap = out[i]!
      out[i] = out[j]!
      out[j] = swap
    }
    return out
  }
}
