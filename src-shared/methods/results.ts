/** A result asked through its method: its facets, and what it found in words. */
import type { RunResult } from '../domain/result.ts'
import { refused } from '../errors.ts'
import { type Findings, isCaution, warning } from '../findings/finding.ts'
import { preparationWords } from '../preparations/words.ts'
import { definitionOf } from './available.ts'
import type { FacetName, Facets } from './facets.ts'
import type { Method } from './list.ts'
import type { MethodResults, Told } from './method.ts'

export function resultsOf(method: Method): MethodResults {
  return definitionOf(method).results
}

/** The facets that a method's results have. */
export function facetNames(method: Method): readonly FacetName[] {
  return resultsOf(method).facets
}

export function facetsOf({ method, body }: Pick<RunResult, 'method' | 'body'>): Facets {
  return resultsOf(method).facetsOf(body)
}

const spoken: Readonly<Record<FacetName, string>> = {
  graph: 'graph',
  clusters: 'clusters',
  representation: 'latent space',
  ranking: 'ranking',
  coupling: 'coupled components',
  prediction: 'predicted label',
}

/** The facet of a result. Throws `refused` where its method has none. */
export function facetOf<F extends FacetName>(result: RunResult, facet: F): NonNullable<Facets[F]> {
  const found = facetsOf(result)[facet]
  if (found !== null) return found
  throw refused(
    `A run of ${definitionOf(result.method).title} has no ${spoken[facet]}.`,
    'Choose a run of another method.',
  )
}

/** What may be stated, in words with the shown names. */
export function findingsOf(
  {
    method,
    body,
    warnings,
    cautions = [],
    provenance,
  }: Pick<RunResult, 'method' | 'body' | 'warnings'> & Partial<RunResult>,
  told: Omit<Told, 'warnings'>,
): Findings {
  const findings = resultsOf(method).findings(body, { ...told, warnings })
  const prepared = provenance?.preparations?.map(preparationWords) ?? []
  // What a training met and what its result still says is one caution.
  const said = (text: string): boolean =>
    findings.details.some((detail) => isCaution(detail) && detail.text.startsWith(text.split(';')[0]!))
  const met = cautions.filter((text) => !said(text)).map((text) => warning('meaning', text))
  const [careful, rest] = [findings.details.filter(isCaution), findings.details.filter((detail) => !isCaution(detail))]
  return { ...findings, details: [...careful, ...met, ...rest], notes: [...prepared, ...findings.notes] }
}

/** Replicates are compared by what they say of the samples: by the categories of nodes, or by values on components. */
export function canReplicate(method: Method): boolean {
  const facets = facetNames(method)
  return facets.includes('coupling') || (facets.includes('graph') && facets.includes('clusters'))
}
