/**
 * Names by what modalities show, without geometry (causal-pima.md section 5.3): where a modality alone falls into as many
 * clusters as some of the nodes can make, it shows these nodes and no others. A naming must then make its clusters out of
 * whole nodes; that leaves few namings, and looks decide only between these.
 */
import { likeliest } from '../../../statistics/likeliest.ts'
import { categoryOf, outcomeTable } from '../outcomes.ts'
import { canonicalOrder } from './assignment-symmetry.ts'

/** A modality's own clusters. */
export interface ShownClusters {
  readonly clusters: number
  /** Cluster of each sample, -1 without the modality: [n] */
  readonly labels: Int32Array
}

/** Share of a component's samples that must lie in one cluster of a modality. */
const pure = 0.9
/** Combinations of nodes and names that are tried. */
const mostTried = 50_000

/**
 * Cluster of each component by a modality's clusters, -1 where the component is empty; null where one lies in several.
 * @param memberships [n, C]
 */
function clusterOfComponents(
  memberships: ArrayLike<number>,
  components: number,
  { clusters, labels }: ShownClusters,
): Int32Array | null {
  const counts = new Float64Array(components * clusters)
  const component = likeliest(memberships, components)
  labels.forEach((label, i) => {
    if (label >= 0) counts[component[i]! * clusters + label]! += 1
  })
  const out = new Int32Array(components).fill(-1)
  for (let a = 0; a < components; a++) {
    const row = counts.subarray(a * clusters, (a + 1) * clusters)
    const total = row.reduce((sum, count) => sum + count, 0)
    if (total === 0) continue
    const commonest = Math.max(...row)
    if (commonest < pure * total) return null
    out[a] = row.indexOf(commonest)
  }
  return out
}

function permutations(n: number): number[][] {
  if (n === 0) return [[]]
  return permutations(n - 1).flatMap((rest) => Array.from({ length: n }, (_, at) => rest.toSpliced(at, 0, n - 1)))
}

/** One way in which a modality shows nodes: the nodes, and the configuration of these that each of its clusters is. */
interface Showing {
  readonly nodes: readonly number[]
  /** Category of each of `nodes`, a row a cluster. */
  readonly configurations: readonly Int32Array[]
}

/** Every way in which a number of clusters can be the configurations of some nodes; null where there are too many. */
function showings(clusters: number, categories: readonly number[]): Showing[] | null {
  const subsets = Array.from({ length: 2 ** categories.length }, (_, set) =>
    categories.flatMap((_k, node) => ((set >> node) & 1 ? [node] : [])),
  ).filter((nodes) => nodes.reduce((product, node) => product * categories[node]!, 1) === clusters)
  if (clusters > 7) return null
  const orders = permutations(clusters)
  return subsets.flatMap((nodes) => {
    const table = outcomeTable(nodes.map((node) => categories[node]!))
    return orders.map((order) => ({ nodes, configurations: order.map((at) => table[at]!) }))
  })
}

/** Joins two ways where they agree on the nodes that both show, for every component; null where they do not. */
function joined(
  named: readonly (number | null)[][],
  { nodes, configurations }: Showing,
  clusterOf: Int32Array,
): (number | null)[][] | null {
  for (const [component, before] of named.entries()) {
    const cluster = clusterOf[component]!
    if (
      cluster >= 0 &&
      nodes.some((node, at) => (before[node] ?? configurations[cluster]![at]) !== configurations[cluster]![at])
    )
      return null
  }
  return named.map((before, component) => {
    const cluster = clusterOf[component]!
    if (cluster < 0) return before
    const after = [...before]
    for (const [at, node] of nodes.entries()) after[node] = configurations[cluster]![at]!
    return after
  })
}

/** Whether an outcome has every name that is given. */
function agrees(categories: readonly number[], outcome: number, names: readonly (number | null)[]): boolean {
  return names.every((name, node) => name === null || categoryOf(categories, outcome, node) === name)
}

/**
 * order[outcome] = component, once for each way of giving the nodes that no modality shows to components with the same
 * names; components that no sample names take what is left. None where two are the same outcome, or too many to try.
 */
function ordersOf(named: readonly (number | null)[][], categories: readonly number[]): number[][] {
  const outcomes = named.length
  const groups = new Map<string, number[]>()
  for (const [component, names] of named.entries())
    if (names.some((name) => name !== null)) groups.set(names.join(), [...(groups.get(names.join()) ?? []), component])
  const room = (names: readonly (number | null)[]): number =>
    names.reduce<number>((product, name, node) => (name === null ? product * categories[node]! : product), 1)
  for (const components of groups.values()) if (components.length > room(named[components[0]!]!)) return []
  let orders = [new Array<number>(outcomes).fill(-1)]
  for (const components of groups.values()) {
    const names = named[components[0]!]!
    const places = Array.from({ length: outcomes }, (_, a) => a).filter((a) => agrees(categories, a, names))
    if (places.length > 7) return []
    const ways = permutations(places.length).filter((way) => isFirst(way, components.length))
    if (orders.length * ways.length > mostTried) return []
    orders = orders.flatMap((order) =>
      ways
        .filter((way) => components.every((_, i) => order[places[way[i]!]!] === -1))
        .map((way) => {
          const next = [...order]
          components.forEach((component, i) => (next[places[way[i]!]!] = component))
          return next
        }),
    )
  }
  return orders.map((order) => {
    const taken = new Set(order)
    const left = named.map((_, component) => component).filter((component) => !taken.has(component))
    return order.map((component) => (component === -1 ? left.shift()! : component))
  })
}

/** Of the permutations that place the first `used` alike, one: the others place nothing. */
function isFirst(way: readonly number[], used: number): boolean {
  return way.slice(used).every((place, i, rest) => i === 0 || place > rest[i - 1]!)
}

/**
 * The namings, distinct up to symmetry, that make every modality's clusters out of whole nodes; none where there are no
 * such, or too many to try.
 * @param memberships [n, C]
 */
export function namingsByShown(
  memberships: ArrayLike<number>,
  categories: readonly number[],
  shown: readonly ShownClusters[],
): number[][] {
  const components = categories.reduce((product, k) => product * k, 1)
  // One that tells every outcome apart tells no node from another.
  const telling = shown.filter(({ clusters }) => clusters < components)
  if (telling.length === 0) return []
  let partial: (number | null)[][][] = [
    Array.from({ length: components }, () => new Array<number | null>(categories.length).fill(null)),
  ]
  for (const modality of telling) {
    const clusterOf = clusterOfComponents(memberships, components, modality)
    const ways = showings(modality.clusters, categories)
    if (clusterOf === null || ways === null || partial.length * ways.length > mostTried) return []
    partial = partial.flatMap((named) =>
      ways.map((way) => joined(named, way, clusterOf)).filter((each) => each !== null),
    )
  }
  const namings = new Map<string, number[]>()
  for (const named of partial) {
    for (const order of ordersOf(named, categories)) {
      const canonical = canonicalOrder(order, categories)
      namings.set(canonical.join(), canonical)
      if (namings.size > mostTried) return []
    }
  }
  return [...namings.values()]
}
