/** The criteria by which components are named: three of each modality that has a vote (causal-pima.md section 5.3). */
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { lookDistances } from './component-distances.ts'
import type { ComponentLooks } from './component-looks.ts'
import { type Criterion, effectCriterion, isInformative, relativeToChance, separableCriterion } from './criterion.ts'

export const measures = ['effects', 'plain', 'absolute'] as const
export type Measure = (typeof measures)[number]

/** What each measure counts in the vote of a modality. */
const shares: Readonly<Record<Measure, number>> = { effects: 2 / 3, plain: 1 / 6, absolute: 1 / 6 }

export interface NamingCriterion extends Criterion {
  readonly measure: Measure
  /** Which of the looks it belongs to. */
  readonly modality: number
  /** What it adds to the cost of namings by chance. */
  readonly share: number
}

/** Do the components differ in the modality by more than noise would make them? */
export function carriesNames({ pValue, noiseShare }: ComponentLooks): boolean {
  return pValue <= thresholds.lookPValue && noiseShare <= thresholds.lookNoise
}

/**
 * Criteria whose weighted costs sum to about 1 for namings by chance, each voting modality counting alike; none where no
 * modality has a vote.
 */
export function namingCriteria(
  looks: readonly ComponentLooks[],
  categories: readonly number[],
  hasVote: (look: ComponentLooks) => boolean = carriesNames,
): NamingCriterion[] {
  const voting = looks.flatMap((look, modality) => (hasVote(look) ? [{ look, modality }] : []))
  const all = voting.map(({ look, modality }) => {
    const { alike, plain, absolute } = lookDistances(look)
    const criteria = {
      effects: effectCriterion(alike, categories),
      plain: separableCriterion(plain, categories),
      absolute: separableCriterion(absolute, categories),
    }
    return measures.flatMap((measure) =>
      isInformative(criteria[measure].distances) ? [{ measure, modality, criterion: criteria[measure] }] : [],
    )
  })
  const informative = all.filter((criteria) => criteria.length > 0)
  return informative.flatMap((criteria) => {
    const total = criteria.reduce((sum, { measure }) => sum + shares[measure], 0) * informative.length
    return criteria.map(({ measure, modality, criterion }) => {
      const share = shares[measure] / total
      return { ...relativeToChance(criterion, share), measure, modality, share }
    })
  })
}
