/** Swap search over assignments: a swap touches 2 (C - 2) distances, so a candidate costs O(C L) a modality. */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { centredSumOfSquares } from './component-distances.ts'
import { outcomeTable } from '../outcomes.ts'
import { SeparableFit, projectionsOf } from './separable-fit.ts'

interface ModalityState {
  readonly distances: Float64Array
  /** Sum of squares over pairs, and about their mean. */
  readonly squares: number
  readonly centred: number
  readonly fit: SeparableFit
  /** Projections of the current assignment, and room for a candidate's. */
  readonly projections: Float64Array
  readonly candidate: Float64Array
}

/** Roughly how many additions a search may cost: some seconds. */
const workLimit = 4e9
/** Independent annealing runs that must end in the same best assignment. */
const agreement = 3
const maximumAnneals = 24

export class AssignmentSearch {
  readonly #components: number
  readonly #table: readonly Int32Array[]
  readonly #groups: readonly (readonly number[])[]
  readonly #start: Int32Array
  readonly #swaps: readonly (readonly [number, number])[]
  readonly #modalities: readonly ModalityState[]
  readonly #order: Int32Array
  readonly #workOfCandidate: number
  #work = 0

  constructor(
    distances: readonly Float64Array[],
    categories: readonly number[],
    held?: { readonly nodes: readonly number[]; readonly order: readonly number[] },
  ) {
    this.#table = outcomeTable(categories)
    const components = this.#table.length
    this.#components = components
    this.#groups = outcomesAlikeIn(this.#table, held?.nodes ?? [])
    this.#start = Int32Array.from({ length: components }, (_, a) => held?.order[a] ?? a)
    this.#swaps = this.#groups.flatMap((group) =>
      group.flatMap((a, at) => group.slice(at + 1).map((b): [number, number] => [a, b])),
    )
    this.#modalities = distances.map((modality) => {
      const fit = new SeparableFit(categories)
      return {
        distances: modality,
        squares: modality.reduce((sum, value) => sum + value * value, 0) / 2,
        centred: centredSumOfSquares(modality, components),
        fit,
        projections: new Float64Array(fit.weights),
        candidate: new Float64Array(fit.weights),
      }
    })
    const fitWork = 4 * (this.#modalities[0]?.fit.weights ?? 0) + categories.length ** 3
    this.#workOfCandidate = distances.length * (2 * components * categories.length + fitWork)
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

  /** Local optima found from many starts, and every assignment one swap away from the best of them. */
  best(restarts: number, random: RandomStream): Int32Array[] {
    if (this.#swaps.length === 0 || this.#modalities.length === 0) return [this.#start]
    const optima: { order: Int32Array; score: number }[] = []
    const finish = (): number => {
      const score = this.#descend()
      optima.push({ order: this.#order.slice(), score })
      return score
    }
    for (let restart = 0; restart < restarts && this.#work < workLimit / 4; restart++) {
      this.#shuffle(random)
      finish()
    }
    let lowest = Infinity
    let agreed = 0
    for (let run = 0; run < maximumAnneals && agreed < agreement && this.#work < workLimit; run++) {
      this.#shuffle(random)
      this.#anneal(random)
      const score = finish()
      if (score < lowest - 1e-9) agreed = 0
      if (score < lowest + 1e-9) agreed++
      lowest = Math.min(lowest, score)
    }
    optima.sort((a, b) => a.score - b.score)
    return [...optima.slice(0, 64).map(({ order }) => order), ...this.#neighbours(optima[0]!.order)]
  }

  /** Assignments one swap away from `order` that come closest to its score. */
  #neighbours(order: Int32Array): Int32Array[] {
    this.#move(order)
    return this.#swaps
      .slice(0, 20_000)
      .map(([a, b]) => ({ a, b, score: this.#scoreOfSwap(a, b) }))
      .sort((one, other) => one.score - other.score)
      .slice(0, 64)
      .map(({ a, b }) => {
        const neighbour = order.slice()
        swap(neighbour, a, b)
        return neighbour
      })
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
    for (const { fit, distances, projections } of this.#modalities) {
      projections.set(projectionsOf(fit, distances, order))
    }
  }

  /** Swaps that lower the score, the first found each time, until none does. Returns the score reached. */
  #descend(): number {
    let score = this.#score()
    for (let better = true; better && this.#work < 2 * workLimit;) {
      better = false
      for (const [a, b] of this.#swaps) {
        const candidate = this.#scoreOfSwap(a, b)
        if (candidate >= score - 1e-12) continue
        this.#accept(a, b)
        score = candidate
        better = true
      }
    }
    return score
  }

  /** Metropolis swaps while the temperature falls geometrically from the size of a typical change. */
  #anneal(random: RandomStream): void {
    const affordable = workLimit / maximumAnneals / this.#workOfCandidate
    const proposals = Math.floor(Math.min(60 * this.#components ** 2, affordable))
    let score = this.#score()
    let typical = 0
    const probes = Math.min(100, this.#swaps.length)
    for (let probe = 0; probe < probes; probe++) {
      const [a, b] = this.#swaps[random.integer(this.#swaps.length)]!
      typical += Math.abs(this.#scoreOfSwap(a, b) - score) / probes
    }
    const hottest = typical
    const coldest = typical / 1000
    for (let proposal = 0; proposal < proposals; proposal++) {
      const temperature = hottest * (coldest / hottest) ** (proposal / proposals)
      const [a, b] = this.#swaps[random.integer(this.#swaps.length)]!
      const candidate = this.#scoreOfSwap(a, b)
      if (candidate > score && random.uniform() >= Math.exp((score - candidate) / temperature)) continue
      this.#accept(a, b)
      score = candidate
    }
  }

  #score(): number {
    return this.#mean((state) => state.fit.explained(state.projections))
  }

  #scoreOfSwap(a: number, b: number): number {
    this.#work += this.#workOfCandidate
    return this.#mean((state) => {
      this.#project(state, a, b)
      return state.fit.explained(state.candidate)
    })
  }

  #mean(explained: (state: ModalityState) => number): number {
    let sum = 0
    for (const state of this.#modalities) sum += (state.squares - explained(state)) / state.centred
    return sum / this.#modalities.length
  }

  /** Projections after outcomes a and b have traded components, into `candidate`. */
  #project({ distances, fit, projections, candidate }: ModalityState, a: number, b: number): void {
    candidate.set(projections)
    const order = this.#order
    const nodes = fit.categories.length
    const fromA = order[a]! * this.#components
    const fromB = order[b]! * this.#components
    const categoriesOfA = this.#table[a]!
    const categoriesOfB = this.#table[b]!
    for (let c = 0; c < this.#components; c++) {
      if (c === a || c === b) continue
      const change = distances[fromB + order[c]!]! - distances[fromA + order[c]!]!
      const categoriesOfC = this.#table[c]!
      for (let node = 0; node < nodes; node++) {
        const p = categoriesOfA[node]!
        const q = categoriesOfB[node]!
        if (p === q) continue
        const r = categoriesOfC[node]!
        if (p !== r) candidate[fit.weightOf(node, p, r)]! += change
        if (q !== r) candidate[fit.weightOf(node, q, r)]! -= change
      }
    }
  }

  #accept(a: number, b: number): void {
    for (const state of this.#modalities) {
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
