/** The DAG's likelihood on a table of counts, with its gradient (causal-pima.md sections 1 and 5.4). */
import { type Counts, observedOf, totalOf } from '../../../evidence/counts.ts'
import { RelaxedNetwork, tiny } from '../kernels/relaxed-network.ts'

export class DagObjective {
  readonly #network: RelaxedNetwork
  /** Shares of the samples by outcome, [C]; of those in which each node was not set, [L][C], where any was. */
  readonly #p: Float64Array
  readonly #observed: readonly Float64Array[] | null
  readonly #support: Int32Array
  readonly #upstream: readonly Float64Array[]

  /**
   * @param counts their sum must be positive
   * @param allowed [L, L], 1 where an edge may be; null: all
   */
  constructor(counts: Counts, allowed: Uint8Array | null = null) {
    const { categories, values, regimes } = counts
    const total = totalOf(counts)
    const shares = (table: ArrayLike<number>): Float64Array => Float64Array.from(table, (count) => count / total)
    this.#p = shares(values)
    this.#observed = regimes === undefined ? null : categories.map((_, node) => shares(observedOf(counts, node).values))
    this.#support = Int32Array.from([...this.#p.keys()].filter((a) => this.#p[a]! > 0))
    this.#network = new RelaxedNetwork(categories, this.#support, allowed)
    this.#upstream = (this.#observed ?? [null]).map(() => new Float64Array(values.length))
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
   * -sum_a p_a log p(a) + lambda sum_ij E_ij, in nats a sample; a node's own term counts in the samples in which it was not set.
   * @param parameters flat: xi [L], b [L, L], W [L, C]
   * @param gradient of the same layout, overwritten
   */
  evaluate(parameters: Float64Array, temperature: number, lambda: number, gradient: Float64Array): number {
    this.#network.forward(parameters, temperature)
    let objective = this.#observed === null ? this.#wholeJoint() : this.#nodeByNode(this.#observed)
    for (const strength of this.#network.strengths) objective += lambda * strength
    const [whole] = this.#upstream
    this.#network.backward(this.#observed === null ? whole! : this.#upstream, lambda, gradient)
    return objective
  }

  #wholeJoint(): number {
    const { joint } = this.#network
    const [upstream] = this.#upstream
    let objective = 0
    for (const a of this.#support) {
      const p = this.#p[a]!
      objective -= p * Math.log(joint[a]! + tiny)
      upstream![a] = (-p * joint[a]!) / (joint[a]! + tiny)
    }
    return objective
  }

  #nodeByNode(observed: readonly Float64Array[]): number {
    let objective = 0
    observed.forEach((shares, node) => {
      const upstream = this.#upstream[node]!
      for (const a of this.#support) {
        const p = shares[a]!
        const table = this.#network.tableAt(node, a)
        objective -= p * Math.log(table + tiny)
        upstream[a] = (-p * table) / (table + tiny)
      }
    })
    return objective
  }
}
