/** How firmly the chosen names stand: margin, null and measures, and what each modality says (causal-pima.md section 5.3). */
import type { NamingEvidence } from '../../../../src-shared/methods/naming-evidence.ts'
import { evidenceThresholds } from '../../../../src-shared/findings/thresholds.ts'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { canonicalOrder } from './assignment-symmetry.ts'
import type { HeldNames } from './assignment-search.ts'
import { distinctNamings, exhaustiveLimit } from './assignment.ts'
import type { ComponentLooks } from './component-looks.ts'
import { type Criterion, namingCost } from './criterion.ts'
import { directionsOf } from './directions.ts'
import { carriesNames, namingCriteria } from './naming-criteria.ts'
import { mostComponents, namingNull } from './naming-null.ts'

interface NamedComponents {
  readonly chosen: { readonly order: readonly number[]; readonly residual: number }
  readonly rivals: readonly { readonly order: readonly number[]; readonly residual: number }[]
}

/** A cost must be lower by more than rounding to be preferred. */
const rounding = 1e-9

/**
 * @param looks one a modality
 * @param modalities their names
 * @param held nodes that labels name
 */
export function* namingEvidenceOf(
  { chosen, rivals }: NamedComponents,
  looks: readonly ComponentLooks[],
  modalities: readonly string[],
  categories: readonly number[],
  held: HeldNames | undefined,
  random: RandomStream,
): Piecewise<NamingEvidence> {
  const criteria = namingCriteria(looks, categories)
  const tried =
    chosen.order.length <= exhaustiveLimit ? distinctNamings(categories, held) : rivals.map(({ order }) => order)
  const others = tried.filter((order) => canonicalOrder(order, categories, held?.nodes).join() !== chosen.order.join())
  const prefers = (some: readonly Criterion[]): boolean => {
    const cost = namingCost(some, chosen.order)
    return some.length > 0 && others.every((order) => namingCost(some, order) > cost + rounding)
  }
  const by = (measure: (typeof criteria)[number]['measure']): boolean =>
    prefers(criteria.filter((criterion) => criterion.measure === measure))
  const next = rivals[0]
  const margin = next === undefined ? null : (next.residual - chosen.residual) / Math.max(chosen.residual, rounding)
  const measuresAgree = by('effects') && (by('plain') || by('absolute'))
  const nullP = yield* namingNull(looks, categories, held, random)
  const voting = looks.filter(carriesNames)
  const distinct = chosen.order.length > mostComponents || directionsOf(voting) >= categories.length
  const votes = looks.map((look, m) => {
    const own = criteria.filter(({ modality }) => modality === m)
    const total = own.reduce((sum, { share }) => sum + share, 0)
    const counted = own.length > 0 && carriesNames(look)
    return {
      modality: modalities[m]!,
      counted,
      noiseShare: look.noiseShare,
      pValue: look.pValue,
      residual: counted ? namingCost(own, chosen.order) / total : null,
      agrees: counted ? prefers(own) : null,
    }
  })
  const decided =
    margin !== null &&
    margin >= evidenceThresholds.equalReading &&
    nullP !== null &&
    nullP <= thresholds.namingNull &&
    measuresAgree &&
    distinct
  return { margin, nullP, measuresAgree, distinct, decided, votes }
}
