/** The view behind each name, fetched when it is first shown so that the window opens without them. */
import type { Component } from 'svelte'
import type { ViewName } from '../state/route.svelte.ts'
import StartView from './start/StartView.svelte'

const fetchers: Readonly<Record<ViewName, () => Promise<Component>>> = {
  start: () => Promise.resolve(StartView),
  data: async () => (await import('./data/DataView.svelte')).default,
  model: async () => (await import('./model/ModelView.svelte')).default,
  training: async () => (await import('./training/TrainingView.svelte')).default,
  graph: async () => (await import('./graph/GraphView.svelte')).default,
  clusters: async () => (await import('./clusters/ClustersView.svelte')).default,
  runs: async () => (await import('./runs/RunsView.svelte')).default,
  components: async () => (await import('./components/ComponentsView.svelte')).default,
  prediction: async () => (await import('./prediction/PredictionView.svelte')).default,
}

const fetched = new Map<ViewName, Component>()

/** The view if it was fetched before: it can then be made at once, without a frame that says it is being read. */
export function fetchedView(name: ViewName): Component | null {
  return fetched.get(name) ?? null
}

export async function fetchView(name: ViewName): Promise<Component> {
  const view = await fetchers[name]()
  fetched.set(name, view)
  return view
}
