/** What people call and where they place the nodes of a learned graph, with undo and redo kept in the project. */
import * as v from 'valibot'
import type { GraphAnnotations, GraphChange } from '../../src-shared/contract/graphs.ts'
import { refused } from '../../src-shared/errors.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import { withNames } from '../../src-shared/graph-formats/names.ts'
import { layoutNames } from '../../src-shared/graph-picture/placement.ts'
import {
  annotate,
  type AnnotationChange,
  type Annotations,
  nodeNameKey,
  readAnnotations,
  redoAnnotation,
  undoAnnotation,
} from '../project/annotations.ts'
import type { ReadableProject, WritableProject } from '../project/project.ts'

const categoryKey = (node: number, category: number): string => `node/${node}/category/${category}`
const positionKey = (node: number): string => `node/${node}/position`
const layoutKey = 'layout'

const positionSchema = v.object({ x: v.number(), y: v.number() })
const layoutSchema = v.picklist(layoutNames)

/** The value if it fits, else what stands for "not set": the file may have been written by another version. */
function fitting<S extends v.GenericSchema<unknown, unknown>, F>(schema: S, value: unknown, otherwise: F) {
  const parsed = v.safeParse(schema, value)
  return parsed.success ? parsed.output : otherwise
}

/** A graph as far as it can be annotated; null: the run has none. */
type Named = Pick<LearnedGraph, 'nodes'> | null

function view(graph: Named, { values, undo, redo }: Annotations): GraphAnnotations {
  const nodes = graph?.nodes ?? []
  return {
    names: nodes.map((node, l) => fitting(v.string(), values.get(nodeNameKey(l)), node.name)),
    categories: nodes.map((node, l) =>
      node.categories.map((name, k) => fitting(v.string(), values.get(categoryKey(l, k)), name)),
    ),
    positions: nodes.map((_, l) => fitting(positionSchema, values.get(positionKey(l)), null)),
    layout: fitting(layoutSchema, values.get(layoutKey), 'layered'),
    undo,
    redo,
  }
}

export function readGraphAnnotations(project: ReadableProject, runId: number, graph: Named): GraphAnnotations {
  return view(graph, readAnnotations(project.database, runId))
}

/** A change as what it does, in words for undo, and the values it sets. */
function plan(shown: GraphAnnotations, change: GraphChange): { label: string; changes: AnnotationChange[] } {
  const called = (node: number): string => {
    const name = shown.names[node]
    if (name === undefined) throw refused(`The graph has no node ${node}.`, '', { field: 'node' })
    return name
  }
  switch (change.kind) {
    case 'rename-node':
      return {
        label: `Rename ${called(change.node)} to ${change.name}`,
        changes: [{ key: nodeNameKey(change.node), value: change.name }],
      }
    case 'rename-category': {
      const before = shown.categories[change.node]?.[change.category]
      if (before === undefined)
        throw refused(`${called(change.node)} has no category ${change.category}.`, '', { field: 'category' })
      return {
        label: `Rename ${before} to ${change.name}`,
        changes: [{ key: categoryKey(change.node, change.category), value: change.name }],
      }
    }
    case 'pin': {
      const [first] = change.positions
      const what = change.positions.length === 1 ? called(first!.node) : `${change.positions.length} nodes`
      for (const { node } of change.positions) called(node)
      return {
        label: `${change.positions.every((p) => p.position === null) ? 'Unpin' : 'Move'} ${what}`,
        changes: change.positions.map(({ node, position }) => ({ key: positionKey(node), value: position })),
      }
    }
    case 'layout':
      return { label: `Lay out as ${change.layout}`, changes: [{ key: layoutKey, value: change.layout }] }
  }
}

/** Makes the change as one step of undo. Throws `refused` for a node that is not there, or a name that is taken. */
export function changeGraph(
  project: WritableProject,
  runId: number,
  graph: LearnedGraph,
  change: GraphChange,
): GraphAnnotations {
  const { database } = project
  return database.transaction(() => {
    const { label, changes } = plan(readGraphAnnotations(project, runId, graph), change)
    const after = view(graph, annotate(database, runId, label, changes))
    // Thrown inside the transaction: a graph with two nodes of one name is never stored.
    withNames(graph, after)
    return after
  })
}

export function undoGraphChange(project: WritableProject, runId: number, graph: LearnedGraph): GraphAnnotations {
  return view(graph, undoAnnotation(project.database, runId))
}

export function redoGraphChange(project: WritableProject, runId: number, graph: LearnedGraph): GraphAnnotations {
  return view(graph, redoAnnotation(project.database, runId))
}
