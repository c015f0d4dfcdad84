/**
 * The joint distribution of a Bayesian network whose every possible edge has a strength E_ij between 0 and 1, with its
 * gradient written out by hand in float64 (causal-pima.md sections 1 and 5.4). A gate whose edge is exactly 0 averages its
 * axis away, so a node's table is handled at the size that its possible parents leave: on average far below L^2 C.
 */

/** Added to probabilities under a logarithm. */
export const tiny = 1e-12

/** How the outcomes fall onto a table that keeps only some axes. */
interface Reduction {
  /** [C], index of each outcome in the kept table. */
  readonly index: Int32Array
  readonly size: number
  /** Outcomes that share an entry. */
  readonly share: number
}

/** One gate: T <- e T + (1 - e) mean over the axis of `parent`; what the backward pass needs of it. */
interface Gate {
  readonly parent: number
  readonly strength: number
  readonly axis: number
  readonly inner: number
  /** T before the gate, owned by the network's pool. */
  readonly before: Float64Array
}

interface NodeForward {
  readonly reduction: Reduction
  readonly gates: readonly Gate[]
  /** P_l on the kept axes. */
  readonly table: Float64Array
}

export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}

export class RelaxedNetwork {
  /** K_l of each node. */
  readonly categories: readonly number[]
  /** C */
  readonly outcomes: number
  /** Length of the flat parameter vector: xi [L], b [L, L], then W_l [C] for each node. */
  readonly parameters: number
  /** p(a) of the outcomes asked for, [C]; 1 elsewhere. As `forward` left it. */
  readonly joint: Float64Array
  /** E, [L, L] row-major. As `forward` left it. */
  readonly strengths: Float64Array
  /** Edges that may be, [L, L]; null: all. */
  readonly #allowed: Uint8Array | null
  readonly #slopes: { byScore: number; byMetric: number }[]
  readonly #asked: Int32Array
  readonly #strides: readonly number[]
  readonly #softmax: readonly Float64Array[]
  readonly #reductions = new Map<number, Reduction>()
  readonly #pool: Float64Array[] = []
  readonly #strengthGradient: Float64Array
  #taken = 0
  #forwards: readonly NodeForward[] = []

  /**
   * @param categories K_l; joint outcomes are numbered row-major over them, the last node fastest
   * @param asked the outcomes whose probability matters; all of them by default
   * @param allowed [L, L], 1 where an edge may be; all by default. The others are 0 whatever the parameters
   */
  constructor(categories: readonly number[], asked?: Int32Array, allowed: Uint8Array | null = null) {
    const nodes = categories.length
    this.categories = categories
    this.#allowed = allowed
    this.outcomes = categories.reduce((product, k) => product * k, 1)
    this.parameters = nodes + nodes * nodes + nodes * this.outcomes
    this.#asked = asked ?? Int32Array.from({ length: this.outcomes }, (_, a) => a)
    this.#strides = categories.map((_, node) => categories.slice(node + 1).reduce((product, k) => product * k, 1))
    this.#softmax = categories.map(() => new Float64Array(this.outcomes))
    this.joint = new Float64Array(this.outcomes)
    this.strengths = new Float64Array(nodes * nodes)
    this.#strengthGradient = new Float64Array(nodes * nodes)
    this.#slopes = Array.from({ length: nodes * nodes }, () => ({ byScore: 0, byMetric: 0 }))
  }

  /** Fills `joint` and `strengths` from the flat parameters. */
  forward(parameters: Float64Array, temperature: number): void {
    const nodes = this.categories.length
    this.#edges(parameters, temperature)
    this.#tables(parameters, nodes + nodes * nodes)
  }

  /** Fills `joint` from strengths that came about otherwise, [L, L], and logits W_l [C] from `logitsAt` on. */
  forwardAt(strengths: Float64Array, parameters: Float64Array, logitsAt: number): void {
    this.strengths.set(strengths)
    this.#tables(parameters, logitsAt)
  }

