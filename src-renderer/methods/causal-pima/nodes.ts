/** Editing a list of nodes: names that are free, and what anchoring does to a node. */
import type { DatasetView } from '../../../src-shared/contract/shapes.ts'
import type { NodeDraft } from './settings.ts'

/** The first of N1, N2, ... that no node has. */
export function nodeNameFree(nodes: readonly NodeDraft[]): string {
  const taken = new Set(nodes.map((node) => node.name))
  for (let i = 1; ; i++) if (!taken.has(`N${i}`)) return `N${i}`
}

/** As many as a graph may have. */
export const mostNodes = 12
const mostCategories = 64

/** Columns that can be a node's categories. */
export function columnsForNodes(columns: DatasetView['metadata']): DatasetView['metadata'] {
  return columns.filter(({ categories }) => {
    const count = categories?.length ?? 0
    return count >= 2 && count <= mostCategories
  })
}

/** Every column as a node of its own, as far as a graph may have so many. */
export function nodesOfColumns(columns: DatasetView['metadata']): readonly NodeDraft[] {
  return columnsForNodes(columns)
    .slice(0, mostNodes)
    .map(({ column, categories }) => ({ name: column, categories: categories?.length ?? 2, anchor: column }))
}

/**
 * The node tied to a column: its categories become the column's values, and a name that nobody chose becomes the column's.
 * An empty column unties it.
 */
export function nodeAnchoredTo(node: NodeDraft, column: string, columns: DatasetView['metadata']): NodeDraft {
  const found = columns.find((c) => c.column === column)
  if (found?.categories === undefined) return { ...node, anchor: null }
  const unnamed = /^N\d+$/.test(node.name)
  return { name: unnamed ? column : node.name, categories: found.categories.length, anchor: column }
}
