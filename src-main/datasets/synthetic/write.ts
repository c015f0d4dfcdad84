/**
 * A synthetic set as ordinary files, the way a laboratory would hand them over:
 *
 *     images/ID.png   one image a sample
 *     curves.csv      id, then one column a grid point, named label@x
 *     vectors.csv     id, then one column a measured value; NAME.csv likewise, for sets of several tables
 *     metadata.csv    id, then one column a node; blank where the label is withheld; or the set's own columns
 *     truth.json      what made the samples
 *
 * All is written to a folder beside the target, which then takes its place by a rename: no reader meets half a set.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import sharp from 'sharp'
import { refused } from '../../../src-shared/errors.ts'
import { abandonedIn } from '../abandoned.ts'
import { unwritable } from '../whole-file.ts'
import { concurrently } from './concurrently.ts'
import { type SyntheticOptions, makeSynthetic } from './registry.ts'
import type { SyntheticCurves, SyntheticImages, SyntheticSet, SyntheticVectors } from './sample-set.ts'
import { generatorMark, truthOf } from './truth-of.ts'
import { makeFolder } from '../make-folder.ts'

export interface WriteOptions extends SyntheticOptions {
  /** Folder to write; made when it does not exist. */
  readonly out: string
  /** Told after each image: how many of how many are written. */
  readonly onProgress?: (done: number, total: number) => void
}

export interface WrittenSet {
  readonly set: SyntheticSet
  readonly folder: string
  /** Files and folders written, relative to it. */
  readonly files: readonly string[]
}

/**
 * Makes the named set and writes it to `out`. Refuses a folder that holds anything but an earlier output of its own;
 * such an earlier set is replaced.
 */
export async function writeSynthetic(name: string, options: WriteOptions): Promise<WrittenSet> {
  const folder = await realTarget(options.out)
  const earlier = await refuseForeign(folder)
  const set = await makeSynthetic(name, options)
  await removeAbandoned(dirname(folder))
  const staging = join(dirname(folder), `.${basename(folder)}.tmp-${process.pid}`)
  try {
    await rm(staging, { recursive: true, force: true })
    await makeFolder(staging)
    const files = await writeFiles(set, staging, options.onProgress)
    await replaceFolder(folder, staging, earlier)
    return { set, folder, files }
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw unwritable(folder, error)
  }
}

/** The folder's own path, so that a link stays a link and its target is what is replaced. */
async function realTarget(out: string): Promise<string> {
  try {
    return await realpath(out)
  } catch {
    return resolve(out)
  }
}

const ownNames = new Set([
  ...['images', 'curves.csv', 'vectors.csv', 'metadata.csv', 'truth.json'],
  ...['x', 't', 'first', 'second', 'third'].map((table) => `${table}.csv`),
])

/** Whether an earlier set is to be replaced. Throws when the folder holds what `synth` has not written. */
async function refuseForeign(folder: string): Promise<boolean> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw refused(`${folder} is not a folder that can be read.`, 'Choose a new or empty folder.', { file: folder })
  }
  if (names.length === 0) return true
  const foreign = (await isOwnOutput(folder, names)) ? await foreignNames(folder, names) : names
  if (foreign.length > 0)
    throw refused(
      `${folder} is not empty: it holds ${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ', ...' : ''}.`,
      'Choose a new or empty folder; only an earlier output of synth is replaced.',
      { file: folder },
    )
  return true
}

/** Names in an earlier output that were put there by someone else. */
async function foreignNames(folder: string, names: readonly string[]): Promise<string[]> {
  const images = names.includes('images') ? await readdir(join(folder, 'images')) : []
  return [
    ...names.filter((name) => !ownNames.has(name)),
    ...images.filter((name) => !/^[a-z]\d{5,}\.png$/.test(name)).map((name) => `images/${name}`),
  ]
}

/**
 * Removes what a killed `writeSynthetic` left in the folder: unfinished sets, and an earlier set that a finished one
 * has replaced. What holds anything else stays, and so does what cannot be removed.
 */
