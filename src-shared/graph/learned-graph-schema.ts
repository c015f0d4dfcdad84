/** The shape of a stored learned graph, checked when it is read. */
import * as v from 'valibot'
import { givenSchema } from '../knowledge/knowledge.ts'
import { digraph } from './digraph.ts'
import { edge, standing } from './edge-schema.ts'
import { learnedEdges, type LearnedGraph } from './learned-graph.ts'

const index = v.pipe(v.number(), v.integer(), v.minValue(0))
const matrix = v.array(v.array(v.number()))

const common = {
  strength: matrix,
  frequency: matrix,
  restarts: index,
  nodeTables: matrix,
  logJoint: v.array(v.number()),
  given: v.exactOptional(givenSchema),
}
const node = { name: v.string(), categories: v.array(v.string()), anchor: v.nullable(v.string()) }

const marked = v.object({
  nodes: v.array(v.object({ ...node, standing })),
  edges: v.array(edge),
  ...common,
})

/** The graph of runs from before edges had ends: arcs of the DAG alone, from which all else follows. */
const arcs = v.pipe(
  v.object({ nodes: v.array(v.object(node)), edges: v.array(v.tuple([index, index])), ...common }),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): LearnedGraph => {
    try {
      return {
        ...value,
        nodes: value.nodes.map((one) => ({ ...one, standing: 'provisional' })),
        edges: learnedEdges(digraph(value.nodes.length, value.edges), value),
      }
    } catch (error) {
      addIssue({ message: error instanceof Error ? error.message : String(error) })
      return NEVER
    }
  }),
)

export const learnedGraph = v.union([marked, arcs]) satisfies v.GenericSchema<unknown, LearnedGraph>
