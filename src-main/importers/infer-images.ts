/** What folders of images are: modalities by folder, classes side by side, a file of each sample's folder, channels. */
import { posix } from 'node:path'
import type { DatasetNote } from '../../src-shared/domain/dataset.ts'
import { fileBytes } from './file-bytes.ts'
import { imageHead, UnreadableImage } from './image.ts'
import { folderName, type Inferred } from './inferred.ts'
import type { Library } from './library.ts'
import { listed, type Reading } from './reading.ts'
import type { ScannedFile } from './scan.ts'

/** Images larger than this are brought to `reducedSide`: the networks' size follows the image's. */
const largestSide = 256
const reducedSide = 128

export async function inferImages(library: Library, found: Inferred, reading: Reading): Promise<void> {
  const folders = library.folders((file) => file.role === 'image' && !library.inSampleFolders.has(file.path))
  const perSample = library.perSample
    .filter(({ files }) => files.every((file) => file.role === 'image'))
    .map((group) => ({ ...group, classes: [] }))
  for (const { source, name, files, classes } of [...imageSources(folders, library), ...perSample]) {
    const { size, channels, planes } = await firstImage(files, reading)
    const own = { kind: 'image' as const, source, ...(size === null ? {} : { size }) }
    if (planes > 1)
      for (let page = 1; page <= planes; page++)
        found.modalities.push({ name: `${name} channel ${page}`, ...own, page })
    else if (channels === 1) found.modalities.push({ name, ...own })
    else
      for (let channel = 1; channel <= channels; channel++)
        found.modalities.push({ name: `${name} channel ${channel}`, ...own, channel })
    if (planes > 1)
      reading.notes.push({
        severity: 'info',
        message: `${name}: the pages of the images are ${planes} channels, and a modality is made of each.`,
      })
    else if (channels > 1)
      reading.notes.push({
        severity: 'info',
        message: `${name}: the images have ${channels} channels that they do not name, and a modality is made of each.`,
      })
    if (size !== null) reading.notes.push(broughtTo(name, size))
    if (classes.length === 0) continue
    found.metadata.push({ column: source, kind: 'category' })
    reading.notes.push({
      severity: 'info',
      message: `${name}: the folders ${listed(classes)} hold different samples and are taken as one modality, with the folder as a category.`,
    })
  }
}

/** [height, width] to which images of this size are brought; null where they stay as they are. */
export function reducedSize(height: number, width: number): [number, number] | null {
  const scale = reducedSide / Math.max(height, width)
  if (Math.max(height, width) <= largestSide) return null
  return [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))]
}

export function broughtTo(name: string, size: readonly [number, number]): DatasetNote {
  return {
    severity: 'info',
    message: `${name}: the images are large and are brought to ${size[0]} x ${size[1]} pixels; "size" in a description sets another size.`,
  }
}

interface ImageSource {
  readonly source: string
  readonly name: string
  readonly files: readonly ScannedFile[]
  /** Folders that part the samples of one modality into classes. */
  readonly classes: readonly string[]
}

/** Folders side by side that share no sample are classes of one modality, others are modalities of their own. */
function imageSources(folders: ReturnType<Library['folders']>, library: Library): ImageSource[] {
  const beside = Map.groupBy(folders, ({ folder }) => (folder === '.' ? '' : posix.dirname(folder)))
  return [...beside].flatMap(([parent, siblings]): ImageSource[] => {
    const stems = siblings.flatMap(({ files }) => files.map((file) => file.stem))
    const source = parent === '.' ? '*' : `${parent}/*`
    if (siblings.length > 1 && new Set(stems).size === stems.length)
      return [
        {
          source,
          name: folderName(parent, 'image'),
          files: siblings.flatMap(({ files }) => files),
          classes: siblings.map(({ folder }) => posix.basename(folder)),
        },
      ]
    return siblings.map(({ folder, files }) => ({
      // A single image picked as the source is told from its folder by its own name.
      source: folder === '.' && library.tree.files.length === 1 ? files[0]!.path : folder,
      name: folderName(folder, 'image'),
      files,
      classes: [],
    }))
  })
}

interface FirstImage {
  /** [height, width] to which large images are brought; null where images stay as they are. */
  readonly size: [number, number] | null
  /** Channels that are measurements of their own. */
  readonly channels: number
  /** Channels that are pages of their own. */
  readonly planes: number
}

/** What the first image says of a folder's images. */
async function firstImage(files: readonly ScannedFile[], { limits }: Reading): Promise<FirstImage> {
  try {
    const head = await imageHead(await fileBytes(files[0]!, limits), files[0]!.format.id, limits.pixels)
    const { height, width, tiff } = head
    const channels = tiff?.manyChannels === true ? tiff.samples : 1
    return { size: reducedSize(height, width), channels, planes: tiff?.planes ?? 1 }
  } catch (error) {
    if (error instanceof UnreadableImage) return { size: null, channels: 1, planes: 1 }
    throw error
  }
}
