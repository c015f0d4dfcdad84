/** The arrays of a source, each container opened once, and the ids that stand beside them. */
import type { SamplesDescription } from '../../src-shared/domain/dataset.ts'
import { type CausalscopeError, refused } from '../../src-shared/errors.ts'
import { decision } from './decisions.ts'
import type { Container, StoredArray, UnreadPart } from './formats/format.ts'
import { sampleId } from './id-column.ts'
import type { ImportLimits } from '../../src-shared/domain/import.ts'
import { emptyLike } from './image.ts'
import { checkValues } from './limits.ts'
import type { NpyArray, NumericArray } from './npy.ts'
import type { Reading } from './reading.ts'
import type { ScannedFile, SourceTree } from './scan.ts'

const idName = /^(?:ids?|sample_?ids?|samples?|names?|keys?|files?|filenames?)$/i
/** Names that can mean nothing but the samples. */
const certainIdName = /^(?:ids?|sample_?ids?)$/i

type Axis = NonNullable<SamplesDescription['axis']>

export class ArrayStore {
  private readonly tree: SourceTree
  private readonly reading: Reading
  private readonly axis: Axis | undefined
  private readonly use: (file: ScannedFile) => void
  private readonly containers = new Map<string, Promise<Container>>()

  /** `use` is told of files that bring the ids of others. */
  constructor(tree: SourceTree, reading: Reading, axis: Axis | undefined, use: (file: ScannedFile) => void) {
    this.tree = tree
    this.axis = axis
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
    const container = await reader.open(file, this.reading.limits)
    return { ...container, arrays: container.arrays.map((array) => this.samplesFirst(file, array, container.arrays)) }
  }

  /** The array with its samples along the first axis, by the ids, or by what else has as many rows, or as it was said. */
  private samplesFirst(file: ScannedFile, array: StoredArray, all: readonly StoredArray[]): StoredArray {
    const { lastFirst, shape } = array
    if (lastFirst === undefined) return array
    const [first, last] = [shape[0]!, lastFirst.shape[0]!]
    const ids = all.filter((entry) => this.isIds(file, entry) && above(entry.name, array.name))
    const axis =
      axisByCounts(first, last, ids) ??
      (shape.length === 2 ? 'first' : (this.axis ?? axisByCounts(first, last, all.filter((other) => other.shape.length < 3)))) // prettier-ignore
    if (axis === undefined) this.askForAxis(file, array, last)
    if (axis !== 'last') return array
    this.reading.notes.push({
      severity: 'info',
      message: `${file.path}: the samples of ${array.name} run along its last axis, of ${last}.`,
    })
    return lastFirst
  }

  private askForAxis(file: ScannedFile, { name, shape }: StoredArray, last: number): void {
    this.reading.decisions.push(
      decision({
        title: `Where are the samples of ${name}?`,
        message: `${file.path}: ${name} has the shape (${shape.join(', ')}), and nothing beside it tells along which axis the samples run.`,
        field: 'samples.axis',
        options: [
          { value: 'last', title: `along the last: ${last} samples` },
          { value: 'first', title: `along the first: ${shape[0]!} samples` },
        ],
        file: file.path,
      }),
    )
  }

  /** What a container holds besides its arrays. */
  async unread(file: ScannedFile): Promise<readonly UnreadPart[]> {
    return (await this.container(file)).unread
  }

  /** Those of a file, a single one without a name. */
  async arrays(file: ScannedFile): Promise<readonly StoredArray[]> {
    return (await this.container(file)).arrays
  }

  /** The array of a file that holds one, not kept. */
  async array(file: ScannedFile): Promise<NpyArray> {
    const { arrays, close } = await this.open(file)
    try {
      return await wholeOf(arrays[0]!, this.reading.limits, file.path)
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
    if (fitting !== undefined) return textOf(await wholeOf(fitting, this.reading.limits)).map(sampleId)
    const wrong = inside.find(({ name }) => certainIdName.test(lastPart(name)))
    if (wrong !== undefined) throw disagreeing(file, wrong, array)
    for (const beside of this.tree.files) {
      if (beside.folder !== file.folder || beside.role !== 'array' || !idName.test(beside.stem)) continue
      const own = (await this.arrays(beside))[0]
      if (own?.shape.length !== 1 || own.shape[0] !== count) continue
      this.use(beside)
      return textOf(await wholeOf(own, this.reading.limits)).map(sampleId)
    }
    return null
  }

  /** How many samples the ids beside an array name; null where there are none that can mean nothing else. */
  async namedSamples(file: ScannedFile, array: StoredArray): Promise<number | null> {
    const ids = (await this.arrays(file)).filter(
      (entry) => this.isIds(file, entry) && certainIdName.test(lastPart(entry.name)) && above(entry.name, array.name),
    )
    return ids.some(({ shape }) => shape[0] === array.shape[0]) ? array.shape[0]! : (ids[0]?.shape[0] ?? null)
  }

  async close(): Promise<void> {
    for (const opening of this.containers.values())
      await opening.then((container) => container.close()).catch(() => undefined)
  }
}

/** The axis of which alone some of the others have as many entries. */
function axisByCounts(first: number, last: number, others: readonly StoredArray[]): 'first' | 'last' | undefined {
  const has = (count: number): boolean => others.some(({ shape }) => shape[0] === count)
  if (has(first) === has(last)) return undefined
  return has(first) ? 'first' : 'last'
}

/** `c` of `a/b/c` and of `a.b.c`. */
export function lastPart(path: string): string {
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

/** Values of an array that are read at once. */
const slabValues = 8_000_000

/** So many rows of an array are read at once. */
export function slabRows({ shape }: StoredArray): number {
  return Math.max(1, Math.floor(slabValues / Math.max(1, product(shape.slice(1)))))
}

/** All of it, put together of slabs where it is large. Throws `refused` for one that there is no room for. */
export async function wholeOf(array: StoredArray, limits: ImportLimits, shown = array.name): Promise<NpyArray> {
  const count = array.shape[0] ?? 1
  const size = product(array.shape.slice(1))
  checkValues(count * size, 8, shown, limits)
  if (count * size <= slabValues || array.type === 'text') return array.rows(0, count)
  let values: NumericArray | null = null
  for (let from = 0; from < count; from += slabRows(array)) {
    const slab = await array.rows(from, Math.min(count, from + slabRows(array)))
    if (slab.type === 'text') continue
    values ??= emptyLike(slab.values, count * size)
    values.set(slab.values, from * size)
  }
  return { shape: array.shape, type: array.type, values: values! }
}

function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}

export function textOf(array: NpyArray): string[] {
  return array.type === 'text' ? [...array.values] : Array.from(array.values, String)
}
