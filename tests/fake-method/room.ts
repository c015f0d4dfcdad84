import * as v from 'valibot'
import type { ModelRoom } from '../../src-main/models/method.ts'
import type { Method } from '../../src-shared/methods/list.ts'
import { centres, centresConfig } from './method.ts'

export const centresRoom: ModelRoom = {
  // The lists of the tree that it is put into know this id; those of the tree that it is written in do not.
  id: centres.id as string as Method,
  givesFeatures: false,
  cost: (config) => {
    const { centres: components, epochs } = v.parse(centresConfig, config)
    return {
      work: components,
      parameters: components,
      epochs,
      pretraining: 0,
      perhaps: 0,
      batchSize: 1,
      components,
      latent: 2,
      searchSeconds: 0,
    }
  },
  problems: () => [],
  load: () => import('./session.ts'),
}
