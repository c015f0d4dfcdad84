/** The causal complete cause in the list of rooms. */
import * as v from 'valibot'
import { causalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import type { ModelRoom } from '../method.ts'
import { runCost } from './cost.ts'

export const causalCompleteRoom: ModelRoom = {
  id: 'causal-complete',
  givesFeatures: false,
  cost: (config, dataset) => runCost(v.parse(causalCompleteConfig, config), dataset),
  problems: () => [],
  load: () => import('./trained.ts'),
}
