/**
 * The analysis of variance of component means over a full factorial of nodes, from squared distances alone: the sum of
 * squares SS_e of each set e of nodes that act together. P_e, the projection onto the interaction of e, is a product
 * over nodes of (delta - 1 / K) inside e and 1 / K outside, so that SS_e = - sum over pairs of P_e(a, b) D_ab depends on
 * which nodes two outcomes differ in and on nothing else (Scheffé 1959; Gower 1966 for distances in place of means).
 */
import { outcomeTable } from '../outcomes.ts'

const rounding = 1e-12

export class EffectCost {
  /** 2^L sets of nodes: node l is bit l. */
  readonly patterns: number
  readonly #categories: readonly number[]
  /** [C, L] categories of every outcome. */
  readonly #outcomes: Int32Array
  readonly #room: Float64Array
  /** [2^L] number of nodes in each set. */
  readonly #members: Uint8Array

  constructor(categories: readonly number[]) {
    this.#categories = categories
    this.#outcomes = Int32Array.from(outcomeTable(categories).flatMap((outcome) => Array.from(outcome)))
    this.patterns = 2 ** categories.length
    this.#room = new Float64Array(this.patterns)
    this.#members = Uint8Array.from(
      { length: this.patterns },
      (_, e) => categories.filter((_k, l) => (e >> l) & 1).length,
    )
  }

  /** The set of nodes in which two outcomes differ. */
  patternOf(a: number, b: number): number {
    const outcomes = this.#outcomes
    const nodes = this.#categories.length
    let pattern = 0
    for (let l = 0; l < nodes; l++) if (outcomes[a * nodes + l] !== outcomes[b * nodes + l]) pattern |= 1 << l
    return pattern
  }

  /** SS_e of every set e, [2^L], from the sums of squared distances of pairs by the nodes that they differ in, [2^L]. */
  sumsOfSquares(sums: Float64Array): Float64Array {
    const squares = this.#room
    squares.set(sums)
    squares[0] = 0
    for (let l = 0; l < this.#categories.length; l++) {
      const k = this.#categories[l]!
      const bit = 1 << l
      for (let e = 0; e < squares.length; e++) {
        if (e & bit) continue
        const same = squares[e]!
        const mean = (same + squares[e | bit]!) / k
        squares[e] = mean
        squares[e | bit] = same - mean
      }
    }
    for (let e = 0; e < squares.length; e++) squares[e] = Math.max(0, -squares[e]!)
    return squares
  }

  /**
   * sum_e |e| sqrt(SS_e) / sqrt(sum_e SS_e): 1 where one node alone acts, low where few effects of single nodes make all
   * differences, high where many act or act together. Sums of norms, as in the group lasso, prefer few effects to many
   * of the same sum of squares: naming b as a xor b keeps the number of terms and makes one of them an interaction.
   */
  cost(sums: Float64Array): number {
    const squares = this.sumsOfSquares(sums)
    let [amplitude, total] = [0, 0]
    for (let e = 1; e < squares.length; e++) total += squares[e]!
    for (let e = 1; e < squares.length; e++) {
      // The root would make much of rounding.
      if (squares[e]! > rounding * total) amplitude += this.#members[e]! * Math.sqrt(squares[e]!)
    }
    return total > 0 ? amplitude / Math.sqrt(total) : 0
  }
}
