/** The names under which people know a run's nodes: theirs where they gave one, else those of its configuration. */
import type { RunSummary } from './run.ts'

type NamedRun = Pick<RunSummary, 'edges' | 'givenNames'>

export function shownName({ givenNames }: Pick<NamedRun, 'givenNames'>, name: string): string {
  return Object.hasOwn(givenNames, name) ? (givenNames[name] ?? name) : name
}

/** A run's edges as [from, to] shown names. */
export function shownEdges(run: NamedRun): readonly (readonly [string, string])[] {
  return run.edges.map(([from, to]) => [shownName(run, from), shownName(run, to)] as const)
}
