/**
 * FCI's ten orientation rules (Zhang 2008), each as in the paper: it looks for its pattern, orients, and says whether
 * anything changed. Together they are complete under hidden common causes and selection.
 */
import type { MixedGraph } from './mixed-graph.ts'
import { discriminatingPath, isPotentiallyDirected, uncoveredPath, uncoveredPaths } from './paths.ts'
import type { Skeleton } from './skeleton.ts'

type Rule = (graph: MixedGraph, separator: Skeleton['separator']) => boolean

/** Applies the rules until none finds its pattern. */
export function orientByRules(graph: MixedGraph, separator: Skeleton['separator']): void {
  while (rules.some((rule) => rule(graph, separator)));
}

/** Ordered pairs of neighbours. */
function pairs(graph: MixedGraph): [number, number][] {
  return Array.from({ length: graph.size }, (_, a) => a).flatMap((a) =>
    graph.neighbours(a).map((b): [number, number] => [a, b]),
  )
}

/** Calls `orient` for every a - b - c along edges, a and c distinct; did any say that it changed something? */
function forTriples(graph: MixedGraph, orient: (a: number, b: number, c: number) => boolean): boolean {
  let changed = false
  for (const [a, b] of pairs(graph)) {
    for (const c of graph.neighbours(b)) if (c !== a && orient(a, b, c)) changed = true
  }
  return changed
}

/** R1: a *-> b o-* c, a and c not joined: b -> c. */
const awayFromCollider: Rule = (graph) =>
  forTriples(graph, (a, b, c) => {
    if (graph.adjacent(a, c) || graph.at(a, b) !== 'arrow' || graph.at(c, b) !== 'circle') return false
    graph.orient(b, c, 'tail', 'arrow')
    return true
  })

/** R2: a -> b *-> c or a *-> b -> c, and a *-o c: a *-> c. */
const noCycle: Rule = (graph) =>
  forTriples(graph, (a, b, c) => {
    if (graph.at(a, c) !== 'circle' || graph.at(a, b) !== 'arrow' || graph.at(b, c) !== 'arrow') return false
    if (!graph.isParent(a, b) && !graph.isParent(b, c)) return false
    graph.mark(a, c, 'arrow')
    return true
  })

/** R3: a *-> b <-* c, a *-o d o-* c, a and c not joined, d *-o b: d *-> b. */
const doubleTriangle: Rule = (graph) =>
  forTriples(graph, (a, b, c) => {
    if (graph.at(a, b) !== 'arrow' || graph.at(c, b) !== 'arrow' || graph.adjacent(a, c)) return false
    const found = graph
      .neighbours(b)
      .filter((d) => graph.at(d, b) === 'circle' && graph.at(a, d) === 'circle' && graph.at(c, d) === 'circle')
    for (const d of found) graph.mark(d, b, 'arrow')
    return found.length > 0
  })

/** R4: a discriminating path for b between d and c with b o-* c: b -> c where b separated d and c, else a <-> b <-> c. */
const discriminating: Rule = (graph, separator) => {
  let changed = false
  for (const [b, c] of pairs(graph)) {
    if (graph.at(c, b) !== 'circle') continue
    const path = discriminatingPath(graph, b, c)
    if (path === null) continue
    if (separator(path.from, c)?.includes(b) === true) {
      graph.orient(b, c, 'tail', 'arrow')
    } else {
      graph.mark(path.before, b, 'arrow')
      graph.orient(b, c, 'arrow', 'arrow')
    }
    changed = true
  }
  return changed
}

/** R5: a o-o b and an uncovered path of circles a, c, ..., d, b with a, d and b, c not joined: all of them a - b. */
const circleCycle: Rule = (graph) => {
  for (const [a, b] of pairs(graph)) {
    if (!graph.has(a, b, 'circle', 'circle')) continue
    const bothCircles = (x: number, y: number): boolean => graph.has(x, y, 'circle', 'circle')
    const path = uncoveredPath(graph, a, b, bothCircles, (inner) => {
      const [first, last] = [inner[0]!, inner.at(-1)!]
      return inner.length >= 2 && !graph.adjacent(a, last) && !graph.adjacent(b, first)
    })
    if (path === null) continue
    const around = [...path, a]
    for (let at = 0; at + 1 < around.length; at++) graph.orient(around[at]!, around[at + 1]!, 'tail', 'tail')
    return true
  }
  return false
}

/** R6: a - b o-* c: b -* c. */
const afterUndirected: Rule = (graph) =>
  forTriples(graph, (a, b, c) => {
    if (!graph.has(a, b, 'tail', 'tail') || graph.at(c, b) !== 'circle') return false
    graph.mark(c, b, 'tail')
    return true
  })

/** R7: a -o b o-* c, a and c not joined: b -* c. */
const afterHalfUndirected: Rule = (graph) =>
  forTriples(graph, (a, b, c) => {
    if (!graph.has(a, b, 'tail', 'circle') || graph.at(c, b) !== 'circle' || graph.adjacent(a, c)) return false
    graph.mark(c, b, 'tail')
    return true
  })

/** R8: a -> b -> c or a -o b -> c, and a o-> c: a -> c. */
const ancestor: Rule = (graph) =>
  forTriples(graph, (a, b, c) => {
    if (!graph.has(a, c, 'circle', 'arrow') || !graph.isParent(b, c)) return false
    if (!graph.isParent(a, b) && !graph.has(a, b, 'tail', 'circle')) return false
    graph.mark(c, a, 'tail')
    return true
  })

/** R9: a o-> c and an uncovered potentially directed path a, b, d, ..., c with b and c not joined: a -> c. */
const uncoveredDirected: Rule = (graph) => {
  let changed = false
  for (const [a, c] of pairs(graph)) {
    if (!graph.has(a, c, 'circle', 'arrow')) continue
    const path = uncoveredPath(graph, a, c, isPotentiallyDirected(graph), (inner) => {
      return inner.length >= 2 && !graph.adjacent(inner[0]!, c)
    })
    if (path === null) continue
    graph.mark(c, a, 'tail')
    changed = true
  }
  return changed
}

/** R10: a o-> c, b -> c <- d, uncovered potentially directed paths from a to b and to d that leave a by two nodes not joined: a -> c. */
const twoWays: Rule = (graph) => {
  let changed = false
  for (const [a, c] of pairs(graph)) {
    if (!graph.has(a, c, 'circle', 'arrow')) continue
    const parents = graph.neighbours(c).filter((node) => node !== a && graph.isParent(node, c))
    const firstSteps = parents.map((parent) => [
      ...new Set(uncoveredPaths(graph, a, parent, isPotentiallyDirected(graph)).map((path) => path[1]!)),
    ])
    const apart = firstSteps.some((steps, one) =>
      firstSteps.some((others, two) => {
        if (one >= two) return false
        return steps.some((m) => others.some((w) => m !== w && !graph.adjacent(m, w)))
      }),
    )
    if (!apart) continue
    graph.mark(c, a, 'tail')
    changed = true
  }
  return changed
}

const rules: readonly Rule[] = [
  awayFromCollider,
  noCycle,
  doubleTriangle,
  discriminating,
  circleCycle,
  afterUndirected,
  afterHalfUndirected,
  ancestor,
  uncoveredDirected,
  twoWays,
]
