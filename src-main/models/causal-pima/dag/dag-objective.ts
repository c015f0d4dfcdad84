/** The DAG's likelihood on a table of counts, with its gradient (causal-pima.md sections 1 and 5.4). */
import { RelaxedNetwork, tiny } from '../kernels/relaxed-network.ts'

export class DagObjective {
  readonly #network: RelaxedNetwork
  readonly #p: Float64Array
  readonly #support: Int32Array
  readonly #upstream: Float64Array

  /** @param counts [C], row-major over `categories`; their sum must be positive */
  constructor(counts: ArrayLike<number>, categories: readonly number[]) {
    let total = 0
    for (let a = 0; a < counts.length; a++) total += counts[a]!
    this.#p = Float64Array.from(counts, (count) => count / total)
    this.#support = Int32Array.from([...this.#p.keys()].filter((a) => this.#p[a]! > 0))
    this.#network = new RelaxedNetwork(categories, this.#support)
    this.#upstream = new Float64Array(counts.length)
  }

  get categories(): readonly number[] {
    return this.#network.categories
  }

  get outcomes(): number {
    return this.#network.outcomes
  }

  /** Length of the flat parameter vector: xi [L], b [L, L], then W_l [C] for each node. */
  get parameters(): number {
    return this.#network.parameters
  }

  /**
   * -sum_a p_a log p(a) + lambda sum_ij E_ij, in nats a sample.
   * @param parameters flat: xi [L], b [L, L], W [L, C]
   * @param gradient of the same layout, overwritten
   */
  evaluate(parameters: Float64Array, temperature: number, lambda: number, gradient: Float64Array): number {
    this.#network.forward(parameters, temperature)
    const { joint, strengths } = this.#network
    let objective = 0
    for (const a of this.#support) {
      const p = this.#p[a]!
      objective -= p * Math.log(joint[a]! + tiny)
      this.#upstream[a] = (-p * joint[a]!) / (joint[a]! + tiny)
    }
    for (const strength of strengths) objective += lambda * strength
    this.#network.backward(this.#upstream, lambda, gradient)
    return objective
  }
}
