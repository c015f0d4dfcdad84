/** A folder of images as one modality: decoded side by side within a budget of pixels, then brought to one shape. */
import type { ModalityDescription } from '../../src-shared/domain/dataset.ts'
import { refused } from '../../src-shared/errors.ts'
import type { ImageBlock } from './blocks.ts'
import { Budget } from './budget.ts'
import {
  checkFinite,
  decodeImage,
  type DecodedImage,
  emptyLike,
  greyToRgb,
  imageHead,
  UnreadableImage,
} from './image.ts'
import { fileBytes } from './file-bytes.ts'
import { checkValues } from './limits.ts'
import { counted, listed, type Reading } from './reading.ts'
import { resizeByArea } from './resize.ts'
import { checkStems, type ScannedFile } from './scan.ts'

const sideBySide = 8
/** Pixels being decoded at once; larger images go one by one. */
const pixelsSideBySide = 16_000_000

const none = new Uint8Array(0)

interface Read {
  readonly image: DecodedImage
  /** Before resizing. */
  readonly original: readonly [number, number]
}

/**
 * The images of one folder, [n, height, width, channels], n files in their order. Images that differ in size (without a
 * `size` to bring them to) or type from most are faults, and so are damaged ones.
 */
export async function readImages(
  files: readonly ScannedFile[],
  description: ModalityDescription,
  reading: Reading,
): Promise<ImageBlock> {
  checkStems(files)
  const images = await decodeAll(files, description, reading)
  const shape = agreedShape(files, images, description, reading)
  const [height, width, channels] = shape.size
  const size = height * width * channels
  const sample = images.find((read) => read !== null)!.image.values
  const values = emptyLike(sample, files.length * size)
  const present = new Uint8Array(files.length)
  images.forEach((read, i) => {
    if (read === null) return
    values.set(read.image.values, i * size)
    present[i] = 1
    images[i] = null
  })
  return {
    kind: 'image',
    name: description.name,
    source: description.source,
    ids: files.map((file) => file.stem),
    pairing: 'by file name',
    count: files.length,
    origin: (i) => ({ file: files[i]!.path }),
    shape: shape.size,
    pixelType: shape.pixelType,
    values,
    present,
  }
}

async function decodeAll(
  files: readonly ScannedFile[],
  description: ModalityDescription,
  { limits, log, notes, progress }: Reading,
): Promise<(Read | null)[]> {
  const images = files.map((): Read | null => null)
  const stage = `Reading ${description.source === '.' ? 'images' : description.source}`
  // By index, for workers finish in any order and what is said must not depend on it.
  const decodedAs = files.map((): DecodedImage | UnreadableImage | null => null)
  const budget = new Budget(pixelsSideBySide)
  let [next, done, total] = [0, 0, 0]
  const worker = async (): Promise<void> => {
    while (next < files.length) {
      const i = next++
      const file = files[i]!
      try {
        if (file.format.reader?.role !== 'image')
          throw new UnreadableImage(`the file is not the image that its name says: it is ${file.format.words}.`)
        const bytes = await fileBytes(file, limits)
        const head = await imageHead(bytes, file.format.id, limits.pixels, description)
        const decoded = await budget.spend(head.width * head.height, () =>
          decodeImage(bytes, file.format.id, head, description),
        )
        checkFinite(decoded)
        images[i] = sized(decoded, description)
        decodedAs[i] = { ...decoded, values: none }
        total += images[i].image.values.length
        checkValues(total, 5, description.source, limits)
      } catch (error) {
        if (!(error instanceof UnreadableImage)) throw error
        decodedAs[i] = error
      }
      done += 1
      progress(stage, done, files.length)
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, worker))
  decodedAs.forEach((result, i) => {
    if (!(result instanceof UnreadableImage)) return
    log.add({ file: files[i]!.path, id: files[i]!.stem, message: result.message, hint: result.hint })
  })
  const note = (which: (image: DecodedImage) => boolean, message: (count: string) => string) => {
    const ids = files.flatMap(({ stem }, i) => {
      const result = decodedAs[i]
      return result instanceof UnreadableImage || result === null || result === undefined || !which(result)
        ? []
        : [stem]
    })
    if (ids.length === 0) return
    const text = `${description.name}: ${message(counted(ids.length, 'image'))}`
    notes.push({ severity: 'info', message: text, ids })
  }
  note(
    (image) => image.alphaDropped,
    (count) => `the transparency of ${count} was dropped.`,
  )
  note(
    (image) => image.rotated,
    (count) => `${count} turned as the camera's EXIF orientation says.`,
  )
  if (description.page === undefined)
    note(
      (image) => image.pages > 1,
      (count) => `only the first page of ${count} with several pages was read; "page" in a description names another.`,
    )
  return images
}

function sized(image: DecodedImage, { size }: ModalityDescription): Read {
  const original = [image.height, image.width] as const
  if (size === undefined || (size[0] === image.height && size[1] === image.width)) return { image, original }
  const values = resizeByArea(image.values, [image.height, image.width, image.channels], size)
  return { image: { ...image, height: size[0], width: size[1], values }, original }
}

/** The shape and type that most images have; those that differ become faults and null. */
function agreedShape(
  files: readonly ScannedFile[],
  images: (Read | null)[],
  description: ModalityDescription,
  { log, notes }: Reading,
): { size: readonly [number, number, number]; pixelType: ImageBlock['pixelType'] } {
  const kindOf = ({ image }: Read): string => `${image.height} x ${image.width}, ${pixelWords(image.pixelType)}`
  const counts = new Map<string, number>()
  for (const read of images) if (read !== null) counts.set(kindOf(read), (counts.get(kindOf(read)) ?? 0) + 1)
  const most = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ['', 0])[0]
  if (most === '')
    throw (
      log.refusal() ??
      refused(`${description.source} holds no readable image.`, 'Check the files.', { file: description.source })
    )
  const grey = images.flatMap((read, i) => (read?.image.channels === 1 ? [files[i]!.stem] : []))
  const mixed = grey.length > 0 && images.some((read) => read?.image.channels === 3)
  if (mixed)
    notes.push({
      severity: 'info',
      message: `${description.name}: ${counted(grey.length, 'grey image')} among colour ones taken as RGB: ${listed(grey)}.`,
      ids: grey,
    })
  images.forEach((read, i) => {
    if (read === null) return
    if (kindOf(read) !== most) {
      log.add({
        file: files[i]!.path,
        id: files[i]!.stem,
        message: `the image is ${kindOf(read)}; most in ${description.source} are ${most}.`,
        hint: 'Bring all images to one size and type: "size": [height, width] in a data description resizes them.',
      })
      images[i] = null
    } else if (mixed) images[i] = { ...read, image: greyToRgb(read.image) }
  })
  const { image } = images.find((read) => read !== null)!
  return { size: [image.height, image.width, image.channels], pixelType: image.pixelType }
}

export function pixelWords(type: ImageBlock['pixelType']): string {
  return { bool: '1 bit', uint8: '8 bit', uint16: '16 bit', integer: 'integer', float: 'floating point' }[type]
}
