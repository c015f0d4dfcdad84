/** The partial causal model in the list of rooms. */
import * as v from 'valibot'
import { partialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import type { ModelRoom } from '../method.ts'
import { runCost } from './cost.ts'

export const partialCausalRoom: ModelRoom = {
  id: 'partial-causal',
  givesFeatures: true,
  cost: (config, dataset) => runCost(v.parse(partialCausalConfig, config), dataset),
  problems: () => [],
  load: () => import('./trained.ts'),
}
