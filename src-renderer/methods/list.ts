/** What the Model view shows of each method that can be trained. */
import type { Component } from 'svelte'
import type { DatasetView } from '../../src-shared/contract/shapes.ts'
import type { Method } from '../../src-shared/methods/list.ts'
import CompleteSchedule from './causal-complete/Schedule.svelte'
import CompleteSettings from './causal-complete/Settings.svelte'
import Schedule from './causal-pima/Schedule.svelte'
import Settings from './causal-pima/Settings.svelte'
import PartialSchedule from './partial-causal/Schedule.svelte'
import PartialSettings from './partial-causal/Settings.svelte'

export interface MethodPanels {
  /** What to look for, and how. */
  readonly settings: Component<{ dataset: DatasetView }>
  /** How long, as fields beside the seed. */
  readonly schedule: Component
}

export const methodPanels: Readonly<Record<Method, MethodPanels>> = {
  'causal-pima': { settings: Settings, schedule: Schedule },
  'causal-complete': { settings: CompleteSettings, schedule: CompleteSchedule },
  'partial-causal': { settings: PartialSettings, schedule: PartialSchedule },
}
