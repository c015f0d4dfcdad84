/** A handler for every channel of the contract. */
import type { Handlers } from '../../host/router.ts'
import type { AppContext } from '../context.ts'
import { appHandlers } from './app.ts'
import { clusterHandlers } from './clusters.ts'
import { componentHandlers } from './components.ts'
import { datasetHandlers } from './datasets.ts'
import { exportHandlers } from './exports.ts'
import { graphHandlers } from './graphs.ts'
import { importHandlers } from './imports.ts'
import { inferenceHandlers } from './inference.ts'
import { modelHandlers } from './models.ts'
import { predictionHandlers } from './prediction.ts'
import { preparationHandlers } from './preparations.ts'
import { projectHandlers } from './projects.ts'
import { replicationHandlers } from './replication.ts'
import { runHandlers } from './runs.ts'
import { studyHandlers } from './studies.ts'
import { whatIfHandlers } from './what-if.ts'

export function allHandlers(context: AppContext): Handlers {
  return {
    ...appHandlers(context),
    ...projectHandlers(context),
    ...importHandlers(context),
    ...datasetHandlers(context),
    ...preparationHandlers(context),
    ...modelHandlers(context),
    ...runHandlers(context),
    ...replicationHandlers(context),
    ...studyHandlers(context),
    ...graphHandlers(context),
    ...clusterHandlers(context),
    ...componentHandlers(context),
    ...predictionHandlers(context),
    ...inferenceHandlers(context),
    ...exportHandlers(context),
    ...whatIfHandlers(context),
  }
}
