/** What is made of the best reading of a pre-training: the joint phase, or another pre-training beside which it is kept. */
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import type { State } from '../state.ts'
import type { Reading } from './readings.ts'

type KeptReading = NonNullable<State['kept']>

/** What of a reading is remembered while another pre-training is made; its memberships lie among the arrays. */
export function keptOf({ cost, assignment, guides, gap, misfit }: Reading): KeptReading {
  return { cost, assignment, guides, gap, misfit }
}

/** Is the reading of an earlier pre-training, where there is one, the better one? Its null decides, else its cost. */
export function earlierIsBetter(
  earlier: Pick<KeptReading, 'cost' | 'assignment'> | null,
  later: Pick<KeptReading, 'cost' | 'assignment'>,
): boolean {
  if (earlier === null) return false
  const [before, now] = [earlier, later].map(({ assignment }) => assignment?.evidence?.nullP ?? null)
  if (before != null && now != null && before !== now) return before < now
  return earlier.cost < later.cost
}

/** What speaks against the clusters that the joint phase starts from. */
export function cautionsOf({ gap, misfit }: Pick<KeptReading, 'gap' | 'misfit'>): string[] {
  const cautions: string[] = []
  if (misfit !== null) cautions.push(`${misfit}; take the nodes' meaning with caution.`)
  if (gap !== null && gap < thresholds.clearGap)
    cautions.push(
      `The clusters do not stand apart clearly (gap ${gap.toFixed(2)}; well-separated ones reach 2 and more): other clusters of these samples, and with them another graph, would be about as good. Compare runs with other seeds, nodes and categories.`,
    )
  return cautions
}
