/** d-separation and its paths by Pearl's definition, path by path: what faster algorithms are held against. */
import type { Digraph } from '../../../../src-shared/graph/digraph.ts'
import { descendantsOf, hasEdge, isAdjacent } from '../../../../src-shared/graph/digraph.ts'

export function everyPath(dag: Digraph, from: number, to: number): number[][] {
  const found: number[][] = []
  const search = (path: number[]): void => {
    const last = path.at(-1)!
    if (last === to) {
      found.push(path)
      return
    }
    for (let next = 0; next < dag.size; next++)
      if (!path.includes(next) && isAdjacent(dag, last, next)) search([...path, next])
  }
  search([from])
  return found
}

export function isOpenPath(dag: Digraph, path: readonly number[], given: readonly number[]): boolean {
  return path.slice(1, -1).every((node, at) => {
    const collider = hasEdge(dag, path[at]!, node) && hasEdge(dag, path[at + 2]!, node)
    return collider ? given.some((z) => descendantsOf(dag, [node])[z] === 1) : !given.includes(node)
  })
}

export function separatedByEveryPath(dag: Digraph, from: number, to: number, given: readonly number[]): boolean {
  return everyPath(dag, from, to).every((path) => !isOpenPath(dag, path, given))
}
