/**
 * The Hodge block's objective with another way of keeping cycles out: every strength E_ij = sigmoid(a_ij) is free, and a
 * penalty brings the graph to a DAG. NOTEARS raises the penalty's weight by an augmented Lagrangian, DAGMA lowers the weight
 * of the likelihood along a path. What is left of cycles at the end is cut at the weakest edge.
 */
import { type Arc, type Digraph, digraph, findCycle } from '../../../../../src-shared/graph/digraph.ts'
import { thresholds } from '../../../../../src-shared/methods/causal-pima/thresholds.ts'
import type { RandomStream } from '../../../../../src-shared/random/stream.ts'
import { type Counts, totalOf } from '../../../../evidence/counts.ts'
import { RelaxedNetwork, tiny } from '../../kernels/relaxed-network.ts'
import { type Acyclicity, logDeterminant, traceExponential } from './penalties.ts'

export interface PenalisedOptions {
  readonly method: 'notears' | 'dagma'
  /** Price of an edge, nats a sample. */
  readonly lambda: number
  /** Adam steps in all. */
  readonly steps: number
}

const stages = 8
/** At this stage the weaker way of every edge is let go, to this a, and stays there. */
const settledFrom = stages / 2
const closed = -6
/** Of DAGMA's penalty against the likelihood in the first stage. */
const dagmaWeight = 0.02
const learningRate = 0.05

/** @param counts a positive sum */
export function penalisedSearch(counts: Counts, options: PenalisedOptions, random: RandomStream): Digraph {
  const { categories, values } = counts
  const size = categories.length
  const total = totalOf(counts)
  const p = Float64Array.from(values, (count) => count / total)
  const support = Int32Array.from([...p.keys()].filter((a) => p[a]! > 0))
  const network = new RelaxedNetwork(categories, support)
  const edges = size * size
  const parameters = new Float64Array(edges + size * network.outcomes)
  // Strengths that start near 0 collapse to the empty graph, as scores do: E and the dependence in W multiply.
  for (let i = 0; i < edges; i++) parameters[i] = 1 + random.normal()
  for (let i = edges; i < parameters.length; i++) parameters[i] = 0.5 * random.normal()
  /** 1 where a strength stays as it is: the diagonal, and later one way of every pair. */
  const settled = Uint8Array.from({ length: edges }, (_, at) => Number(Math.floor(at / size) === at % size))
  const adam = new Adam(parameters.length)
  const gradient = new Float64Array(parameters.length)
  const upstream = new Float64Array(network.outcomes)
  let [rho, alpha, mu, last] = [0.01, 0, 1, Infinity]
  for (let stage = 0; stage < stages; stage++) {
    const s = Math.max(1, size / 4) * (1 - 0.05 * stage)
    const penalty = options.method === 'notears' ? traceExponential : logDeterminant(Math.max(s, 1.05))
    // Tables come first: an edge has no worth before they show any.
    const lambda = stage === 0 ? 0 : options.lambda
    let found: Acyclicity = { value: 0, gradient: new Float64Array(edges) }
    adam.restart()
    if (stage === settledFrom) settlePairs(parameters, size, settled)
    for (let step = 0; step < options.steps / stages; step++) {
      const strengths = strengthsOf(parameters, size)
      network.forwardAt(strengths, parameters, edges)
      for (const a of support) upstream[a] = (-p[a]! * network.joint[a]!) / (network.joint[a]! + tiny)
      const byStrength = network.backwardAt(upstream, gradient, edges)
      found = penalty(strengths, size)
      // Outside of its domain the logarithm has no gradient: the edges alone lead back.
      const outside = found.value === Infinity
      const weight = options.method === 'notears' ? rho * found.value + alpha : dagmaWeight
      const data = options.method === 'notears' ? 1 : mu
      if (outside) gradient.fill(0)
      for (let at = 0; at < edges; at++) {
        const e = strengths[at]!
        if (settled[at] === 1) {
          gradient[at] = 0
          continue
        }
        const push = outside ? e : data * (byStrength[at]! + lambda) + weight * found.gradient[at]!
        gradient[at] = push * e * (1 - e)
      }
      if (options.method === 'dagma' && !outside) for (let i = edges; i < gradient.length; i++) gradient[i]! *= mu
      adam.step(parameters, gradient, learningRate)
    }
    alpha += rho * found.value
    if (found.value > 0.25 * last) rho *= 4
    last = found.value
    mu *= 0.4
  }
  return readAcyclic(strengthsOf(parameters, size), size)
}

/**
 * Both ways of an edge may fit alike, and then shrink alike until none is left: the stronger one is let go on. Until the
 * graph is acyclic the product of tables is no distribution, and having both ways pays.
 */
function settlePairs(parameters: Float64Array, size: number, settled: Uint8Array): void {
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      const [there, back] = [i * size + j, j * size + i]
      const weaker = parameters[there]! < parameters[back]! ? there : back
      parameters[weaker] = Math.min(parameters[weaker]!, closed)
      settled[weaker] = 1
    }
}

/** E = sigmoid(a) off the diagonal, [L, L]. */
function strengthsOf(parameters: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) =>
    Math.floor(at / size) === at % size ? 0 : 1 / (1 + Math.exp(-parameters[at]!)),
  )
}

/** Edges above the threshold, the weakest of every circle left out. */
export function readAcyclic(strengths: Float64Array, size: number): Digraph {
  let arcs = Array.from({ length: size * size }, (_, at): Arc => [Math.floor(at / size), at % size]).filter(
    ([from, to]) => strengths[from * size + to]! > thresholds.edge,
  )
  for (;;) {
    const cycle = findCycle(digraph(size, arcs))
    if (cycle === null) return digraph(size, arcs)
    const around = cycle.map((from, at): Arc => [from, cycle[(at + 1) % cycle.length]!])
    const strength = ([from, to]: Arc): number => strengths[from * size + to]!
    const weakest = around.reduce((best, arc) => (strength(arc) < strength(best) ? arc : best))
    arcs = arcs.filter(([from, to]) => from !== weakest[0] || to !== weakest[1])
  }
}

class Adam {
  readonly #first: Float64Array
  readonly #second: Float64Array
  #t = 0

  constructor(length: number) {
    this.#first = new Float64Array(length)
    this.#second = new Float64Array(length)
  }

  restart(): void {
    this.#first.fill(0)
    this.#second.fill(0)
    this.#t = 0
  }

  step(parameters: Float64Array, gradient: Float64Array, rate: number): void {
    this.#t++
    const correction = Math.sqrt(1 - 0.999 ** this.#t) / (1 - 0.9 ** this.#t)
    for (let i = 0; i < parameters.length; i++) {
      const g = gradient[i]!
      const m = (this.#first[i] = 0.9 * this.#first[i]! + 0.1 * g)
      const v = (this.#second[i] = 0.999 * this.#second[i]! + 0.001 * g * g)
      parameters[i]! -= (rate * m * correction) / (Math.sqrt(v) + 1e-8)
    }
  }
}
