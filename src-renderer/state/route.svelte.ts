/** Which view is shown, and of which run or data set. Changing it never stops anything. */

export const viewNames = [
  'start',
  'data',
  'model',
  'training',
  'graph',
  'clusters',
  'runs',
  'components',
  'prediction',
] as const
export type ViewName = (typeof viewNames)[number]

export const viewTitles: Readonly<Record<ViewName, string>> = {
  start: 'Start',
  data: 'Data',
  model: 'Model',
  training: 'Training',
  graph: 'Graph',
  clusters: 'Clusters',
  runs: 'Runs',
  components: 'Components',
  prediction: 'Prediction',
}

export interface Target {
  readonly run?: number
  readonly dataset?: number
}

class Route {
  view = $state<ViewName>('start')
  /** The run that Training, Graph and Clusters show; null: the newest that has something to show. */
  run = $state<number | null>(null)
  /** The data set that Data and Model show; null: the newest. */
  dataset = $state<number | null>(null)
  /** What the view shows within itself, for the bread crumbs: "import", "run 7". A view sets it while it is shown. */
  detail = $state('')

  go(view: ViewName, target: Target = {}): void {
    if (target.run !== undefined) this.run = target.run
    if (target.dataset !== undefined) this.dataset = target.dataset
    if (view === this.view) return
    this.detail = ''
    this.view = view
  }

  /** Another project: nothing of the one before is meant any more. */
  reset(): void {
    this.run = null
    this.dataset = null
    this.detail = ''
  }
}

export const route = new Route()
