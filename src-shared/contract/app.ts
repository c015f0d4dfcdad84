/** The application itself: what it runs on, its settings, its menu, its end; and the generic part of long work. */
import * as v from 'valibot'
import { usualSlurm } from '../domain/cluster.ts'
import { commands } from '../commands.ts'
import { empty, engine, errorData, engineChoice, type ReadonlyDeep, task, text, whole } from './shapes.ts'
import { slurmSettings } from './cluster.ts'
import { projectState, recentProject, bundledSample } from './projects.ts'

export const settings = v.object({
  theme: v.picklist(['system', 'light', 'dark']),
  engine: engineChoice,
  threads: v.nullable(v.pipe(whole, v.minValue(1), v.maxValue(256))),
  /** What is asked of a cluster, as it was asked last. */
  slurm: v.optional(slurmSettings, { ...usualSlurm, options: [] }),
})
export type Settings = ReadonlyDeep<v.InferOutput<typeof settings>>

const settingsChange = v.strictObject({
  theme: v.exactOptional(settings.entries.theme),
  engine: v.exactOptional(settings.entries.engine),
  threads: v.exactOptional(settings.entries.threads),
  slurm: v.exactOptional(slurmSettings),
})

export const appInfo = v.object({
  name: v.string(),
  version: v.string(),
  platform: v.picklist(['linux', 'darwin', 'win32', 'other']),
  host: v.picklist(['electron', 'chromium']),
  /** False: `dialog.pick` is refused and the page shows its own dialog on `files.list`. */
  nativeDialogs: v.boolean(),
  /** True: the host has a native menu; false: shortcuts of commands.ts are the page's own. */
  nativeMenu: v.boolean(),
  cores: whole,
  memoryBytes: whole,
  settingsFolder: v.string(),
  versions: v.record(v.string(), v.string()),
})
export type AppInfo = ReadonlyDeep<v.InferOutput<typeof appInfo>>

export const engineReport = v.object({
  name: engine,
  title: v.string(),
  present: v.boolean(),
  /** GPU, CPU or library it runs on; empty when not present. */
  device: v.string(),
  /** Why it cannot be used and what would change that; empty when present. */
  why: v.string(),
  conformance: v.picklist(['passed', 'failed', 'not run']),
  /** Worker threads it would use; 1 where it has none. */
  threads: whole,
  /** The one that `auto` takes on this machine. */
  chosen: v.boolean(),
})
export type EngineReport = ReadonlyDeep<v.InferOutput<typeof engineReport>>

const command = v.picklist(commands.map((c) => c.id))

export const appRequests = {
  /** All that the first view needs, in one call. */
  'app.start': {
    request: empty,
    response: v.object({
      info: appInfo,
      settings,
      project: v.nullable(projectState),
      recent: v.array(recentProject),
      samples: v.array(bundledSample),
      /** Why the project that the app was started with is not open; null when it is, or none was named. */
      problem: v.nullable(errorData),
    }),
  },
  /** The page is interactive; `milliseconds` since its navigation began. */
  'app.ready': { request: v.strictObject({ milliseconds: v.pipe(v.number(), v.minValue(0)) }), response: empty },
  'app.engines': {
    /** `refresh` probes again. The first probe may take seconds. */
    request: v.strictObject({ refresh: v.boolean() }),
    response: v.object({ engines: v.array(engineReport) }),
  },
  /**
   * Makes a TensorFlow library of the person's own an engine. The host asks for its folder by the system's dialog, for the
   * page must not be able to name code that is loaded; refused where `info.nativeDialogs` is false. Null: the dialog was closed.
   */
  'engine.name': {
    request: v.strictObject({ task }),
    response: v.object({ named: v.nullable(v.object({ engine, version: v.string() })) }),
  },
  'engine.forget': { request: empty, response: v.object({ forgotten: v.boolean() }) },
  'settings.set': { request: settingsChange, response: settings },
  /** An error nobody caught in the page, for the log. */
  'app.report': {
    request: v.strictObject({ message: text(2000), stack: text(8000) }),
    response: empty,
  },
  /**
   * Without `confirmed`, answers how many runs would be checkpointed and stopped, and quits only if there are none: ask,
   * then send it again confirmed. Closing the window by its frame asks by itself.
   */
  'app.quit': {
    request: v.strictObject({ confirmed: v.boolean() }),
    response: v.object({ quitting: v.boolean(), running: whole }),
  },
  /** Cancels long work started by the page under this name; its request then ends with code `interrupted`. */
  'task.cancel': { request: v.strictObject({ task }), response: v.object({ cancelled: v.boolean() }) },
} as const

export const appEvents = {
  /** Something that the page did not ask for failed: a double-clicked project that cannot be opened. To be shown. */
  'app.problem': errorData,
  'settings.changed': settings,
  /** A native menu item or its shortcut was chosen. */
  'menu.command': v.object({ command }),
  'task.progress': v.object({
    task,
    /** What is being done now: "Decoding images". */
    label: v.string(),
    /** 0 to 1; null while it cannot be told. */
    fraction: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    /** "312 of 1,000". */
    detail: v.string(),
  }),
} as const
