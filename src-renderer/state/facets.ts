/** Views appear where the shown run has what they show. */
import type { FacetName } from '../../src-shared/methods/facets.ts'
import { facetNames } from '../../src-shared/methods/results.ts'
import type { ViewName } from './route.svelte.ts'
import type { RunView } from './run-list.ts'

const facetsOfViews = {
  graph: ['graph'],
  components: ['coupling'],
  prediction: ['prediction'],
  clusters: ['clusters', 'representation'],
} as const satisfies Partial<Record<ViewName, readonly FacetName[]>>
type ResultView = keyof typeof facetsOfViews

const resultViewNames = Object.keys(facetsOfViews) as ResultView[]
const isResultView = (view: ViewName): view is ResultView => view in facetsOfViews

/** Whether a run, once it is done, has what the view shows. */
export function canShow(view: ViewName, { method }: Pick<RunView, 'method'>): boolean {
  const has = facetNames(method)
  return !isResultView(view) || facetsOfViews[view].every((facet) => has.includes(facet))
}

/** Where what became of a run is shown, the view of its method first; none before it is done. */
export function resultViews(run: Pick<RunView, 'method' | 'status'>): readonly ResultView[] {
  return run.status === 'done' ? resultViewNames.filter((view) => canShow(view, run)) : []
}
