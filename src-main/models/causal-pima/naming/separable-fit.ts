/**
 * Non-negative least squares of distances between joint outcomes on costs of single changes: D_ab ~ sum_l w_l(a_l, b_l),
 * w >= 0 (causal-pima.md section 5.3). Over all pairs of outcomes the normal equations depend on the categories alone and
 * couple the nodes only through each node's sum of weights, so that a fit costs O(P + L^3) for P weights.
 */
/** Far more exchanges than ever seen; only rounding could use them up. */
const maximumPasses = 500

export class SeparableFit {
  readonly categories: readonly number[]
  /** P: one weight for each node and pair of its categories. */
  readonly weights: number
  /** [L + 1] first weight of each node, and P. */
  readonly #first: readonly number[]
  /** [L] diagonal of the Gram matrix: pairs of outcomes that show one given change of the node. */
  readonly #own: readonly number[]
  /** [L][L] pairs of outcomes that show one given change of each of two nodes. */
  readonly #shared: readonly (readonly number[])[]
  /** Which weights may be positive; carried from fit to fit as a warm start. */
  readonly #passive: Uint8Array
  readonly #coupling: Float64Array
  readonly #system: Float64Array
  readonly #solution: Float64Array

  constructor(categories: readonly number[]) {
    const outcomes = categories.reduce((product, k) => product * k, 1)
    const first: number[] = []
    let weights = 0
    for (const k of categories) {
      first.push(weights)
      weights += (k * (k - 1)) / 2
    }
    this.categories = categories
    this.weights = weights
    this.#first = [...first, weights]
    this.#own = categories.map((k) => (outcomes / k) ** 2)
    this.#shared = categories.map((k) => categories.map((other) => 2 * (outcomes / k / other) ** 2))
    this.#passive = new Uint8Array(weights).fill(1)
    this.#coupling = new Float64Array(categories.length)
    this.#system = new Float64Array(categories.length * categories.length)
    this.#solution = new Float64Array(categories.length)
  }

  /** Index of the weight of a change of `node` between two different categories. */
  weightOf(node: number, p: number, q: number): number {
    const k = this.categories[node]!
    const low = Math.min(p, q)
    return this.#first[node]! + low * k - (low * (low + 1)) / 2 + Math.max(p, q) - low - 1
  }

  /**
   * By how much the best non-negative weights lower the sum of squares, where `projections` [P] holds the sum of the
   * distances that show each change: |D|^2 - |D - H w|^2. Block principal pivoting (Kim & Park 2011).
   */
  explained(projections: Float64Array): number {
    this.#pivot(projections)
    let explained = 0
    for (let node = 0; node < this.categories.length; node++) {
      for (let weight = this.#first[node]!; weight < this.#first[node + 1]!; weight++) {
        if (this.#passive[weight] === 0) continue
        explained += (projections[weight]! * (projections[weight]! - this.#coupling[node]!)) / this.#own[node]!
      }
    }
    return explained
  }

  /** Finds which weights are positive: all that see more in their distances than the other nodes explain, and no others. */
  #pivot(projections: Float64Array): void {
    let largest = 0
    for (const projection of projections) largest = Math.max(largest, projection)
    const rounding = 1e-13 * largest
    let fewest = Infinity
    let patience = 3
    for (let pass = 0; pass < maximumPasses; pass++) {
      this.#couple(projections)
      // Exchanging all at once is fast but may cycle; exchanging the last alone cannot (Murty's rule).
      const infeasible = this.#exchange(projections, rounding, patience > 0)
      if (infeasible === 0) return
      if (infeasible < fewest) {
        fewest = infeasible
        patience = 3
      } else patience--
    }
  }

  /** Moves weights on the wrong side of zero to the other set, all or the last one; returns how many were wrong. */
  #exchange(projections: Float64Array, rounding: number, all: boolean): number {
    let infeasible = 0
    let last = -1
    for (let node = 0; node < this.categories.length; node++) {
      for (let weight = this.#first[node]!; weight < this.#first[node + 1]!; weight++) {
        const slack = projections[weight]! - this.#coupling[node]!
        const wrong = this.#passive[weight] === 1 ? slack < -rounding : slack > rounding
        if (!wrong) continue
        infeasible++
        last = weight
        if (all) this.#passive[weight]! ^= 1
      }
    }
    if (!all && last >= 0) this.#passive[last]! ^= 1
    return infeasible
  }

  /** Solves own_l S_l + n_l sum_m shared_lm S_m = H_l for the sums S of passive weights; coupling_l = sum_m shared_lm S_m. */
  #couple(projections: Float64Array): void {
    const nodes = this.categories.length
    const a = this.#system
    const s = this.#solution
    for (let l = 0; l < nodes; l++) {
      let passive = 0
      let sum = 0
      const end = this.#first[l + 1]!
      for (let weight = this.#first[l]!; weight < end; weight++) {
        if (this.#passive[weight] !== 1) continue
        passive++
        sum += projections[weight]!
      }
      for (let m = 0; m < nodes; m++) a[l * nodes + m] = l === m ? this.#own[l]! : passive * this.#shared[l]![m]!
      s[l] = sum
    }
    solveInPlace(a, s, nodes)
    for (let l = 0; l < nodes; l++) {
      let coupling = 0
      for (let m = 0; m < nodes; m++) if (m !== l) coupling += this.#shared[l]![m]! * s[m]!
      this.#coupling[l] = coupling
    }
  }
}

/** Gaussian elimination with partial pivoting; `a` [n, n] is destroyed, `b` [n] becomes the solution. */
function solveInPlace(a: Float64Array, b: Float64Array, n: number): void {
  for (let p = 0; p < n; p++) {
    let pivot = p
    for (let r = p + 1; r < n; r++) if (Math.abs(a[r * n + p]!) > Math.abs(a[pivot * n + p]!)) pivot = r
    if (pivot !== p) {
      for (let c = p; c < n; c++) {
        const swap = a[p * n + c]!
        a[p * n + c] = a[pivot * n + c]!
        a[pivot * n + c] = swap
      }
      const swap = b[p]!
      b[p] = b[pivot]!
      b[pivot] = swap
    }
    for (let r = p + 1; r < n; r++) {
      const factor = a[r * n + p]! / a[p * n + p]!
      if (factor === 0) continue
      for (let c = p; c < n; c++) a[r * n + c]! -= factor * a[p * n + c]!
      b[r]! -= factor * b[p]!
    }
  }
  for (let p = n - 1; p >= 0; p--) {
    for (let c = p + 1; c < n; c++) b[p]! -= a[p * n + c]! * b[c]!
    b[p]! /= a[p * n + p]!
  }
}
