/**
 * The contract between the page and the host: every request with the schema of what it takes and answers, every event
 * with its payload. Handlers (src-main/app/handlers) and the page's client (src-renderer/client.ts) are typed from it; the
 * router checks each request against it. Errors are data (errors.ts); arrays travel as binary by URL (`ArrayRef`).
 */
import type * as v from 'valibot'
import type { ErrorData } from './errors.ts'
import { appEvents, appRequests } from './contract/app.ts'
import { clusterRequests } from './contract/clusters.ts'
import { componentRequests } from './contract/components.ts'
import { predictionRequests } from './contract/prediction.ts'
import { datasetEvents, datasetRequests } from './contract/datasets.ts'
import { exportRequests } from './contract/exports.ts'
import { graphRequests } from './contract/graphs.ts'
import { importRequests } from './contract/imports.ts'
import { modelRequests } from './contract/models.ts'
import { preparationRequests } from './contract/preparations.ts'
import { projectEvents, projectRequests } from './contract/projects.ts'
import { replicationEvents, replicationRequests } from './contract/replication.ts'
import { runEvents, runRequests } from './contract/runs.ts'
import { studyEvents, studyRequests } from './contract/studies.ts'
import { whatIfRequests } from './contract/what-if.ts'
import type { ReadonlyDeep } from './contract/shapes.ts'

export const requests = {
  ...appRequests,
  ...projectRequests,
  ...importRequests,
  ...datasetRequests,
  ...preparationRequests,
  ...modelRequests,
  ...runRequests,
  ...replicationRequests,
  ...studyRequests,
  ...graphRequests,
  ...clusterRequests,
  ...componentRequests,
  ...predictionRequests,
  ...exportRequests,
  ...whatIfRequests,
} as const

export const events = {
  ...appEvents,
  ...projectEvents,
  ...datasetEvents,
  ...runEvents,
  ...replicationEvents,
  ...studyEvents,
} as const

export type Channel = keyof typeof requests
/** What the page sends. */
export type RequestOf<C extends Channel> = ReadonlyDeep<v.InferInput<(typeof requests)[C]['request']>>
/** What a handler receives: the request after its schema. */
export type CheckedOf<C extends Channel> = ReadonlyDeep<v.InferOutput<(typeof requests)[C]['request']>>
export type ResponseOf<C extends Channel> = ReadonlyDeep<v.InferOutput<(typeof requests)[C]['response']>>

export type EventName = keyof typeof events
export type EventOf<E extends EventName> = ReadonlyDeep<v.InferOutput<(typeof events)[E]>>
export type AnyEvent = { [E in EventName]: { readonly name: E; readonly payload: EventOf<E> } }[EventName]

/** A request longer than this as JSON is refused unread. */
export const longestRequest = 16 * 1024 * 1024

export type Reply<T = unknown> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData }

/**
 * What the host puts into the page as `window.causalscope`, and all of it. `request` never throws: an unknown channel or a
 * wrong shape is answered as an error.
 */
export interface Bridge {
  readonly request: (channel: string, body: unknown) => Promise<Reply>
  /** Calls the listener for each event until the returned function is called. */
  readonly listen: (listener: (name: string, payload: unknown) => void) => () => void
  /** Path of a dropped File; null where the host cannot see it (then `drop.begin`, `drop.write`, `drop.end`). */
  readonly pathOf: (file: object) => string | null
}
