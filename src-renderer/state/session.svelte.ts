/**
 * What the page knows of the application: machine, settings, open project with its data sets and runs. Filled by one
 * request at the start and kept by the host's events; nothing here is changed before the host has done it.
 */
import type { AppInfo, EngineReport, Settings } from '../../src-shared/contract/app.ts'
import type { BundledSample, ProjectState, RecentProject } from '../../src-shared/contract/projects.ts'
import type { ReplicationState } from '../../src-shared/contract/replication.ts'
import { usualSlurm } from '../../src-shared/domain/cluster.ts'
import type { StudyState } from '../../src-shared/contract/studies.ts'
import type { RunProgress } from '../../src-shared/contract/runs.ts'
import type { DatasetView } from '../../src-shared/contract/shapes.ts'
import { CausalscopeError } from '../../src-shared/errors.ts'
import { SvelteMap } from 'svelte/reactivity'
import { on, request } from '../client.ts'
import { mergeRuns, type RunView } from './run-list.ts'
import { attempt, toasts } from './toasts.svelte.ts'

export interface ProjectHead {
  readonly path: string
  readonly name: string
}

class Session {
  /** Null until the host has answered. */
  info = $state.raw<AppInfo | null>(null)
  settings = $state.raw<Settings>({ theme: 'system', engine: 'auto', threads: null, slurm: usualSlurm })
  /** The engines of this machine; null until they have been probed. */
  engines = $state.raw<readonly EngineReport[] | null>(null)
  project = $state.raw<ProjectHead | null>(null)
  datasets = $state.raw<readonly DatasetView[]>([])
  /** Newest first. */
  runs = $state.raw<readonly RunView[]>([])
  /** What the open project was recovered from, oldest first. */
  recoveries = $state.raw<ProjectState['recoveries']>([])
  /** When the project file last changed, milliseconds. */
  savedAt = $state<number | null>(null)
  recent = $state.raw<readonly RecentProject[]>([])
  samples = $state.raw<readonly BundledSample[]>([])
  /** Where each run that trains is now. */
  readonly progress = new SvelteMap<number, RunProgress>()
  /** The replicates last at work; null before any. */
  replication = $state.raw<ReplicationState | null>(null)
  /** The study last at work; null before any. */
  study = $state.raw<StudyState | null>(null)

  /** The run that trains or pauses now, else null. */
  readonly activeRun = $derived(this.runs.find((run) => run.status === 'running' || run.status === 'paused') ?? null)
  readonly queued = $derived(this.runs.filter((run) => run.status === 'queued'))

  readonly #left: (() => void)[] = []

  run(id: number | null): RunView | null {
    return this.runs.find((run) => run.id === id) ?? null
  }

  dataset(id: number | null): DatasetView | null {
    return this.datasets.find((dataset) => dataset.id === id) ?? null
  }

  async start(): Promise<void> {
    on('settings.changed', (settings) => (this.settings = settings))
    on('project.changed', ({ project }) => this.show(project))
    on('datasets.changed', ({ datasets }) => {
      this.datasets = datasets
      this.savedAt = Date.now()
    })
    on('runs.changed', ({ runs, removed }) => {
      this.runs = mergeRuns(this.runs, runs, removed)
      this.savedAt = Date.now()
    })
    on('run.progress', (progress) => this.progress.set(progress.run, progress))
    on('replication.progress', (state) => {
      this.replication = state
      if (state.error !== null) toasts.error(new CausalscopeError(state.error))
    })
    on('study.progress', (state) => {
      this.study = state
      if (state.error !== null) toasts.error(new CausalscopeError(state.error))
    })
    on('app.problem', (problem) => toasts.error(new CausalscopeError(problem)))
    const { info, settings, project, recent, samples, problem } = await request('app.start', {})
    this.info = info
    this.settings = settings
    this.recent = recent
    this.samples = samples
    this.show(project)
    if (problem !== null) toasts.error(new CausalscopeError(problem))
  }

  /** Calls `left` whenever another project, or none, takes the place of the one that was open. */
  onOtherProject(left: () => void): void {
    this.#left.push(left)
  }

  /** Takes over a project that the host has opened; null: none is open. */
  show(project: ProjectState | null): void {
    const other = project?.path !== this.project?.path
    if (other) for (const left of this.#left) left()
    this.project = project === null ? null : { path: project.path, name: project.name }
    this.datasets = project?.datasets ?? []
    this.runs = project === null ? [] : mergeRuns([], project.runs, [])
    this.recoveries = project?.recoveries ?? []
    this.savedAt = project === null ? null : Date.parse(project.savedAt)
    if (other) {
      this.progress.clear()
      this.study = null
      void this.loadRecent()
    }
  }

  async loadRecent(): Promise<void> {
    await attempt(async () => {
      this.recent = (await request('project.recent', {})).recent
    })
  }

  async forgetRecent(path: string): Promise<void> {
    await attempt(async () => {
      this.recent = (await request('project.forget', { path })).recent
    })
  }

  async loadEngines(refresh = false): Promise<void> {
    await attempt(async () => {
      this.engines = (await request('app.engines', { refresh })).engines
    })
  }

  async set(changes: Partial<Settings>): Promise<void> {
    await attempt(async () => {
      this.settings = await request('settings.set', changes)
    })
  }
}

export const session = new Session()
