/** Swap search over assignments: a swap touches 2 (C - 2) distances, so a candidate costs O(C L) a criterion. */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { outcomeTable } from '../outcomes.ts'
import { type Criterion, projectionsOf } from './criterion.ts'
import { wholeSearch } from './search-effort.ts'

interface CriterionState {
  readonly criterion: Criterion
  /** Projections of the current assignment, and room for a candidate's. */
  readonly projections: Float64Array
  readonly candidate: Float64Array
}

/** Independent annealing runs that must end in the same best assignment. */
const agreement = 3
const maximumAnneals = 24
/** Additions after which the search lets go: some twenty milliseconds. */
const pieceWork = 5e6
/** A score must fall by more than rounding to count as lower. */
const rounding = 1e-12

/** What else an assignment costs: [C outcomes, C components], added to the score in these units. */
export interface LabelCosts {
  readonly costs: Float64Array
  readonly weight: number
}

/** Nodes whose categories the components' names already hold in `order`, from anchors: only the others are searched. */
export interface HeldNames {
  readonly nodes: readonly number[]
  readonly order: readonly number[]
}

export class AssignmentSearch {
  readonly #components: number
  readonly #groups: readonly (readonly number[])[]
  readonly #start: Int32Array
  /** The outcomes of each swap that keeps the held nodes' names. */
  readonly #swapA: Int32Array
  readonly #swapB: Int32Array
  readonly #criteria: readonly CriterionState[]
  readonly #order: Int32Array
  readonly #workOfCandidate: number
  /** Additions that it may cost. */
  readonly #limit: number
  #work = 0
  #pieceEnd = pieceWork

