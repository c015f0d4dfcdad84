/**
 * Which of the nodes is which where people said what each acts on (causal-pima.md section 5.3). Namings are found up to
 * nodes with equally many categories, which may trade places; scopes say which place is whose: a node takes the place whose
 * change shows least in the modalities that it does not act on.
 */
import { stride } from '../outcomes.ts'

/** A node that acts on some of the modalities alone, by index. */
export interface Scope {
  readonly node: number
  readonly modalities: readonly number[]
}

/**
 * Share of a modality's squared distances that a change of each node alone makes, [L].
 * @param distances squared, of components, [C, C]
 * @param order order[outcome] = component
 */
export function changesShown(
  distances: ArrayLike<number>,
  order: readonly number[],
  categories: readonly number[],
): number[] {
  const components = order.length
  const between = (a: number, b: number): number => Math.max(0, distances[order[a]! * components + order[b]!]!)
  const sums = categories.map((k, node) => {
    const step = stride(categories, node)
    let [sum, pairs] = [0, 0]
    for (let a = 0; a < components; a++) {
      const own = Math.floor(a / step) % k
      for (let other = own + 1; other < k; other++) {
        sum += between(a, a + (other - own) * step)
        pairs++
      }
    }
    return sum / Math.max(1, pairs)
  })
  const total = sums.reduce((sum, one) => sum + one, 0)
  return sums.map((one) => (total > 0 ? one / total : 0))
}

/**
 * The same naming with its nodes in the places that the scopes ask for.
 * @param distances of each modality, as in `changesShown`
 * @param held nodes that keep their place
 */
export function inScopes(
  order: readonly number[],
  categories: readonly number[],
  distances: readonly ArrayLike<number>[],
  scopes: readonly Scope[],
  held: readonly number[] = [],
): number[] {
  const shown = distances.map((one) => changesShown(one, order, categories))
  const outside = (places: readonly number[]): number =>
    scopes.reduce(
      (sum, { node, modalities }) =>
        sum + shown.reduce((out, shares, m) => (modalities.includes(m) ? out : out + shares[places[node]!]!), 0),
      0,
    )
  const places = exchanges(categories, held).reduce((best, other) =>
    outside(other) < outside(best) - 1e-9 ? other : best,
  )
  return moved(order, categories, places)
}

/** Every way in which free nodes with equally many categories may trade places, first the one in which none does: places[node]. */
function exchanges(categories: readonly number[], held: readonly number[]): number[][] {
  const extend = (places: readonly number[]): number[][] => {
    const node = places.length
    if (node === categories.length) return [[...places]]
    const free = categories.flatMap((k, other) => {
      const mayTake = other === node || (!held.includes(node) && !held.includes(other) && k === categories[node])
      return mayTake && !places.includes(other) ? [other] : []
    })
    return free.flatMap((other) => extend([...places, other]))
  }
  return extend([])
}

function moved(order: readonly number[], categories: readonly number[], places: readonly number[]): number[] {
  return order.map((_, outcome) => {
    const from = categories.reduce((at, k, node) => {
      const category = Math.floor(outcome / stride(categories, node)) % k
      return at + category * stride(categories, places[node]!)
    }, 0)
    return order[from]!
  })
}
