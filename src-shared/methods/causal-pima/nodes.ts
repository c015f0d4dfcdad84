/** Nodes from the short forms that people write: `--nodes 2,2,2` and `--anchor NODE=COLUMN`. */
import * as v from 'valibot'
import { isObject } from '../../json-object.ts'
import type { MetadataColumn } from '../../domain/dataset.ts'
import { refused } from '../../errors.ts'
import type { ShortForms } from '../method.ts'
import { type CausalPimaConfig, nodeSchema } from './config.ts'
import { nearestName } from '../../config/nearest.ts'

export type NodeConfig = CausalPimaConfig['nodes'][number]

/** Nodes N1, N2, ... with these numbers of categories. Throws `refused` for anything but whole numbers from 2 on. */
export function nodesOf(counts: string): NodeConfig[] {
  return counts.split(',').map((text, i) => {
    const categories = Number(text.trim())
    if (!Number.isInteger(categories) || categories < 2)
      throw refused(
        `"${text.trim()}" is not a number of categories.`,
        'Give each node a whole number from 2 on, e.g. --nodes 2,2,3.',
        { field: 'nodes' },
      )
    return { name: `N${i + 1}`, categories, anchor: null }
  })
}

export interface Anchor {
  readonly node: string
  readonly column: string
}

/** `NODE=COLUMN` in two. */
export function anchorOf(text: string): Anchor {
  const equals = text.indexOf('=')
  const node = text.slice(0, Math.max(0, equals)).trim()
  const column = text.slice(equals + 1).trim()
  if (node === '' || column === '')
    throw refused(`"${text}" is not an anchor.`, 'Write it as NODE=COLUMN, e.g. Topology=topology.', { field: text })
  return { node, column }
}

/** The category column an anchor ties to, with the values it takes. Throws `refused` where there is none. */
function categoriesOf({ node, column }: Anchor, columns: readonly MetadataColumn[]): readonly string[] {
  const found = columns.find((c) => c.column === column)
  const usable = columns.filter((c) => c.kind === 'category').map((c) => c.column)
  const which =
    usable.length === 0
      ? 'The data set has no metadata column with categories.'
      : `Its category columns are ${usable.join(', ')}.`
  if (found === undefined) {
    const nearest = nearestName(column, usable)
    throw refused(
      `The data set has no column "${column}" to anchor ${node} to.`,
      nearest === null ? which : `Did you mean "${nearest}"? ${which}`,
      { field: column },
    )
  }
  if (found.kind !== 'category')
    throw refused(`The column "${column}" holds numbers, not categories: ${node} cannot be anchored to it.`, which, {
      field: column,
    })
  const categories = found.categories ?? []
  if (categories.length < 2)
    throw refused(`The column "${column}" has fewer than two values: ${node} cannot be anchored to it.`, which, {
      field: column,
    })
  return categories
}

/**
 * The nodes with the anchors tied. A node is made if it does not exist, its categories the column's values. `nodes` null:
 * none were asked for; then anchors of new names are all the nodes there are, and anchors of N1, N2, N3 tie the default
 * ones. Throws `refused` for a column that is missing, holds numbers, or has not as many values as its node categories.
 */
export function withAnchors(
  nodes: readonly NodeConfig[] | null,
  anchors: readonly Anchor[],
  columns: readonly MetadataColumn[],
): readonly NodeConfig[] {
  const defaults = nodesOf('2,2,2')
  const start = nodes ?? (anchors.some((a) => defaults.some((n) => n.name === a.node)) ? defaults : [])
  const tied = [...start]
  for (const anchor of anchors) {
    const { length } = categoriesOf(anchor, columns)
    const at = tied.findIndex((n) => n.name === anchor.node)
    const node = tied[at]
    if (node === undefined) {
      tied.push({ name: anchor.node, categories: length, anchor: anchor.column })
      continue
    }
    if (nodes !== null && node.categories !== length)
      throw refused(
        `The node ${node.name} has ${node.categories} categories, but the column "${anchor.column}" has ${length} values.`,
        `Give the node ${length} categories.`,
        { field: anchor.column },
      )
    tied[at] = { ...node, categories: length, anchor: anchor.column }
  }
  return tied
}

/**
 * A configuration as it is written, its nodes from `--nodes`, then tied by each `--anchor`. Throws `refused` for forms
 * that cannot be read, and as `withAnchors`.
 */
export function withShortForms(
  config: unknown,
  { nodes, anchors, label }: ShortForms,
  columns: readonly MetadataColumn[],
): unknown {
  if (label !== undefined)
    throw refused('The method causal-pima takes no --label.', 'Tie a node to the column with --anchor.', {
      field: label,
    })
  const counted = nodes !== undefined && isObject(config) ? { ...config, nodes: nodesOf(nodes) } : config
  if (anchors.length === 0) return counted
  // What is no list of nodes is refused by the schema, not here.
  const given = isObject(counted) ? v.safeParse(v.array(nodeSchema), counted.nodes) : null
  if (isObject(counted) && counted.nodes !== undefined && given?.success !== true) return counted
  const tied = withAnchors(given?.success === true ? given.output : null, anchors.map(anchorOf), columns)
  return { ...(isObject(counted) ? counted : {}), nodes: tied }
}

export function nodesText(nodes: readonly NodeConfig[]): string {
  const told = nodes.map((n) => `${n.name} (${n.categories}${n.anchor === null ? '' : `, anchored to ${n.anchor}`})`)
  return `Nodes: ${told.join(', ')}.`
}
