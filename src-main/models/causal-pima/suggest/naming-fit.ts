/** How well clusters can be named as combinations of categories of some nodes, and whether chance would name them so. */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { cheapestOf, searchAssignment } from '../naming/assignment.ts'
import { componentLooks } from '../naming/component-looks.ts'
import { directionsOf } from '../naming/directions.ts'
import { carriesNames, namingCriteria } from '../naming/naming-criteria.ts'
import { namingNull } from '../naming/naming-null.ts'
import { namingsByShown, type ShownClusters } from '../naming/shown-structure.ts'

/** The samples' values of one modality. */
export interface ObservedValues {
  /** [n, width] */
  readonly values: Float32Array
  /** [n] */
  readonly present: Uint8Array
}

/** Clusters of all samples; labels -1 where a sample lies in none. */
export interface JointClusters {
  readonly clusters: number
  readonly labels: Int32Array
}

export interface NamingFit {
  /** Cost of the best names, 1 for names by chance. */
  readonly residual: number
  /** Probability that clusters without structure are named as well; null where it cannot be tried. */
  readonly nullP: number | null
  /** The clusters spread in as many directions as there are nodes. */
  readonly distinct: boolean
  /** The clusters that modalities show by themselves are combinations of whole nodes. */
  readonly structured: boolean
}

/** Descents of the search beyond the numbers of outcomes of which all namings are tried. */
const restarts = 8

/**
 * @param categories K_l; their product is at least the number of clusters, those too many are empty
 * @param shown clusters of modalities alone, none where there is one modality
 */
export function* namingFit(
  { clusters, labels }: JointClusters,
  observed: readonly ObservedValues[],
  categories: readonly number[],
  shown: readonly ShownClusters[],
  random: RandomStream,
): Piecewise<NamingFit> {
  const outcomes = categories.reduce((product, k) => product * k, 1)
  if (clusters > outcomes) throw new RangeError(`${clusters} clusters are more than ${outcomes} outcomes`)
  const memberships = new Float32Array(labels.length * outcomes)
  labels.forEach((label, d) => {
    if (label >= 0) memberships[d * outcomes + label] = 1
  })
  const looks = []
  for (const { values, present } of observed) {
    looks.push(componentLooks(memberships, outcomes, values, present))
    yield `comparing what ${clusters} clusters look like`
  }
  const criteria = namingCriteria(looks, categories)
  const namings = shown.length > 0 ? namingsByShown(memberships, categories, shown) : []
  const { chosen } =
    namings.length > 0
      ? yield* cheapestOf(namings, criteria)
      : yield* searchAssignment(criteria, categories, { restarts }, random)
  return {
    residual: chosen.residual,
    nullP: yield* namingNull(looks, categories, undefined, random),
    distinct: directionsOf(looks.filter(carriesNames)) >= categories.length,
    structured: namings.length > 0,
  }
}
