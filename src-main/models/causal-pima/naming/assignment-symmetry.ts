/** Assignments that differ only in names: categories of a node, and nodes with equally many categories, may trade places. */
import { categoryOf, stride } from '../outcomes.ts'

/**
 * The one assignment that stands for all its symmetric copies: categories are named in the order in which components
 * show them, nodes with equally many categories in the order of the partitions that they make. Held nodes keep their
 * place and names.
 * @param order order[outcome] = component
 */
export function canonicalOrder(
  order: ArrayLike<number>,
  categories: readonly number[],
  heldNodes: readonly number[] = [],
): number[] {
  const components = order.length
  const partitions = categories.map((_, node) => {
    const partition = new Array<number>(components).fill(0)
    for (let a = 0; a < components; a++) partition[order[a]!] = categoryOf(categories, a, node)
    return heldNodes.includes(node) ? partition : namedByAppearance(partition)
  })
  const places = categories.map((k, node) => {
    if (heldNodes.includes(node)) return partitions[node]!
    const alike = categories.flatMap((other, l) => (other === k && !heldNodes.includes(l) ? [l] : []))
    const sorted = alike.map((l) => partitions[l]!).sort(lexicographically)
    return sorted[alike.indexOf(node)]!
  })
  const canonical = new Array<number>(components).fill(0)
  for (let component = 0; component < components; component++) {
    const outcome = places.reduce((at, place, node) => at + place[component]! * stride(categories, node), 0)
    canonical[outcome] = component
  }
  return canonical
}

function namedByAppearance(partition: readonly number[]): number[] {
  const names = new Map<number, number>()
  return partition.map((category) => {
    const name = names.get(category) ?? names.size
    names.set(category, name)
    return name
  })
}

function lexicographically(first: readonly number[], second: readonly number[]): number {
  const at = first.findIndex((value, i) => value !== second[i])
  return at < 0 ? 0 : first[at]! - second[at]!
}
