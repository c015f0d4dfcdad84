/** What every handler may use. */
import type { AnyEvent } from '../../src-shared/contract.ts'
import type { ErrorData } from '../../src-shared/errors.ts'
import type { Host } from '../host/host.ts'
import type { UserSettings } from '../services/settings.ts'
import type { Spawn } from '../training/spawn.ts'
import type { DataStore } from './data-store.ts'
import type { Drops } from './drops.ts'
import type { FinishedResults } from './finished-results.ts'
import type { ProjectSession } from './project-session.ts'
import type { Tasks } from './tasks.ts'

export interface AppContext {
  /** The application's. */
  readonly version: string
  readonly host: Host
  readonly settings: UserSettings
  readonly store: DataStore
  readonly tasks: Tasks
  readonly drops: Drops
  readonly results: FinishedResults
  readonly push: (event: AnyEvent) => void
  /** Makes trainer and importer processes: Node's fork, or Electron's utility processes. */
  readonly spawn: Spawn
  /** The open project, null when none is. */
  readonly current: () => ProjectSession | null
  /** The open project. Throws `refused` when none is open. */
  readonly session: () => ProjectSession
  /** Opens (or makes) a project in place of the one before, and tells the page. */
  readonly openProject: (path: string, create: 'never' | 'new') => Promise<ProjectSession>
  readonly closeProject: () => Promise<void>
  /** What went wrong before there was a page to show it: answered once. */
  readonly startProblem: () => ErrorData | null
  readonly log: (message: string, error?: unknown) => void
  /** The page says that it is interactive. */
  readonly ready: (milliseconds: number) => void
}