  #tables(parameters: Float64Array, logitsAt: number): void {
    this.#taken = 0
    this.joint.fill(1)
    this.#forwards = this.categories.map((_, node) => {
      this.#softmaxOf(parameters, logitsAt + node * this.outcomes, node)
      const forward = this.#forwardNode(node)
      const { index } = forward.reduction
      for (const a of this.#asked) this.joint[a]! *= forward.table[index[a]!]!
      return forward
    })
  }

  /**
   * The gradient of an objective at the parameters of the last `forward`.
   * @param byLogJoint [C], its derivative by log p(a), or by log P_l(a) of each node, [L][C]; only the outcomes asked for are read
   * @param byStrength [L, L], its own derivative by E_ij, or one number for all
   * @param gradient laid out as the parameters, overwritten
   */
  backward(
    byLogJoint: Float64Array | readonly Float64Array[],
    byStrength: Float64Array | number,
    gradient: Float64Array,
  ): void {
    const nodes = this.categories.length
    this.backwardAt(byLogJoint, gradient, nodes + nodes * nodes)
    for (let at = 0; at < this.strengths.length; at++) {
      const strength = this.strengths[at]!
      if (strength <= 0) continue
      const i = Math.floor(at / nodes)
      const j = at % nodes
      const own = typeof byStrength === 'number' ? byStrength : byStrength[at]!
      const g = (this.#strengthGradient[at]! + own) * (1 - strength ** 2)
      const { byScore, byMetric } = this.#slopes[at]!
      gradient[j]! += g * byScore
      gradient[i]! -= g * byScore
      gradient[nodes + at]! += (g * byMetric) / 2
      gradient[nodes + j * nodes + i]! += (g * byMetric) / 2
    }
  }

  /**
   * As `backward`, by the logits from `logitsAt` on alone; what it returns is by the strengths, [L, L], until the next call.
   */
  backwardAt(
    byLogJoint: Float64Array | readonly Float64Array[],
    gradient: Float64Array,
    logitsAt: number,
  ): Float64Array {
    gradient.fill(0)
    this.#strengthGradient.fill(0)
    this.#forwards.forEach((forward, node) => {
      const upstream = this.#buffer(forward.reduction.size).fill(0)
      const { index } = forward.reduction
      const by = byLogJoint instanceof Float64Array ? byLogJoint : byLogJoint[node]!
      // By log p(a) over a factor of p(a): by that factor.
      for (const a of this.#asked)
        upstream[index[a]!]! += by[a]! / Math.max(forward.table[index[a]!]!, Number.MIN_VALUE)
      this.#backwardNode(forward, node, upstream)
      this.#softmaxBackward(forward.reduction, upstream, node, gradient, logitsAt + node * this.outcomes)
    })
    return this.#strengthGradient
  }

  /** P_l(a) of a node at an outcome, as `forward` left it. */
  tableAt(node: number, outcome: number): number {
    const { table, reduction } = this.#forwards[node]!
    return table[reduction.index[outcome]!]!
  }

  #buffer(size: number): Float64Array {
    const pooled = this.#pool[this.#taken] ?? new Float64Array(this.outcomes)
    this.#pool[this.#taken++] = pooled
    return pooled.subarray(0, size)
  }

  /** E, and how the argument of its tanh moves with xi_j - xi_i and with the mean of b_ij and b_ji. */
  #edges(parameters: Float64Array, temperature: number): void {
    const nodes = this.categories.length
    this.strengths.fill(0)
    for (let i = 0; i < nodes; i++) {
      for (let j = 0; j < nodes; j++) {
        const at = i * nodes + j
        const difference = parameters[j]! - parameters[i]!
        if (i === j || difference <= 0 || this.#allowed?.[at] === 0) continue
        const raw = (parameters[nodes + at]! + parameters[nodes + j * nodes + i]!) / 2
        const metric = softplus(raw)
        this.strengths[at] = Math.tanh((metric * difference) / temperature)
        const slope = this.#slopes[at]!
        slope.byScore = metric / temperature
        slope.byMetric = difference / temperature / (1 + Math.exp(-raw))
      }
    }
  }

  #softmaxOf(parameters: Float64Array, from: number, node: number): void {
    const out = this.#softmax[node]!
    const k = this.categories[node]!
    const inner = this.#strides[node]!
    for (let outer = 0; outer < out.length; outer += k * inner) {
      for (let at = outer; at < outer + inner; at++) {
        let highest = -Infinity
        for (let c = 0; c < k; c++) highest = Math.max(highest, parameters[from + at + c * inner]!)
        let sum = 0
        for (let c = 0; c < k; c++) sum += out[at + c * inner] = Math.exp(parameters[from + at + c * inner]! - highest)
        for (let c = 0; c < k; c++) out[at + c * inner]! /= sum
      }
    }
  }

  #forwardNode(node: number): NodeForward {
    const nodes = this.categories.length
    const parents = this.categories.flatMap((_, i) => (this.strengths[i * nodes + node]! > 0 ? [i] : []))
    const kept = [...parents, node].sort((a, b) => a - b)
    const reduction = this.#reduction(kept)
    let table = this.#buffer(reduction.size).fill(0)
    const softmax = this.#softmax[node]!
    for (let a = 0; a < this.outcomes; a++) table[reduction.index[a]!]! += softmax[a]!
    for (let r = 0; r < table.length; r++) table[r]! /= reduction.share
    const gates = parents.map((parent): Gate => {
      const strength = this.strengths[parent * nodes + node]!
      const axis = this.categories[parent]!
      const inner = kept.reduce((size, other) => (other > parent ? size * this.categories[other]! : size), 1)
      const before = table
      table = this.#buffer(reduction.size)
      table.set(before)
      mixWithMean(table, strength, axis, inner)
      return { parent, strength, axis, inner, before }
    })
    return { reduction, gates, table }
  }

  /** Turns the gradient of P_l into that of the averaged softmax, in place, adding each gate's own. */
  #backwardNode(forward: NodeForward, node: number, upstream: Float64Array): void {
    const nodes = this.categories.length
    for (const gate of forward.gates.toReversed()) {
      this.#strengthGradient[gate.parent * nodes + node]! += gateGradient(gate, upstream)
      mixWithMean(upstream, gate.strength, gate.axis, gate.inner)
    }
  }

  #softmaxBackward(
    { index, share }: Reduction,
    upstream: Float64Array,
    node: number,
    gradient: Float64Array,
    from: number,
  ): void {
    const softmax = this.#softmax[node]!
    const k = this.categories[node]!
    const inner = this.#strides[node]!
    for (let outer = 0; outer < softmax.length; outer += k * inner) {
      for (let at = outer; at < outer + inner; at++) {
        let mean = 0
        for (let a = at; a < at + k * inner; a += inner) mean += softmax[a]! * upstream[index[a]!]!
        for (let a = at; a < at + k * inner; a += inner) {
          gradient[from + a] = (softmax[a]! * (upstream[index[a]!]! - mean)) / share
        }
      }
    }
  }

  #reduction(kept: readonly number[]): Reduction {
    const key = kept.reduce((mask, node) => mask + 2 ** node, 0)
    const known = this.#reductions.get(key)
    if (known !== undefined) return known
    const size = kept.reduce((product, node) => product * this.categories[node]!, 1)
    const index = Int32Array.from({ length: this.outcomes }, (_, a) =>
      kept.reduce((at, node) => {
        const k = this.categories[node]!
        return at * k + (Math.floor(a / this.#strides[node]!) % k)
      }, 0),
    )
    const reduction = { index, size, share: this.outcomes / size }
    // Searches wander over many parent sets; the map is only a cache.
    if (this.#reductions.size >= 1024) this.#reductions.clear()
    this.#reductions.set(key, reduction)
    return reduction
  }
}

/** T <- e T + (1 - e) mean over an axis, in place; symmetric, hence its own backward pass. */
function mixWithMean(table: Float64Array, strength: number, axis: number, inner: number): void {
  const block = axis * inner
  for (let outer = 0; outer < table.length; outer += block) {
    for (let at = outer; at < outer + inner; at++) {
      let sum = 0
      for (let a = at; a < at + block; a += inner) sum += table[a]!
      const share = ((1 - strength) * sum) / axis
      for (let a = at; a < at + block; a += inner) table[a] = strength * table[a]! + share
    }
  }
}

/** d / de of a gate: the gradient's product with T - mean(T). */
function gateGradient({ before, axis, inner }: Gate, upstream: Float64Array): number {
  const block = axis * inner
  let total = 0
  for (let outer = 0; outer < before.length; outer += block) {
    for (let at = outer; at < outer + inner; at++) {
      let sum = 0
      for (let a = at; a < at + block; a += inner) sum += before[a]!
      const mean = sum / axis
      for (let a = at; a < at + block; a += inner) total += upstream[a]! * (before[a]! - mean)
    }
  }
  return total
}
