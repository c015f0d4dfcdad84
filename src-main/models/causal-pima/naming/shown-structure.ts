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
  const out: (number | null)[][] = []
  for (const [component, before] of named.entries()) {
    const cluster = clusterOf[component]!
    const after = [...before]
    if (cluster >= 0)
      for (const [at, node] of nodes.entries()) {
        const category = configurations[cluster]![at]!
        if (after[node] !== null && after[node] !== category) return null
        after[node] = category
      }
    out.push(after)
  }
  return out
}

/** order[outcome] = component; components that no sample names take what is left. Null where two are the same outcome. */
function orderOf(named: readonly (number | null)[][], categories: readonly number[]): number[] | null {
  const outcomes = named.length
  const order = new Array<number>(outcomes).fill(-1)
  const left: number[] = []
  for (const [component, names] of named.entries()) {
    if (names.includes(null)) {
      if (names.some((name) => name !== null)) return null
      left.push(component)
      continue
    }
    const outcome = Array.from({ length: outcomes }, (_, a) => a).find((a) =>
      names.every((name, node) => categoryOf(categories, a, node) === name),
    )!
    if (order[outcome] !== -1) return null
    order[outcome] = component
  }
  return order.map((component) => (component === -1 ? left.shift()! : component))
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
  let partial: (number | null)[][][] = [
    Array.from({ length: components }, () => new Array<number | null>(categories.length).fill(null)),
  ]
  for (const modality of shown) {
    const clusterOf = clusterOfComponents(memberships, components, modality)
    const ways = showings(modality.clusters, categories)
    if (clusterOf === null || ways === null || partial.length * ways.length > mostTried) return []
    partial = partial.flatMap((named) =>
      ways.map((way) => joined(named, way, clusterOf)).filter((each) => each !== null),
    )
  }
  const namings = new Map<string, number[]>()
  for (const named of partial) {
    const order = orderOf(named, categories)
    if (order === null) continue
    const canonical = canonicalOrder(order, categories)
    namings.set(canonical.join(), canonical)
  }
  return [...namings.values()]
}
