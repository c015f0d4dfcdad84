import fc from 'fast-check'
import type { Arc, Digraph } from '../../../../src-shared/graph/digraph.ts'
import { digraph } from '../../../../src-shared/graph/digraph.ts'

/** DAGs of minSize .. maxSize nodes: a random order and, for each pair, an edge or none along it. */
export function randomDag(minSize: number, maxSize: number): fc.Arbitrary<Digraph> {
  return fc
    .integer({ min: minSize, max: maxSize })
    .chain((size) =>
      fc.tuple(
        fc.constant(size),
        fc.shuffledSubarray(
          Array.from({ length: size }, (_, i) => i),
          { minLength: size, maxLength: size },
        ),
        fc.array(fc.boolean(), { minLength: (size * (size - 1)) / 2, maxLength: (size * (size - 1)) / 2 }),
      ),
    )
    .map(([size, order, present]) => {
      const edges: Arc[] = []
      let pair = 0
      for (let i = 0; i < size; i++) {
        for (let j = i + 1; j < size; j++) if (present[pair++] === true) edges.push([order[i]!, order[j]!])
      }
      return digraph(size, edges)
    })
}
