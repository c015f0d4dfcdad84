/** Views appear where the shown run has what they show. */
import type { FacetName } from '../../src-shared/methods/facets.ts'
import { facetNames } from '../../src-shared/methods/results.ts'
import type { ViewName } from './route.svelte.ts'
import type { RunView } from './run-list.ts'

const facetsOfViews: Partial<Record<ViewName, readonly FacetName[]>> = {
  graph: ['graph'],
  clusters: ['clusters', 'representation'],
  components: ['coupling'],
  prediction: ['prediction'],
}

/** Whether a run, once it is done, has what the view shows. */
export function canShow(view: ViewName, { method }: Pick<RunView, 'method'>): boolean {
  const has = facetNames(method)
  return (facetsOfViews[view] ?? []).every((facet) => has.includes(facet))
}
