/**
 * The DAG's likelihood on a table of counts, with its gradient written out by hand in float64 (causal-pima.md sections 1
 * and 5.4). A gate whose edge is exactly 0 averages its axis away, so a node's table is handled at the size that its
 * possible parents leave: on average far below L^2 C.
 */
import { stride } from './outcomes.ts'
import { softplus } from './dag-scores.ts'

const tiny = 1e-12

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
  /** T before the gate, owned by the objective's pool. */
  readonly before: Float64Array
}

interface NodeForward {
  readonly reduction: Reduction
  readonly gates: readonly Gate[]
  /** P_l on the kept axes. */
  readonly table: Float64Array
}

export class DagObjective {
  readonly categories: readonly number[]
  readonly outcomes: number
  /** Length of the flat parameter vector: xi [L], b [L, L], then W_l [C] for each node. */
  readonly parameters: number
  readonly #p: Float64Array
  readonly #support: Int32Array
  readonly #strides: readonly number[]
  readonly #softmax: readonly Float64Array[]
  readonly #joint: Float64Array
  readonly #reductions = new Map<number, Reduction>()
  readonly #pool: Float64Array[] = []
  readonly #upstream: Float64Array

  /** @param counts [C], row-major over `categories`; their sum must be positive */
  constructor(counts: ArrayLike<number>, categories: readonly number[]) {
    const nodes = categories.length
    this.categories = categories
    this.outcomes = counts.length
    this.parameters = nodes + nodes * nodes + nodes * counts.length
    let total = 0
    for (let a = 0; a < counts.length; a++) total += counts[a]!
    this.#p = Float64Array.from(counts, (count) => count / total)
    this.#support = Int32Array.from([...this.#p.keys()].filter((a) => this.#p[a]! > 0))
    this.#strides = categories.map((_, node) => stride(categories, node))
    this.#softmax = categories.map(() => new Float64Array(counts.length))
    this.#joint = new Float64Array(counts.length)
    this.#upstream = new Float64Array(counts.length)
  }

  /**
   * -sum_a p_a log p(a) + lambda sum_ij E_ij, in nats a sample.
   * @param parameters flat: xi [L], b [L, L], W [L, C]
   * @param gradient of the same layout, overwritten
   */
  evaluate(parameters: Float64Array, temperature: number, lambda: number, gradient: Float64Array): number {
    const nodes = this.categories.length
    const logitsAt = nodes + nodes * nodes
    const { slopes, strengths } = this.#edges(parameters, temperature)
    let taken = 0
    const buffer = (size: number): Float64Array => {
      const pooled = this.#pool[taken] ?? new Float64Array(this.outcomes)
      this.#pool[taken++] = pooled
      return pooled.subarray(0, size)
    }

    this.#joint.fill(1)
    const forwards = this.categories.map((_, node) => {
      this.#softmaxOf(parameters, logitsAt + node * this.outcomes, node)
      const forward = this.#forward(node, strengths, buffer)
      const { index } = forward.reduction
      for (const a of this.#support) this.#joint[a]! *= forward.table[index[a]!]!
      return forward
    })

    let objective = 0
    for (const a of this.#support) {
      const p = this.#p[a]!
      const joint = this.#joint[a]!
      objective -= p * Math.log(joint + tiny)
      // d objective / d log p(a); dividing by a factor of the joint gives that factor's gradient.
      this.#upstream[a] = (-p * joint) / (joint + tiny)
    }

    gradient.fill(0)
    const strengthGradient = new Float64Array(nodes * nodes)
    forwards.forEach((forward, node) => {
      const upstream = buffer(forward.reduction.size).fill(0)
      const { index } = forward.reduction
      for (const a of this.#support) {
        upstream[index[a]!]! += this.#upstream[a]! / Math.max(forward.table[index[a]!]!, Number.MIN_VALUE)
      }
      this.#backward(forward, node, upstream, strengthGradient)
      this.#softmaxBackward(forward.reduction, upstream, node, gradient, logitsAt + node * this.outcomes)
    })
    for (let at = 0; at < strengths.length; at++) {
      if (strengths[at]! <= 0) continue
      objective += lambda * strengths[at]!
      const i = Math.floor(at / nodes)
      const j = at % nodes
      const g = (strengthGradient[at]! + lambda) * (1 - strengths[at]! ** 2)
      const { byScore, byMetric } = slopes[at]!
      gradient[j]! += g * byScore
      gradient[i]! -= g * byScore
      gradient[nodes + at]! += (g * byMetric) / 2
      gradient[nodes + j * nodes + i]! += (g * byMetric) / 2
    }
    return objective
  }

  /** E [L, L], and how the argument of its tanh moves with xi_j - xi_i and with the mean of b_ij and b_ji. */
  #edges(parameters: Float64Array, temperature: number) {
    const nodes = this.categories.length
    const strengths = new Float64Array(nodes * nodes)
    const slopes: { byScore: number; byMetric: number }[] = []
    for (let i = 0; i < nodes; i++) {
      for (let j = 0; j < nodes; j++) {
        const at = i * nodes + j
        slopes.push({ byScore: 0, byMetric: 0 })
        const difference = parameters[j]! - parameters[i]!
        if (i === j || difference <= 0) continue
        const raw = (parameters[nodes + at]! + parameters[nodes + j * nodes + i]!) / 2
        const metric = softplus(raw)
        strengths[at] = Math.tanh((metric * difference) / temperature)
        slopes[at] = { byScore: metric / temperature, byMetric: difference / temperature / (1 + Math.exp(-raw)) }
      }
    }
    return { strengths, slopes }
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

  #forward(node: number, strengths: Float64Array, buffer: (size: number) => Float64Array): NodeForward {
    const nodes = this.categories.length
    const parents = this.categories.flatMap((_, i) => (strengths[i * nodes + node]! > 0 ? [i] : []))
    const kept = [...parents, node].sort((a, b) => a - b)
    const reduction = this.#reduction(kept)
    let table = buffer(reduction.size).fill(0)
    const softmax = this.#softmax[node]!
    for (let a = 0; a < this.outcomes; a++) table[reduction.index[a]!]! += softmax[a]!
    for (let r = 0; r < table.length; r++) table[r]! /= reduction.share
    const gates = parents.map((parent): Gate => {
      const strength = strengths[parent * nodes + node]!
      const axis = this.categories[parent]!
      const inner = kept.reduce((size, other) => (other > parent ? size * this.categories[other]! : size), 1)
      const before = table
      table = buffer(reduction.size)
      table.set(before)
      mixWithMean(table, strength, axis, inner)
      return { parent, strength, axis, inner, before }
    })
    return { reduction, gates, table }
  }

  /** Turns the gradient of P_l into that of the averaged softmax, in place, adding each gate's own. */
  #backward(forward: NodeForward, node: number, upstream: Float64Array, strengthGradient: Float64Array): void {
    const nodes = this.categories.length
    for (const gate of forward.gates.toReversed()) {
      strengthGradient[gate.parent * nodes + node]! += gateGradient(gate, upstream)
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
