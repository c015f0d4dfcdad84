/** The application behind a window: services, handlers and events put together for whichever host draws it. */
import type { AnyEvent } from '../../src-shared/contract.ts'
import { type ErrorData, refused, toErrorData } from '../../src-shared/errors.ts'
import type { Application, Host } from '../host/host.ts'
import { origins } from '../host/origin.ts'
import { pageFiles } from '../host/page-files.ts'
import { createRouter } from '../host/router.ts'
import { isSameFile } from '../project/open.ts'
import { UserSettings } from '../services/settings.ts'
import { type Spawn, spawnNode } from '../training/spawn.ts'
import type { AppContext } from './context.ts'
import { DataStore } from './data-store.ts'
import { Drops } from './drops.ts'
import { EventPacer } from './event-pacer.ts'
import { FinishedResults } from './finished-results.ts'
import { allHandlers } from './handlers/all.ts'
import { ProjectSession } from './project-session.ts'
import { Tasks } from './tasks.ts'

export interface ApplicationOptions {
  readonly version: string
  readonly settings: UserSettings
  /** Folder of the built page. */
  readonly page: string
  readonly spawn?: Spawn
  /** Hold every answer to the contract, as tests do. */
  readonly checkAnswers?: boolean
  readonly log?: (message: string, error?: unknown) => void
  /** The page has become interactive, so many milliseconds after its navigation began. */
  readonly ready?: (milliseconds: number) => void
}

export class CausalscopeApp implements Application {
  readonly answer: Application['answer']
  readonly #context: AppContext
  readonly #host: Host
  readonly #page: ReturnType<typeof pageFiles>
  readonly #pacer: EventPacer
  #session: ProjectSession | null = null
  /** There is a page that hears events. */
  #seen = false
  #startProblem: ErrorData | null = null
  /** Opening and closing projects, one after the other. */
  #turn: Promise<unknown> = Promise.resolve()
  #ended: Promise<void> | null = null

  constructor(host: Host, options: ApplicationOptions) {
    const { log = () => undefined, spawn = spawnNode } = options
    this.#host = host
    this.#page = pageFiles(options.page)
    this.#pacer = new EventPacer((event) => host.push(event))
    const push = (event: AnyEvent): void => this.#pacer.push(event)
    this.#context = {
      version: options.version,
      host,
      settings: options.settings,
      store: new DataStore(),
      tasks: new Tasks(push),
      drops: new Drops(),
      results: new FinishedResults(),
      push,
      spawn,
      current: () => this.#session,
      session: () => {
        if (this.#session === null) throw refused('No project is open.', 'Open a project, or make a new one.')
        return this.#session
      },
      openProject: (path, create) => this.#inTurn(() => this.#open(path, create, spawn)),
      closeProject: () => this.#inTurn(() => this.#close()),
      startProblem: () => {
        const problem = this.#startProblem
        this.#seen = true
        this.#startProblem = null
        return problem
      },
      log,
      ready: options.ready ?? (() => undefined),
    }
    this.answer = createRouter(allHandlers(this.#context), {
      origin: origins[host.kind],
      checkAnswers: options.checkAnswers ?? false,
      log,
    })
  }

  async serve(path: string): ReturnType<Application['serve']> {
    try {
      return path.startsWith('/data/') ? await this.#context.store.serve(path) : await this.#page(path)
    } catch (error) {
      this.#context.log(`${path}: ${toErrorData(error).message}`, error)
      return null
    }
  }

  running(): number {
    const session = this.#session
    return session === null ? 0 : session.working
  }

  /** A project file from outside the page: double-clicked, or named on the command line. */
  async openPath(path: string): Promise<void> {
    try {
      await this.#context.openProject(path, 'never')
    } catch (error) {
      const problem = toErrorData(error)
      this.#context.log(problem.message, error)
      if (this.#seen) this.#context.push({ name: 'app.problem', payload: problem })
      else this.#startProblem = problem
    }
  }

  /** A command from a native menu. */
  command(payload: Extract<AnyEvent, { name: 'menu.command' }>['payload']['command']): void {
    this.#context.push({ name: 'menu.command', payload: { command: payload } })
  }

  /** Checkpoints and interrupts what trains, closes the project, removes what was dropped. */
  end(): Promise<void> {
    this.#ended ??= this.#end()
    return this.#ended
  }

  async #end(): Promise<void> {
    this.#context.tasks.cancelAll()
    await this.#inTurn(() => this.#close())
    await this.#context.drops.clear()
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async #open(path: string, create: 'never' | 'new', spawn: Spawn): Promise<ProjectSession> {
    if (this.#ended !== null) throw refused('Causalscope is closing.')
    const before = this.#session
    if (before !== null && create === 'never' && isSameFile(before.project.file, path)) return before
    // Opened before the other is closed: what cannot be opened interrupts nothing.
    const session = new ProjectSession(path, create, {
      store: this.#context.store,
      push: this.#context.push,
      flush: () => this.#pacer.flush(),
      busy: (running) => this.#host.guard(running),
      training: { spawn },
      slurm: () => this.#context.settings.settings.slurm,
      problem: (error) => this.#context.push({ name: 'app.problem', payload: error }),
    })
    try {
      await this.#close()
    } catch (error) {
      await session.close()
      throw error
    }
    this.#session = session
    await this.#context.settings.opened(session.project.file)
    this.#context.push({ name: 'project.changed', payload: { project: session.state } })
    return session
  }

  async #close(): Promise<void> {
    const session = this.#session
    if (session === null) return
    try {
      await session.close()
    } finally {
      this.#context.results.clear()
      this.#session = null
      this.#context.push({ name: 'project.changed', payload: { project: null } })
    }
  }
}
