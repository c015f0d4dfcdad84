/** Which nodes and categories are compared, and which of them fits the clusters that were found. */
import type { Verdict } from '../../../../src-shared/domain/suggestion.ts'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { countOutcomes } from '../outcomes.ts'
import type { NamingFit } from './naming-fit.ts'

const { oracleCells, namingNull } = thresholds

/** Joint outcomes of a candidate at most: more need more samples than most data sets have. */
export const mostOutcomes = 32
const [fewestCategories, mostCategories] = [2, 4]

/**
 * All unordered combinations of up to so many nodes of 2 to 4 categories, and those that the clusters found ask for: one
 * node of as many categories, and nodes of as many as a modality shows by itself.
 * @param clusters found in all views together
 * @param alone found in each modality by itself, where there are several
 */
export function candidateNodes(mostNodes: number, clusters: number, alone: readonly number[]): number[][] {
  const many = (count: number): boolean => count > mostCategories && count <= mostOutcomes
  const more = alone.filter(many)
  const sizes = [2, 3, 4, ...new Set(more)].sort((a, b) => a - b)
  const candidates: number[][] = []
  const extend = (nodes: readonly number[]): void => {
    if (nodes.length > 0) candidates.push([...nodes])
    if (nodes.length === mostNodes) return
    for (const k of sizes)
      if (k >= (nodes.at(-1) ?? fewestCategories) && countOutcomes([...nodes, k]) <= mostOutcomes) extend([...nodes, k])
  }
  extend([])
  if (many(clusters) && !more.includes(clusters)) candidates.push([clusters])
  return candidates.sort((a, b) => a.length - b.length || countOutcomes(a) - countOutcomes(b))
}

/** Does it have an outcome for every cluster, and clusters for most outcomes? */
export function sizeVerdict(nodes: readonly number[], clusters: number): 'fits' | 'few' | 'many' {
  const outcomes = countOutcomes(nodes)
  if (outcomes < clusters) return 'few'
  // Outcomes that nobody has are possible, but for a single node they are no categories at all.
  return clusters < (nodes.length === 1 ? outcomes : oracleCells * outcomes) ? 'many' : 'fits'
}

export interface Weighed {
  readonly nodes: readonly number[]
  /** Null for a single node: any clusters are its categories. */
  readonly fit: NamingFit | null
}

/** May the clusters be called combinations of these nodes? */
function isNamed({ nodes, fit }: Weighed): boolean {
  if (nodes.length === 1 || fit === null) return nodes.length === 1
  return fit.distinct && (fit.structured || (fit.nullP !== null && fit.nullP <= namingNull))
}

/**
 * Of candidates that all fit the number of clusters: those whose nodes modalities show by themselves before others, then
 * several nodes before one, then the fewest outcomes, then the names that leave least unexplained: residuals are relative to
 * chance, so that more freedom does not lower them.
 */
export function bestOf(weighed: readonly Weighed[]): Weighed | null {
  const order = (one: Weighed): readonly number[] => [
    one.fit?.structured === true ? 0 : 1,
    one.nodes.length > 1 ? 0 : 1,
    countOutcomes(one.nodes),
    one.fit?.residual ?? 1,
  ]
  const [best] = weighed.filter(isNamed).sort((a, b) => {
    const [first, second] = [order(a), order(b)]
    const at = first.findIndex((value, i) => value !== second[i])
    return at < 0 ? 0 : first[at]! - second[at]!
  })
  return best ?? null
}

export function namedVerdict(one: Weighed, best: Weighed | null): Verdict {
  if (one === best) return 'chosen'
  return isNamed(one) ? 'possible' : 'unnamed'
}
