/** The names under which people know a run's nodes: theirs where they gave one, else those of its configuration. */
import { type NamedEdge, shown } from '../graph/edge.ts'
import type { RunSummary } from './run.ts'

type NamedRun = Pick<RunSummary, 'edges' | 'givenNames'>

export function shownName({ givenNames }: Pick<NamedRun, 'givenNames'>, name: string): string {
  return Object.hasOwn(givenNames, name) ? (givenNames[name] ?? name) : name
}

/** A run's edges between shown names, no head where one may not be shown. */
export function shownEdges(run: NamedRun): readonly NamedEdge[] {
  return run.edges.map(shown).map((edge) => ({ ...edge, from: shownName(run, edge.from), to: shownName(run, edge.to) }))
}
