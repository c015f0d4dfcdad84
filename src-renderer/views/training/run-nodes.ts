/** The nodes that a run's configuration asks for, under their shown names. */
import { shownName } from '../../../src-shared/domain/shown-names.ts'
import type { RunView } from '../../state/run-list.ts'
import * as v from 'valibot'

const configWithNodes = v.object({ nodes: v.array(v.object({ name: v.string(), categories: v.number() })) })

export interface PlannedNode {
  readonly name: string
  readonly categories: number
}

/** Empty where the method has none. */
export function nodesOf(run: Pick<RunView, 'config' | 'givenNames'>): readonly PlannedNode[] {
  const parsed = v.safeParse(configWithNodes, run.config)
  if (!parsed.success) return []
  return parsed.output.nodes.map(({ name, categories }) => ({ name: shownName(run, name), categories }))
}
