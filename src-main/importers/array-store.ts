/** The arrays of a source, each container opened once, and the ids that stand beside them. */
import { type CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { Container, StoredArray } from './formats/format.ts'
import { sampleId } from './id-column.ts'
import type { NpyArray } from './npy.ts'
import type { Reading } from './reading.ts'
import type { ScannedFile, SourceTree } from './scan.ts'

const idName = /^(?:ids?|sample_?ids?|samples?|names?|keys?|files?|filenames?)$/i
/** Names that can mean nothing but the samples. */
const certainIdName = /^(?:ids?|sample_?ids?)$/i

export class ArrayStore {
  private readonly tree: SourceTree
  private readonly reading: Reading
  private readonly use: (file: ScannedFile) => void
  private readonly containers = new Map<string, Promise<Container>>()

  /** `use` is told of files that bring the ids of others. */
  constructor(tree: SourceTree, reading: Reading, use: (file: ScannedFile) => void) {
    this.tree = tree
    this.reading = reading
    this.use = use
  }

  private container(file: ScannedFile): Promise<Container> {
    let container = this.containers.get(file.path)
    if (container === undefined) {
      container = this.open(file)
      this.containers.set(file.path, container)
    }
    return container
  }

  private async open(file: ScannedFile): Promise<Container> {
    const { reader } = file.format
    if (reader?.role !== 'array' && reader?.role !== 'archive')
      throw refused(`${file.path} holds no arrays.`, '', { file: file.path })
    return reader.open(file, this.reading.limits)
  }

  /** Those of a file, a single one without a name. */
  async arrays(file: ScannedFile): Promise<readonly StoredArray[]> {
    return (await this.container(file)).arrays
  }

  /** The array of a file that holds one, not kept. */
  async array(file: ScannedFile): Promise<NpyArray> {
    const { arrays, close } = await this.open(file)
    try {
      return await wholeOf(arrays[0]!)
    } finally {
      close()
    }
  }

  isIds(file: ScannedFile, { name, shape }: StoredArray): boolean {
    return shape.length === 1 && idName.test(name === '' ? file.stem : lastPart(name))
  }

  /**
   * Ids for the rows of an array: those called so in its group or one above it, or in an `ids.npy` beside the file. Throws
   * `refused` where there are ids, but of another number.
   */
  async idsFor(file: ScannedFile, array: StoredArray): Promise<readonly string[] | null> {
    const count = array.shape[0]!
    const inside = (await this.arrays(file)).filter((entry) => this.isIds(file, entry) && above(entry.name, array.name))
    const fitting = inside.filter(({ shape }) => shape[0] === count).sort((a, b) => depth(b.name) - depth(a.name))[0]
    if (fitting !== undefined) return textOf(await wholeOf(fitting)).map(sampleId)
    const wrong = inside.find(
      ({ name, shape }) => certainIdName.test(lastPart(name)) && !array.shape.includes(shape[0]!),
    )
    if (wrong !== undefined) throw disagreeing(file, wrong, array)
    for (const beside of this.tree.files) {
      if (beside.folder !== file.folder || beside.role !== 'array' || !idName.test(beside.stem)) continue
      const own = (await this.arrays(beside))[0]
      if (own?.shape.length !== 1 || own.shape[0] !== count) continue
      this.use(beside)
      return textOf(await wholeOf(own)).map(sampleId)
    }
    return null
  }

  async close(): Promise<void> {
    for (const opening of this.containers.values())
      await opening.then((container) => container.close()).catch(() => undefined)
  }
}

/** `c` of `a/b/c` and of `a.b.c`. */
function lastPart(path: string): string {
  return path.slice(groupOf(path).length)
}

function groupOf(path: string): string {
  return path.replace(/[^/.]*$/, '')
}

function depth(path: string): number {
  return groupOf(path).length
}

/** Whether what stands beside `path` speaks for `other`. */
function above(path: string, other: string): boolean {
  return groupOf(other).startsWith(groupOf(path))
}

function disagreeing(file: ScannedFile, ids: StoredArray, array: StoredArray): CausalscopeError {
  return refused(
    `${file.path}: ${ids.name} names ${ids.shape[0]!} samples, ${array.name} has the shape (${array.shape.join(', ')}).`,
    'Save as many ids as there are samples, in the order of the first axis.',
    { file: file.path, field: array.name },
  )
}

export function wholeOf(array: StoredArray): Promise<NpyArray> {
  return array.rows(0, array.shape[0] ?? 1)
}

export function textOf(array: NpyArray): string[] {
  return array.type === 'text' ? [...array.values] : Array.from(array.values, String)
}