async function removeAbandoned(parent: string): Promise<void> {
  const pattern = /^\.(?<target>.+)\.tmp-(?<pid>\d+)(?<old>\.old)?$/
  for (const name of await abandonedIn(parent, (name) => Number(pattern.exec(name)?.groups?.pid)).catch(() => [])) {
    const { target = '', old } = pattern.exec(name)?.groups ?? {}
    // Killed between the two renames: the earlier set is the only one there is.
    if (old !== undefined && !existsSync(join(parent, target))) continue
    const path = join(parent, name)
    const foreign = await readdir(path)
      .then((names) => foreignNames(path, names))
      .catch(() => [name])
    if (foreign.length === 0) await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}

async function isOwnOutput(folder: string, names: readonly string[]): Promise<boolean> {
  if (!names.includes('truth.json')) return false
  // The mark is the file's first entry: a set of many samples need not be parsed for it.
  const truth = await readFile(join(folder, 'truth.json'), 'utf8')
  return truth.startsWith(`{"generator":"${generatorMark}"`)
}

/** Puts the finished folder in the target's place; an earlier one is removed only once the new one is there. */
async function replaceFolder(folder: string, staging: string, earlier: boolean): Promise<void> {
  if (!earlier) {
    await rename(staging, folder)
    return
  }
  const aside = `${staging}.old`
  await rename(folder, aside)
  try {
    await rename(staging, folder)
  } catch (error) {
    await rename(aside, folder)
    throw error
  }
  await rm(aside, { recursive: true, force: true })
}

/** The set's files into a folder that exists; their names. */
export async function writeFiles(
  set: SyntheticSet,
  folder: string,
  onProgress?: WriteOptions['onProgress'],
): Promise<readonly string[]> {
  const files: string[] = []
  if (set.images !== null) {
    await mkdir(join(folder, 'images'))
    await writeImages(set.ids, set.images, join(folder, 'images'), onProgress)
    files.push('images')
  }
  const tables: [string, string | null][] = [
    ['curves.csv', set.curves === null ? null : curvesTable(set.ids, set.curves)],
    ['vectors.csv', set.vectors === undefined ? null : vectorsTable(set.ids, set.vectors)],
    ...(set.tables ?? []).map((table): [string, string] => [`${table.name}.csv`, vectorsTable(set.ids, table)]),
    ['metadata.csv', metadataTable(set)],
    ['truth.json', JSON.stringify(truthOf(set))],
  ]
  for (const [name, content] of tables) {
    if (content === null) continue
    await writeFile(join(folder, name), content)
    files.push(name)
  }
  return files
}

/** Writes each image as ID.png, 8-bit grey or RGB. */
async function writeImages(
  ids: readonly string[],
  { height, width, channels, pixels }: SyntheticImages,
  folder: string,
  onProgress: WriteOptions['onProgress'],
): Promise<void> {
  const bytes = height * width * channels
  let done = 0
  await concurrently(ids, async (id, i) => {
    const image = pixels.subarray(i * bytes, (i + 1) * bytes)
    await writeFile(join(folder, `${id}.png`), await encodePng(image, height, width, channels))
    onProgress?.(++done, ids.length)
  })
}

/** [height, width, channels] of 8 bits as PNG. */
export async function encodePng(image: Uint8Array, height: number, width: number, channels: 1 | 3): Promise<Buffer> {
  const raw = sharp(image, { raw: { width, height, channels } })
  return raw
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer()
}

function curvesTable(ids: readonly string[], { valueLabel, grid, values }: SyntheticCurves): string {
  const points = grid.length
  const rows = ids.map((id, i) => [id, ...Array.from(values.subarray(i * points, (i + 1) * points), String)])
  return stringify([['id', ...grid.map((x) => `${valueLabel}@${x}`)], ...rows])
}

function vectorsTable(ids: readonly string[], { columns, values }: SyntheticVectors): string {
  const width = columns.length
  const rows = ids.map((id, i) => [id, ...Array.from(values.subarray(i * width, (i + 1) * width), String)])
  return stringify([['id', ...columns], ...rows])
}

/** Null where nothing is known of any sample. */
function metadataTable({ ids, nodes, factors, labelled, metadata = [] }: SyntheticSet): string | null {
  if (labelled === null && metadata.length === 0) return null
  const known = labelled === null ? [] : nodes
  const rows = ids.map((id, i) => [
    id,
    ...known.map((node, l) => (labelled![i] === 1 ? node.categories[factors[i * nodes.length + l]!]! : '')),
    ...metadata.map(({ categories, codes }) => categories[codes[i]!]!),
  ])
  return stringify([['id', ...known.map((node) => node.name), ...metadata.map(({ name }) => name)], ...rows])
}
