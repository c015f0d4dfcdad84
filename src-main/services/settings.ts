/**
 * What the application remembers about a person, in their own settings folder: choices, and the projects opened last.
 * Losing it costs a few clicks, so a file that cannot be read counts as none.
 */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import * as v from 'valibot'
import { type Settings, settings as settingsSchema } from '../../src-shared/contract/app.ts'
import { usualSlurm } from '../../src-shared/domain/cluster.ts'
import type { RecentProject } from '../../src-shared/contract/projects.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import { projectExtension } from '../project/folders.ts'
import { makeFolder } from '../datasets/make-folder.ts'
import { settingsFolder } from '../datasets/settings-folder.ts'

const mostRecent = 12

const defaults: Settings = { theme: 'system', engine: 'auto', threads: null, slurm: usualSlurm }

const fileSchema = v.object({
  settings: v.fallback(settingsSchema, defaults),
  recent: v.fallback(v.array(v.object({ path: v.string(), openedAt: v.string() })), []),
  /** Folders where people left off, by purpose: `open-data-folder`, `export-folder`. */
  folders: v.fallback(v.record(v.string(), v.string()), {}),
})
type Content = v.InferOutput<typeof fileSchema>

const empty: Content = { settings: { ...defaults }, recent: [], folders: {} }

export class UserSettings {
  readonly folder: string
  #content: Content
  #writing: Promise<unknown> = Promise.resolve()

  constructor(folder = settingsFolder()) {
    this.folder = folder
    this.#content = this.#read()
  }

  get settings(): Settings {
    return this.#content.settings
  }

  async change(changes: Partial<Settings>): Promise<Settings> {
    await this.#write({ settings: { ...this.#content.settings, ...changes } })
    return this.settings
  }

  /** Newest first, with whether each is still there. */
  get recent(): RecentProject[] {
    return this.#content.recent.map(({ path, openedAt }) => ({
      path,
      name: basename(path, projectExtension),
      openedAt,
      exists: existsSync(path),
    }))
  }

  /** Puts the project first in the list. */
  async opened(path: string): Promise<void> {
    const entry = { path: resolve(path), openedAt: new Date().toISOString() }
    const others = this.#content.recent.filter((r) => r.path !== entry.path)
    await this.#write({ recent: [entry, ...others].slice(0, mostRecent) })
  }

  /** Takes the project off the list; the file stays. */
  async forget(path: string): Promise<void> {
    await this.#write({ recent: this.#content.recent.filter((r) => r.path !== resolve(path)) })
  }

  lastFolder(purpose: string): string | null {
    return this.#content.folders[purpose] ?? null
  }

  async rememberFolder(purpose: string, folder: string): Promise<void> {
    await this.#write({ folders: { ...this.#content.folders, [purpose]: folder } })
  }

  get #file(): string {
    return join(this.folder, 'settings.json')
  }

  #read(): Content {
    try {
      return v.parse(v.pipe(v.string(), v.parseJson(), fileSchema), readFileSync(this.#file, 'utf8'))
    } catch {
      return empty
    }
  }

  /** Writes one after the other: two changes at once must not overtake each other. */
  #write(changes: Partial<Content>): Promise<unknown> {
    this.#content = { ...this.#content, ...changes }
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(() => makeFolder(this.folder))
      .then(() => writeWhole(this.#file, [`${JSON.stringify(this.#content, null, 2)}\n`]))
    return this.#writing
  }
}
