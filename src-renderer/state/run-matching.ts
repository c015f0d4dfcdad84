/** Nodes of one run under the names of another's, where both divide the same samples alike: runs call their nodes as they like. */
import type { ResponseOf } from '../../src-shared/contract.ts'
import { shownName } from '../../src-shared/domain/shown-names.ts'
import type { RunView } from './run-list.ts'
import { configuredNodes } from './run-overlay.ts'

type Match = Pick<ResponseOf<'graph.match'>, 'nodes' | 'proposed'>

export interface Renamed {
  /** As the run calls it. */
  readonly own: string
  /** As the other run calls the same. */
  readonly there: string
}

/** The run as it reads under the reference's names; a node that the reference does not have, but a name of its, says whose it is. */
export function underNamesOf(
  reference: RunView,
  run: RunView,
  { nodes, proposed }: Match,
): { readonly run: RunView; readonly renamed: readonly Renamed[] } {
  const theirs = configuredNodes(reference.config).map((name) => shownName(reference, name))
  const givenNames: Record<string, string> = { ...run.givenNames }
  const renamed: Renamed[] = []
  for (const configured of configuredNodes(run.config)) {
    const own = shownName(run, configured)
    const there = theirs[proposed[nodes.findIndex(({ name }) => name === own)] ?? -1]
    givenNames[configured] = there ?? (theirs.includes(own) ? `${own} (${run.name})` : own)
    if (there !== undefined && there !== own) renamed.push({ own, there })
  }
  return { run: { ...run, givenNames }, renamed }
}
