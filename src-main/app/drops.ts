/** Files dropped on a page whose host cannot see their paths: their contents, in pieces, into a temporary folder. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { abandonedIn } from '../datasets/abandoned.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import { unwritable } from '../datasets/whole-file.ts'
import { makeFolder } from '../datasets/make-folder.ts'

export interface Piece {
  /** Relative, `/` between folders. */
  readonly path: string
  readonly offset: number
  readonly base64: string
}

interface Drop {
  /** Temporary, removed in the end. */
  readonly temporary: string
  /** Within it, of the name that what was dropped is proposed to have. */
  readonly folder: string
  bytes: number
  files: number
}

const mostBytes = 16 * 2 ** 30
const mostFiles = 500_000

/** Followed by the id of the process whose it is. */
const folderPrefix = 'causalscope-drop-'
const folderName = new RegExp(`^${folderPrefix}(\\d+)-[A-Za-z0-9]{6}$`)

/** A title as every system takes it for the name of a folder. */
function folderNameOf(title: string): string {
  const plain = title
    .replace(/[^\p{L}\p{N} ,._-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 60)
    .replace(/^[ .]+|[ .]+$/g, '')
  return plain === '' ? 'Dropped files' : plain
}

/** Removes what was dropped on windows whose program was killed. */
async function sweep(): Promise<void> {
  const pidOf = (name: string): number => Number(folderName.exec(name)?.[1] ?? NaN)
  for (const name of await abandonedIn(tmpdir(), pidOf))
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)
}

export class Drops {
  readonly #drops = new Map<string, Drop>()

  /** @param title what things that lie side by side are called together */
  async begin(title: string): Promise<string> {
    if (this.#drops.size === 0) await sweep()
    const temporary = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`))
    const folder = join(temporary, folderNameOf(title))
    await makeFolder(folder)
    const name = randomUUID()
    this.#drops.set(name, { temporary, folder, bytes: 0, files: 0 })
    return name
  }

  async write(name: string, pieces: readonly Piece[]): Promise<void> {
    const drop = this.#find(name)
    for (const piece of pieces) {
      const target = this.#within(drop, piece.path)
      const content = Buffer.from(piece.base64, 'base64')
      drop.bytes += content.length
      if (piece.offset === 0) drop.files++
      if (drop.bytes > mostBytes || drop.files > mostFiles)
        throw refused(
          'Too much was dropped at once.',
          'Open the folder by the dialog instead: it is then read in place.',
        )
      try {
        await this.#append(target, piece.offset, content)
      } catch (error) {
        throw error instanceof CausalscopeError ? error : unwritable(piece.path, error)
      }
    }
  }

  /** A first piece makes its file; a later one begins where the one before has ended. */
  async #append(target: string, offset: number, content: Buffer): Promise<void> {
    await makeFolder(dirname(target))
    const file = await open(target, offset === 0 ? 'wx' : 'r+')
    try {
      const { size } = await file.stat()
      if (offset !== size)
        throw refused(`A piece of ${basename(target)} is out of order: ${size} bytes are here, it begins at ${offset}.`)
      await file.write(content, 0, content.length, offset)
    } finally {
      await file.close()
    }
  }

  /** What to import: the one file or folder that was dropped, or a folder with all of them. */
  async end(name: string): Promise<string> {
    const { folder } = this.#find(name)
    const entries = await readdir(folder)
    const [only] = entries
    if (only === undefined) throw refused('Nothing was dropped.', 'Drop a folder, or files, of data.')
    return entries.length === 1 ? join(folder, only) : folder
  }

  /** Removes everything that was dropped. */
  async clear(): Promise<void> {
    const folders = [...this.#drops.values()].map((drop) => drop.temporary)
    this.#drops.clear()
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
  }

  #find(name: string): Drop {
    const drop = this.#drops.get(name)
    if (drop === undefined) throw refused('What was dropped is no longer there.', 'Drop it again.')
    return drop
  }

  #within(drop: Drop, path: string): string {
    const target = normalize(join(drop.folder, path))
    if (path.includes('\0') || isAbsolute(path) || !target.startsWith(drop.folder + sep))
      throw refused(`${path} is not the name of a dropped file.`, 'Drop the files again.', { file: path })
    return target
  }
}
