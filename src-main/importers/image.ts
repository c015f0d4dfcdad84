/** One image file as raw numbers: whatever the file's compression, with the numbers that the instrument wrote. */
import sharp, { type Metadata, type SharpOptions } from 'sharp'
import { decode as decodeTiff } from 'tiff'
import type { PixelType } from './blocks.ts'
import type { FileFormat } from './recognise.ts'
import type { NumericArray } from './npy.ts'

/** Decoding goes on in sharp's own threads; files come one after the other, so that nothing is worth keeping. */
sharp.cache(false)
sharp.concurrency(1)

export interface DecodedImage {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly pixelType: PixelType
  /** [height, width, channels] */
  readonly values: NumericArray
  readonly alphaDropped: boolean
  readonly rotated: boolean
  /** Pages of the file; only the first is read. */
  readonly pages: number
}

export interface ImageHead {
  /** As shown, after EXIF rotation. */
  readonly height: number
  readonly width: number
  /** Null where only the TIFF reader understands the file. */
  readonly meta: Metadata | null
}

/** The image cannot be read; the message says why, for people. */
export class UnreadableImage extends Error {
  override readonly name = 'UnreadableImage'
}

function options(limitPixels: number): SharpOptions {
  return { limitInputPixels: limitPixels, failOn: 'warning', ignoreIcc: true, limitInputChannels: 5 }
}

/** Size and type from the header alone. Throws UnreadableImage for a damaged header or too many pixels. */
export async function imageHead(bytes: Buffer, format: FileFormat, limitPixels: number): Promise<ImageHead> {
  const head = await sharp(bytes, options(0))
    .metadata()
    .then((meta) => ({ ...meta.autoOrient, meta }))
    .catch((error: unknown) => {
      if (format !== 'tiff') return damaged(error)
      const { width, height } = tiffPage(bytes, true)
      return { width, height, meta: null }
    })
  const { width, height } = head
  if (!(width * height <= limitPixels))
    throw new UnreadableImage(
      `the image has ${width.toLocaleString('en')} x ${height.toLocaleString('en')} pixels; an import reads up to ${limitPixels.toLocaleString('en')}.`,
    )
  return head
}

/** What a decoder says of itself: its own name, the name of its input, its settings, and that it could not read. */
const decoderTalk =
  /Warning treated as error due to failOn setting|\b(VipsJpeg|vipspng|tiff2vips|webp2vips)\b:?|Input (buffer|file) (has corrupt header|contains unsupported image format):?|\b(libpng )?read error\b/gi

function damaged(error: unknown): never {
  const said = error instanceof Error ? error.message : String(error)
  const why = said
    .replace(decoderTalk, '')
    .split('\n')
    .map((line) => line.replace(/^[\s:]+|[\s:.]+$/g, ''))
    .find((line) => line !== '')
  throw new UnreadableImage(`the image is damaged or cut off${why === undefined ? '' : ` (${why})`}.`)
}

/** The image in a file's bytes, `head` being what `imageHead` said of them. Throws UnreadableImage. */
export async function decodeImage(
  bytes: Buffer,
  format: FileFormat,
  { meta, ...size }: ImageHead,
): Promise<DecodedImage> {
  const grey = meta?.space === 'b-w' || meta?.space === 'grey16'
  if (meta !== null && (meta.depth === 'uchar' || meta.depth === 'ushort' || (meta.depth === 'float' && grey))) {
    const wide = meta.depth === 'ushort'
    const space = grey ? (wide ? 'grey16' : 'b-w') : wide ? 'rgb16' : 'srgb'
    const { data, info } = await sharp(bytes, options(size.width * size.height))
      .autoOrient()
      .removeAlpha()
      .toColourspace(space)
      .raw({ depth: meta.depth })
      .toBuffer({ resolveWithObject: true })
      .catch(damaged)
    const at = [data.buffer, data.byteOffset] as const
    const values =
      meta.depth === 'uchar'
        ? new Uint8Array(...at, data.length)
        : wide
          ? new Uint16Array(...at, data.length / 2)
          : new Float32Array(...at, data.length / 4)
    return {
      height: info.height,
      width: info.width,
      channels: info.channels,
      pixelType: meta.depth === 'uchar' ? 'uint8' : wide ? 'uint16' : 'float',
      values,
      alphaDropped: meta.hasAlpha,
      rotated: (meta.orientation ?? 1) > 1,
      pages: meta.pages ?? 1,
    }
  }
  if (format !== 'tiff')
    throw new UnreadableImage(`the image has pixels of type ${meta?.depth ?? 'unknown'}, which is not read.`)
  return decodeOtherTiff(bytes, meta?.pages ?? 1)
}

function tiffPage(bytes: Buffer, ignoreImageData: boolean) {
  try {
    const page = decodeTiff(bytes, { pages: [0], ignoreImageData })[0]
    if (page !== undefined) return page
  } catch (error) {
    return damaged(error)
  }
  throw new UnreadableImage('the file holds no image.')
}

/** TIFF with floating-point colours, doubles or signed integers, which sharp does not read or would convert. */
function decodeOtherTiff(bytes: Buffer, pages: number): DecodedImage {
  const page = tiffPage(bytes, false)
  const { width, height, samplesPerPixel: samples, data } = page
  if (samples > 1 && (page.planarConfiguration === 2 || page.tiled))
    throw new UnreadableImage(
      'its colours are stored in planes or tiles of a type that is not read: save it in strips.',
    )
  const rows = page.tiled ? height : page.stripOffsets.length * page.rowsPerStrip
  if (data.length !== width * height * samples || rows < height)
    throw new UnreadableImage(`the image is damaged or cut off: it has not all of its ${width} x ${height} pixels.`)
  const channels = samples >= 3 ? 3 : 1
  const signed = page.sampleFormat === 2 && data instanceof Uint16Array
  const numbers: NumericArray = signed ? new Int16Array(data.buffer, data.byteOffset, data.length) : data
  const values = samples === channels ? numbers : firstChannels(numbers, samples, channels)
  const floating = values instanceof Float32Array || values instanceof Float64Array
  const pixelType = floating ? 'float' : 'integer'
  return { height, width, channels, values, pixelType, alphaDropped: samples > channels, rotated: false, pages }
}

/** [pixels, samples] -> [pixels, channels] */
export function firstChannels(values: NumericArray, samples: number, channels: number): NumericArray {
  const pixels = values.length / samples
  const result = values.slice(0, pixels * channels)
  for (let p = 0; p < pixels; p++)
    for (let c = 0; c < channels; c++) result[p * channels + c] = values[p * samples + c]!
  return result
}

/** Grey as RGB. */
export function greyToRgb(image: DecodedImage): DecodedImage {
  if (image.channels === 3) return image
  const rgb = emptyLike(image.values, image.values.length * 3)
  for (let i = 0; i < rgb.length; i++) rgb[i] = image.values[(i / 3) | 0]!
  return { ...image, channels: 3, values: rgb }
}

export function emptyLike(values: NumericArray, length: number): NumericArray {
  if (values instanceof Uint8Array) return new Uint8Array(length)
  if (values instanceof Int8Array) return new Int8Array(length)
  if (values instanceof Uint16Array) return new Uint16Array(length)
  if (values instanceof Int16Array) return new Int16Array(length)
  if (values instanceof Uint32Array) return new Uint32Array(length)
  if (values instanceof Int32Array) return new Int32Array(length)
  return values instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)
}
