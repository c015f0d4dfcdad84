/**
 * The joint outcome that a sample would have had: abduct the noise of its nodes, act, and let it through again (Pearl
 * 2009, 7.1). A table alone does not fix a discrete node's noise; the Gumbel-max mechanism is assumed, under which a node
 * changes its category only towards one that has become relatively more probable (Oberst and Sontag 2019).
 */
import { type Digraph, parentsOf, topologicalOrder } from '../../src-shared/graph/digraph.ts'
import type { Setting } from '../../src-shared/graph-questions/called.ts'
import type { RandomStream } from '../../src-shared/random/stream.ts'

export interface Mechanisms {
  readonly dag: Digraph
  /** [L][C] P_l(a_l | its parents) at every joint outcome. */
  readonly tables: readonly (readonly number[])[]
  /** K_l */
  readonly categories: readonly number[]
}

const floor = 1e-12

/**
 * One draw of the outcome, given that it was `factual` and with the nodes set. Nodes that nothing set reaches keep their
 * category: their parents and their noise are as they were.
 */
export function counterfactualOutcome(
  { dag, tables, categories }: Mechanisms,
  factual: number,
  settings: readonly Setting[],
  random: RandomStream,
): number {
  const strides = categories.map((_, node) => categories.slice(node + 1).reduce((product, k) => product * k, 1))
  const of = (outcome: number, node: number): number => Math.floor(outcome / strides[node]!) % categories[node]!
  const withCategory = (outcome: number, node: number, k: number): number =>
    outcome + (k - of(outcome, node)) * strides[node]!
  const logs = (outcome: number, node: number): number[] =>
    Array.from({ length: categories[node]! }, (_, k) =>
      Math.log(Math.max(floor, tables[node]![withCategory(outcome, node, k)]!)),
    )
  let outcome = factual
  for (const node of topologicalOrder(dag) ?? []) {
    const setting = settings.find((one) => one.node === node)
    if (setting !== undefined) outcome = withCategory(outcome, node, setting.value)
    else if (parentsOf(dag, node).some((parent) => of(outcome, parent) !== of(factual, parent))) {
      const noise = gumbelNoise(logs(factual, node), of(factual, node), random)
      const now = logs(outcome, node).map((log, k) => log + noise[k]!)
      outcome = withCategory(outcome, node, now.indexOf(Math.max(...now)))
    }
  }
  return outcome
}

/** Noise of a Gumbel-max mechanism with these log probabilities, given that it chose `chosen` (top-down; Maddison et al. 2014). */
function gumbelNoise(logs: readonly number[], chosen: number, random: RandomStream): number[] {
  const exponential = (): number => -Math.log(Math.max(1e-300, random.uniform()))
  // The largest of the perturbed values, then all others below it.
  const top = -Math.log(exponential())
  return logs.map((log, k) =>
    k === chosen ? top - log : -Math.log(Math.exp(-top) + exponential() * Math.exp(-log)) - log,
  )
}
