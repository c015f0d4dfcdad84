/** Runs laid over one another: their curves on one axis of epochs, their edges as shared or a run's own. */
import { shownEdges, shownName } from '../../src-shared/domain/shown-names.ts'
import { edgeBetween, type NamedEdge, sameMarks } from '../../src-shared/graph/edge.ts'
import { isObject } from '../../src-shared/json-object.ts'
import type { RunView } from './run-list.ts'

export interface EpochValue {
  readonly epoch: number
  readonly score: number
  readonly validationScore: number | null
}

/** Every epoch that any run has, counted from 1, and each run's value there; null where a run has none. */
export function overlaid(
  histories: readonly (readonly EpochValue[])[],
  value: 'score' | 'validationScore',
): { readonly x: readonly number[]; readonly lines: readonly (readonly (number | null)[])[] } {
  const x = [...new Set(histories.flatMap((epochs) => epochs.map((e) => e.epoch)))].sort((a, b) => a - b)
  const lines = histories.map((epochs) => {
    const byEpoch = new Map(epochs.map((e) => [e.epoch, e[value]]))
    return x.map((epoch) => byEpoch.get(epoch) ?? null)
  })
  return { x: x.map((epoch) => epoch + 1), lines }
}

export interface DrawnEdge extends NamedEdge {
  /** Every run compared has it, with these marks. */
  readonly shared: boolean
}

/** The shown names of all nodes of these runs, in order of appearance: one place for each, in every picture. */
export function nodeNames(runs: readonly RunView[]): readonly string[] {
  const configured = runs.flatMap((run) => configuredNodes(run.config).map((name) => shownName(run, name)))
  return [...new Set([...configured, ...runs.flatMap((run) => shownEdges(run).flatMap(({ from, to }) => [from, to]))])]
}

/** Names in the configuration, by node. */
export function configuredNodes(config: unknown): string[] {
  if (!isObject(config) || !Array.isArray(config.nodes)) return []
  return config.nodes.flatMap((node: unknown) => (isObject(node) && typeof node.name === 'string' ? [node.name] : []))
}

/** Each run's edges under shown names, told apart by whether all the others have them too. */
export function comparedEdges(runs: readonly RunView[]): readonly (readonly DrawnEdge[])[] {
  const has = (run: RunView, edge: NamedEdge): boolean => {
    const other = edgeBetween(shownEdges(run), edge.from, edge.to)
    return other !== undefined && sameMarks(edge, other)
  }
  return runs.map((run) =>
    shownEdges(run).map((edge) => ({ ...edge, shared: runs.every((other) => has(other, edge)) })),
  )
}