  /** `effort`: the share of a whole search that it may cost. */
  constructor(criteria: readonly Criterion[], categories: readonly number[], held?: HeldNames, effort = 1) {
    this.#limit = effort * wholeSearch
    const table = outcomeTable(categories)
    const components = table.length
    this.#components = components
    this.#groups = outcomesAlikeIn(table, held?.nodes ?? [])
    this.#start = Int32Array.from({ length: components }, (_, a) => held?.order[a] ?? a)
    const swaps = this.#groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0)
    this.#swapA = new Int32Array(swaps)
    this.#swapB = new Int32Array(swaps)
    let swapAt = 0
    for (const group of this.#groups) {
      group.forEach((a, at) => {
        for (let other = at + 1; other < group.length; other++) {
          this.#swapA[swapAt] = a
          this.#swapB[swapAt++] = group[other]!
        }
      })
    }
    this.#criteria = criteria.map((criterion) => ({
      criterion,
      projections: new Float64Array(criterion.size),
      candidate: new Float64Array(criterion.size),
    }))
    this.#workOfCandidate = criteria.reduce(
      (sum, { size }) => sum + 2 * components * categories.length + 4 * size + categories.length ** 3,
      0,
    )
    this.#order = this.#start.slice()
  }

  /** Every assignment that agrees with the held nodes. */
  all(): Int32Array[] {
    const orders: Int32Array[] = []
    const order = this.#start.slice()
    const place = (group: number, at: number): void => {
      const outcomes = this.#groups[group]
      if (outcomes === undefined) {
        orders.push(order.slice())
        return
      }
      if (at === outcomes.length) {
        place(group + 1, 0)
        return
      }
      for (let other = at; other < outcomes.length; other++) {
        swap(order, outcomes[at]!, outcomes[other]!)
        place(group, at + 1)
        swap(order, outcomes[at]!, outcomes[other]!)
        // Some assignment among the symmetric copies leaves the first outcome alone where no node is held.
        if (this.#groups.length === 1 && at === 0) break
      }
    }
    place(0, 0)
    return orders
  }

  /** The lowest score that descents from `starts` random assignments reach: a search that costs little. */
  *glance(starts: number, random: RandomStream): Piecewise<number> {
    let lowest = Infinity
    for (let start = 0; start < starts; start++) {
      this.#shuffle(random)
      lowest = Math.min(lowest, yield* this.#descend(null))
    }
    return lowest
  }

  /** Local optima found from many starts, and every assignment one swap away from the best of them. */
  *best(restarts: number, random: RandomStream): Piecewise<Int32Array[]> {
    if (this.#swapA.length === 0 || this.#criteria.length === 0) return [this.#start]
    const optima: { order: Int32Array; score: number }[] = []
    for (let restart = 0; restart < restarts && this.#work < this.#limit / 4; restart++) {
      this.#shuffle(random)
      const score = yield* this.#descend(null)
      optima.push({ order: this.#order.slice(), score })
    }
    let lowest = Infinity
    let agreed = 0
    for (let run = 0; run < maximumAnneals && agreed < agreement && this.#work < this.#limit; run++) {
      this.#shuffle(random)
      yield* this.#anneal(random)
      const score = yield* this.#descend(null)
      optima.push({ order: this.#order.slice(), score })
      if (score < lowest - 1e-9) agreed = 0
      if (score < lowest + 1e-9) agreed++
      lowest = Math.min(lowest, score)
    }
    optima.sort((a, b) => a.score - b.score)
    const neighbours = yield* this.#neighbours(optima[0]!.order)
    return [...optima.slice(0, 64).map(({ order }) => order), ...neighbours]
  }

  /** The local optimum that swaps reach from `order` when what labels say is part of the score. */
  *settle(order: ArrayLike<number>, labels: LabelCosts): Piecewise<number[]> {
    this.#move(Int32Array.from(order))
    yield* this.#descend(labels)
    return Array.from(this.#order)
  }

  /** Assignments one swap away from `order` that come closest to its score. */
  *#neighbours(order: Int32Array): Piecewise<Int32Array[]> {
    this.#move(order)
    const scored: { a: number; b: number; score: number }[] = []
    for (let at = 0; at < Math.min(this.#swapA.length, 20_000); at++) {
      const [a, b] = [this.#swapA[at]!, this.#swapB[at]!]
      scored.push({ a, b, score: this.#scoreOfSwap(a, b) })
      if (this.#pieceIsDone()) yield this.#words()
    }
    return scored
      .sort((one, other) => one.score - other.score)
      .slice(0, 64)
      .map(({ a, b }) => {
        const neighbour = order.slice()
        swap(neighbour, a, b)
        return neighbour
      })
  }

  #pieceIsDone(): boolean {
    if (this.#work < this.#pieceEnd) return false
    this.#pieceEnd = this.#work + pieceWork
    return true
  }

  #words(): string {
    return `naming ${this.#components} components, ${Math.min(99, Math.round((100 * this.#work) / this.#limit))} % of the search at most`
  }

  #shuffle(random: RandomStream): void {
    const order = this.#start.slice()
    for (const group of this.#groups) {
      random.permutation(group.length).forEach((from, to) => (order[group[to]!] = this.#start[group[from]!]!))
    }
    this.#move(order)
  }

  #move(order: Int32Array): void {
    this.#order.set(order)
    for (const { criterion, projections } of this.#criteria) projections.set(projectionsOf(criterion, order))
  }

  /** Swaps that lower the score, the first found each time, until none does or the work is used up. Returns the score reached. */
  *#descend(labels: LabelCosts | null): Piecewise<number> {
    let score = this.#score()
    for (let better = true; better;) {
      better = false
      for (let at = 0; at < this.#swapA.length; at++) {
        const [a, b] = [this.#swapA[at]!, this.#swapB[at]!]
        const contradicted = labels === null ? 0 : this.#labelChange(a, b, labels)
        // The cost cannot fall below 0: labels that ask for more than all of it need not be weighed against it.
        if (labels !== null && contradicted >= score) continue
        const candidate = this.#scoreOfSwap(a, b)
        if (candidate + contradicted < score - rounding) {
          this.#accept(a, b)
          score = candidate
          better = true
        }
        if (!this.#pieceIsDone()) continue
        if (this.#work >= 2 * this.#limit) return score
        yield this.#words()
      }
    }
    return score
  }

  /** By how much labels contradict the assignment more after outcomes a and b have traded components. */
  #labelChange(a: number, b: number, { costs, weight }: LabelCosts): number {
    const [ofA, ofB] = [this.#order[a]!, this.#order[b]!]
    const [rowA, rowB] = [a * this.#components, b * this.#components]
    return weight * (costs[rowA + ofB]! + costs[rowB + ofA]! - costs[rowA + ofA]! - costs[rowB + ofB]!)
  }

  /** Metropolis swaps while the temperature falls geometrically from the size of a typical change. */
  *#anneal(random: RandomStream): Piecewise<void> {
    const affordable = this.#limit / maximumAnneals / this.#workOfCandidate
    const proposals = Math.floor(Math.min(60 * this.#components ** 2, affordable))
    let score = this.#score()
    let typical = 0
    const swaps = this.#swapA.length
    const probes = Math.min(100, swaps)
    for (let probe = 0; probe < probes; probe++) {
      const at = random.integer(swaps)
      typical += Math.abs(this.#scoreOfSwap(this.#swapA[at]!, this.#swapB[at]!) - score) / probes
    }
    const hottest = typical
    const coldest = typical / 1000
    for (let proposal = 0; proposal < proposals; proposal++) {
      if (this.#pieceIsDone()) yield this.#words()
      const temperature = hottest * (coldest / hottest) ** (proposal / proposals)
      const at = random.integer(swaps)
      const [a, b] = [this.#swapA[at]!, this.#swapB[at]!]
      const candidate = this.#scoreOfSwap(a, b)
      if (candidate > score && random.uniform() >= Math.exp((score - candidate) / temperature)) continue
      this.#accept(a, b)
      score = candidate
    }
  }

  #score(): number {
    return this.#criteria.reduce(
      (sum, { criterion, projections }) => sum + criterion.weight * criterion.cost(projections),
      0,
    )
  }

  #scoreOfSwap(a: number, b: number): number {
    this.#work += this.#workOfCandidate
    let sum = 0
    for (const state of this.#criteria) {
      this.#project(state, a, b)
      sum += state.criterion.weight * state.criterion.cost(state.candidate)
    }
    return sum
  }

  /** Projections after outcomes a and b have traded components, into `candidate`. */
  #project({ criterion, projections, candidate }: CriterionState, a: number, b: number): void {
    candidate.set(projections)
    const { distances } = criterion
    const order = this.#order
    const fromA = order[a]! * this.#components
    const fromB = order[b]! * this.#components
    for (let c = 0; c < this.#components; c++) {
      if (c === a || c === b) continue
      const change = distances[fromB + order[c]!]! - distances[fromA + order[c]!]!
      criterion.project(candidate, a, c, change)
      criterion.project(candidate, b, c, -change)
    }
  }

  #accept(a: number, b: number): void {
    for (const state of this.#criteria) {
      this.#project(state, a, b)
      state.projections.set(state.candidate)
    }
    swap(this.#order, a, b)
  }
}

function swap(order: Int32Array, a: number, b: number): void {
  const component = order[a]!
  order[a] = order[b]!
  order[b] = component
}

/** Outcomes that share the categories of all the given nodes; one group of all where there are none. */
function outcomesAlikeIn(table: readonly Int32Array[], nodes: readonly number[]): number[][] {
  const groups = new Map<string, number[]>()
  table.forEach((categories, outcome) => {
    const key = nodes.map((node) => categories[node]).join()
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [outcome])
    else group.push(outcome)
  })
  return [...groups.values()]
}
