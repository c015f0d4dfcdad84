/**
 * Where the in-app file dialog stands: the folder listed, and the path as a person types it. The newest step wins, and
 * what was typed meanwhile stays: an answer always means the path that is shown.
 */
import type { RequestOf, ResponseOf } from '../../src-shared/contract.ts'
import type { DialogPurpose } from '../../src-shared/contract/projects.ts'
import { type ErrorData, toErrorData } from '../../src-shared/errors.ts'
import { choosable, isAbsolute, withoutEndSlash } from './file-choice.ts'

type Listing = ResponseOf<'files.list'>
/** What the dialog asks of the host. */
export interface FileRequests {
  readonly list: (path: string | null) => Promise<Listing>
  readonly describe: (path: string) => Promise<ResponseOf<'files.describe'>>
  readonly createFolder: (asked: RequestOf<'files.createFolder'>) => Promise<ResponseOf<'files.createFolder'>>
}

export class FileWalk {
  listing = $state.raw<Listing | null>(null)
  error = $state.raw<ErrorData | null>(null)
  /** As it stands in the path's field. */
  typed = $state('')
  readonly #requests: FileRequests
  #newest = 0

  constructor(requests: FileRequests) {
    this.#requests = requests
  }

  /** Whether the path in the field is another than the folder that is listed. */
  get elsewhere(): boolean {
    return this.listing !== null && withoutEndSlash(this.typed.trim()) !== withoutEndSlash(this.listing.path)
  }

  /** Lists a folder, null: the first one. False where it could not, or where a newer step was taken meanwhile. */
  async show(path: string | null): Promise<boolean> {
    const [own, typed] = [++this.#newest, this.typed]
    try {
      const listing = await this.#requests.list(path)
      if (own !== this.#newest) return false
      this.listing = listing
      if (this.typed === typed) this.typed = listing.path
      this.error = null
      return true
    } catch (thrown) {
      if (own === this.#newest) this.error = toErrorData(thrown)
      return false
    }
  }

  /** What is at the path in the field: a folder, or a file that answers the dialog. Null with the error said. */
  async typedEntry(purpose: DialogPurpose): Promise<{ path: string; kind: 'folder' | 'file' } | null> {
    const path = this.typed.trim()
    const own = ++this.#newest
    try {
      if (!isAbsolute(path)) throw new Error('Enter a whole path, from the root on.')
      const { entry } = await this.#requests.describe(path)
      if (own !== this.#newest) return null
      if (entry === null) throw new Error(`There is nothing at ${path}.`)
      if (entry.kind !== 'folder' && !choosable(entry, purpose)) throw new Error(`${entry.name} cannot be opened here.`)
      return { path: entry.path, kind: entry.kind === 'folder' ? 'folder' : 'file' }
    } catch (thrown) {
      if (own === this.#newest) this.error = toErrorData(thrown)
      return null
    }
  }

  /** Makes a folder in the one listed, and lists it. */
  async makeFolder(name: string): Promise<boolean> {
    if (this.listing === null) return false
    try {
      const { path } = await this.#requests.createFolder({ parent: this.listing.path, name })
      return await this.show(path)
    } catch (thrown) {
      this.error = toErrorData(thrown)
      return false
    }
  }
}
