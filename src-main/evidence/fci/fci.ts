/**
 * Fast causal inference (Spirtes et al. 2000; Zhang 2008): what the independences in the data say when unseen common
 * causes are allowed. An arrow head at a node means that it is not a cause of the other, a tail that it is one, a circle
 * that the data do not tell; two heads mean a common cause that nobody measured.
 */
import type { Ends } from '../../../src-shared/graph/edge.ts'
import type { Counts } from '../counts.ts'
import { testIndependence, type TestSettings } from '../independence.ts'
import { orientByRules } from './rules.ts'
import { findSkeleton, type IndependenceTester, orientColliders, type Skeleton } from './skeleton.ts'

export interface FciFinding {
  readonly edges: readonly Ends[]
  /** What separated a pair that is not joined; null for pairs that are. */
  readonly separator: Skeleton['separator']
}

/** @param test p-values; a pair counts as independent above `alpha` */
export function fastCausalInference(size: number, test: IndependenceTester, alpha: number): FciFinding {
  const { graph, separator } = findSkeleton(size, test, alpha)
  orientColliders(graph, separator)
  orientByRules(graph, separator)
  return { edges: graph.edges(), separator }
}

/** FCI with G-tests on a table of counts. */
export function fciOnCounts(counts: Counts, settings: TestSettings): FciFinding {
  const test: IndependenceTester = (a, b, given) => testIndependence(counts, a, b, given, settings).p
  return fastCausalInference(counts.categories.length, test, settings.alpha)
}
