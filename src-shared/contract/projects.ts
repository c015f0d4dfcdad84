/** Projects, files and dialogs. */
import * as v from 'valibot'
import { datasetSummary, empty, label, path, type ReadonlyDeep, runSummary, task, text, whole } from './shapes.ts'

const recovery = v.object({
  file: v.string(),
  at: v.string(),
  leftOut: v.array(v.string()),
  restored: v.array(v.string()),
})

export const projectState = v.object({
  path: v.string(),
  name: v.string(),
  datasets: v.array(datasetSummary),
  runs: v.array(runSummary),
  /** What it was recovered from, oldest first; none for most projects. */
  recoveries: v.array(recovery),
  /** When the project file last changed, ISO 8601. */
  savedAt: v.string(),
})
export type ProjectState = ReadonlyDeep<v.InferOutput<typeof projectState>>

export const recentProject = v.object({
  path: v.string(),
  name: v.string(),
  openedAt: v.string(),
  /** False when the file is gone or on a drive that is not there. */
  exists: v.boolean(),
})
export type RecentProject = ReadonlyDeep<v.InferOutput<typeof recentProject>>

export const bundledSample = v.object({
  id: v.string(),
  title: v.string(),
  description: v.string(),
  samples: whole,
  citation: v.string(),
  licence: v.string(),
})
export type BundledSample = ReadonlyDeep<v.InferOutput<typeof bundledSample>>

export const fileEntry = v.object({
  name: v.string(),
  path: v.string(),
  kind: v.picklist(['folder', 'file']),
  looks: v.picklist(['folder', 'project', 'image', 'table', 'array', 'other']),
  bytes: whole,
  modifiedAt: v.string(),
})
export type FileEntry = ReadonlyDeep<v.InferOutput<typeof fileEntry>>

const purpose = v.picklist([
  'open-project',
  'save-project',
  'open-data-folder',
  'open-data-file',
  'export-folder',
  'save-file',
])
export type DialogPurpose = v.InferOutput<typeof purpose>

const project = v.object({ project: projectState })

export const projectRequests = {
  'project.recent': { request: empty, response: v.object({ recent: v.array(recentProject) }) },
  /** Takes a project off the list; the file stays. */
  'project.forget': { request: v.strictObject({ path }), response: v.object({ recent: v.array(recentProject) }) },
  /** Makes the file; refused when it exists. `.causalscope` is added when missing. Closes the project open before. */
  'project.new': { request: v.strictObject({ path }), response: project },
  /** Where a new project is best kept: a folder and a free name. */
  'project.suggest': { request: v.strictObject({ name: text(200) }), response: v.object({ path: v.string() }) },
  'project.open': { request: v.strictObject({ path }), response: project },
  /** A new project of what is whole in the damaged one at `path`, which stays as it is; opened in place of the one before. */
  'project.recover': { request: v.strictObject({ path, out: path, task }), response: project },
  /** Where a project recovered from this one is best kept: beside it. */
  'project.suggestRecovered': { request: v.strictObject({ path }), response: v.object({ path: v.string() }) },
  /** Running runs are checkpointed and interrupted. */
  'project.close': { request: empty, response: empty },
  'project.current': { request: empty, response: v.object({ project: v.nullable(projectState) }) },
  /** A new project beside the others with the bundled sample imported. */
  'project.openSample': { request: v.strictObject({ sample: text(64), task }), response: project },

  /** Native dialog; refused where `info.nativeDialogs` is false. Null: the person closed it. */
  'dialog.pick': {
    request: v.strictObject({ purpose, title: text(200), suggestion: v.nullable(path) }),
    response: v.object({ path: v.nullable(v.string()) }),
  },
  /** A folder's entries for the in-app dialog, folders first, hidden ones left out; null: where the person left off, or home. */
  'files.list': {
    request: v.strictObject({ path: v.nullable(path) }),
    response: v.object({
      path: v.string(),
      parent: v.nullable(v.string()),
      /** From the root to this folder. */
      trail: v.array(v.object({ name: v.string(), path: v.string() })),
      entries: v.array(fileEntry),
      /** True when there are more than 5,000; the rest is not shown. */
      cut: v.boolean(),
      /** Home, documents, drives. */
      places: v.array(v.object({ name: v.string(), path: v.string() })),
    }),
  },
  'files.createFolder': {
    request: v.strictObject({ parent: path, name: label }),
    response: v.object({ path: v.string() }),
  },
  /** What a path is: for a typed or dropped one. */
  'files.describe': {
    request: v.strictObject({ path }),
    response: v.object({ entry: v.nullable(fileEntry) }),
  },
  /** Shows a file in the system's file manager; `shown` is false where the host cannot. */
  'files.reveal': { request: v.strictObject({ path }), response: v.object({ shown: v.boolean() }) },
  /**
   * Files dropped on the page where the host cannot see their path (`bridge.pathOf` answered null): their contents in
   * pieces of up to 1 MiB a request, kept in a temporary folder until the app ends.
   */
  'drop.begin': {
    /** What they are called together, where several lie side by side. */
    request: v.strictObject({ title: text(300) }),
    response: v.object({ drop: v.string() }),
  },
  'drop.write': {
    request: v.strictObject({
      drop: text(64),
      pieces: v.pipe(
        v.array(
          v.strictObject({
            /** Relative, with `/` between folders. */
            path: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
            /** Bytes already sent of this file. */
            offset: whole,
            base64: v.pipe(v.string(), v.maxLength(1_500_000)),
          }),
        ),
        v.minLength(1),
        v.maxLength(256),
      ),
    }),
    response: empty,
  },
  /** Answers the path to import: the folder, or the file when only one was dropped. */
  'drop.end': { request: v.strictObject({ drop: text(64) }), response: v.object({ path: v.string() }) },
} as const

export const projectEvents = {
  /** Another project is open, or none. */
  'project.changed': v.object({ project: v.nullable(projectState) }),
} as const
