/** Paths of a DAG, whatever way their edges point, and what blocks them (Pearl 1988). */
import type { Digraph } from './digraph.ts'
import { ancestorsOf, hasEdge, isAdjacent } from './digraph.ts'

/** Nodes in order, none twice. */
export type Path = readonly number[]

export interface Paths {
  readonly paths: readonly Path[]
  /** There are no others. */
  readonly complete: boolean
}

/** Paths between two nodes, the shortest first; at most `most` of them. */
export function pathsBetween(dag: Digraph, from: number, to: number, most: number): Paths {
  const paths: Path[] = []
  let open: Path[] = [[from]]
  while (open.length > 0) {
    const longer: Path[] = []
    for (const path of open) {
      const last = path.at(-1)!
      for (let next = 0; next < dag.size; next++) {
        if (path.includes(next) || !isAdjacent(dag, last, next)) continue
        if (next !== to) longer.push([...path, next])
        else if (paths.length < most) paths.push([...path, next])
        else return { paths, complete: false }
      }
      // Paths that lead nowhere must not fill the memory.
      if (longer.length > mostOpen) return { paths, complete: false }
    }
    open = longer
  }
  return { paths, complete: true }
}

const mostOpen = 200_000

/** Does the path carry dependence, given the nodes `given`? */
export function isActive(dag: Digraph, path: Path, given: readonly number[]): boolean {
  const opensColliders = ancestorsOf(dag, given)
  return path.slice(1, -1).every((node, at) => {
    const collider = hasEdge(dag, path[at]!, node) && hasEdge(dag, path[at + 2]!, node)
    return collider ? opensColliders[node] === 1 : !given.includes(node)
  })
}
