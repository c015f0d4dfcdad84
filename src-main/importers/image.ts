/** One image file as raw numbers: whatever the file's compression, with the numbers that the instrument wrote. */
import sharp, { type Metadata, type SharpOptions } from 'sharp'
import { decode as decodeTiff } from 'tiff'
import { bmpHead, decodeBmp } from './bmp.ts'
import type { PixelType } from './blocks.ts'
import type { NumericArray } from './npy.ts'
import { fromHalf, type TiffLayout, tiffLayout } from './tiff-layout.ts'

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
  /** Null for other formats, and for directories that are not understood. */
  readonly tiff: TiffLayout | null
}

/** What a description picks of a file that holds more than one image; from 1. */
export interface Picked {
  readonly page?: number
  readonly channel?: number
}

/** The image cannot be read; the message says why, for people. */
export class UnreadableImage extends Error {
  override readonly name = 'UnreadableImage'
  readonly hint: string

  constructor(message: string, hint = 'Export the image again, or take the file out.') {
    super(message)
    this.hint = hint
  }
}

function options(limitPixels: number, page = 0): SharpOptions {
  return {
    page,
    limitInputPixels: limitPixels,
    failOn: 'warning',
    ignoreIcc: true,
    limitInputChannels: 5,
  }
}

/** Size and type from the header alone. Throws UnreadableImage for a damaged header or too many pixels. */
export async function imageHead(
  bytes: Buffer,
  format: string,
  limitPixels: number,
  { page = 1 }: Picked = {},
): Promise<ImageHead> {
  if (bytes.length === 0) throw new UnreadableImage('the file is empty: it has no byte.')
  const tiff = format === 'tiff' ? tiffLayout(bytes) : null
  const index = pageIndex(tiff, page)
  const head =
    format === 'bmp'
      ? readingBmp(() => bmpHead(bytes))
      : await sharp(bytes, options(0, index))
          .metadata()
          .then((meta) => ({ ...meta.autoOrient, meta }))
          .catch((error: unknown) => {
            if (format !== 'tiff') return damaged(error)
            const { width, height } = tiffPage(bytes, index, true)
            return { width, height, meta: null }
          })
  const { width, height } = head
  if (!(width * height <= limitPixels))
    throw new UnreadableImage(
      `the image has ${width.toLocaleString('en')} x ${height.toLocaleString('en')} pixels; an import reads up to ${limitPixels.toLocaleString('en')}.`,
    )
  return { ...head, tiff }
}

function readingBmp<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    return damaged(error)
  }
}

/** Index of the page that is meant. Throws UnreadableImage for one that is not there. */
function pageIndex(tiff: TiffLayout | null, page: number): number {
  const pages = tiff?.pages ?? [0]
  const index = pages[page - 1]
  if (index === undefined)
    throw new UnreadableImage(
      `the file has ${pages.length === 1 ? 'a single page' : `${pages.length} pages`}, and no page ${page}.`,
      'Correct "page" in the data description.',
    )
  return index
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
  format: string,
  { meta, tiff, ...size }: ImageHead,
  { page = 1, channel }: Picked = {},
): Promise<DecodedImage> {
  const index = pageIndex(tiff, page)
  const pages = tiff?.pages.length ?? meta?.pages ?? 1
  checkChannel(tiff, channel)
  if (format === 'bmp') return readingBmp(() => decodeBmp(bytes))
  if (tiff?.half === true || tiff?.manyChannels === true || channel !== undefined)
    return decodeOtherTiff(bytes, pages, index, channel)
  const grey = meta?.space === 'b-w' || meta?.space === 'grey16'
  if (meta !== null && (meta.depth === 'uchar' || meta.depth === 'ushort' || (meta.depth === 'float' && grey))) {
    const wide = meta.depth === 'ushort'
    const space = grey ? (wide ? 'grey16' : 'b-w') : wide ? 'rgb16' : 'srgb'
    const { data, info } = await sharp(bytes, options(size.width * size.height, index))
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
      pages,
    }
  }
  if (format !== 'tiff')
    throw new UnreadableImage(`the image has pixels of type ${meta?.depth ?? 'unknown'}, which is not read.`)
  return decodeOtherTiff(bytes, pages, index, channel)
}

/** A second value of a grey pixel is a measurement of its own: which is meant must be said. */
function checkChannel(tiff: TiffLayout | null, channel: number | undefined): void {
  const samples = tiff?.samples ?? 1
  if (channel === undefined && tiff?.manyChannels === true)
    throw new UnreadableImage(
      `the image has ${samples} channels and does not say what they are.`,
      'Name one for the modality, "channel": 1 in a data description; a modality each for several.',
    )
  if (channel !== undefined && (tiff === null || channel > samples))
    throw new UnreadableImage(
      tiff === null
        ? 'the image has no channels to choose from.'
        : `the image has ${samples === 1 ? 'a single channel' : `${samples} channels`}, and no channel ${channel}.`,
      'Correct "channel" in the data description.',
    )
}

function tiffPage(bytes: Buffer, index: number, ignoreImageData: boolean) {
  try {
    const page = decodeTiff(bytes, { pages: [index], ignoreImageData })[0]
    if (page !== undefined) return page
  } catch (error) {
    return damaged(error)
  }
  throw new UnreadableImage('the file holds no image.')
}

/** TIFF of a kind that sharp does not read or would convert: floating-point colours, halves, doubles, signed integers, channels. */
function decodeOtherTiff(bytes: Buffer, pages: number, index: number, channel: number | undefined): DecodedImage {
  const page = tiffPage(bytes, index, false)
  const { width, height, samplesPerPixel: samples, data } = page
  if (samples > 1 && (page.planarConfiguration === 2 || page.tiled))
    throw new UnreadableImage(
      'its colours are stored in planes or tiles of a type that is not read: save it in strips.',
    )
  const rows = page.tiled ? height : page.stripOffsets.length * page.rowsPerStrip
  if (data.length !== width * height * samples || rows < height)
    throw new UnreadableImage(`the image is damaged or cut off: it has not all of its ${width} x ${height} pixels.`)
  const numbers = valuesOf(data, page.sampleFormat)
  const channels = samples >= 3 && channel === undefined ? 3 : 1
  const values = samples === channels ? numbers : someChannels(numbers, samples, (channel ?? 1) - 1, channels)
  return {
    height,
    width,
    channels,
    values,
    pixelType: typeOf(values),
    alphaDropped: samples > channels && channel === undefined,
    rotated: false,
    pages,
  }
}

function typeOf(values: NumericArray): PixelType {
  if (values instanceof Float32Array || values instanceof Float64Array) return 'float'
  if (values instanceof Uint8Array) return 'uint8'
  return values instanceof Uint16Array ? 'uint16' : 'integer'
}

/** The numbers that the bits stand for: 2 is signed, 3 floating point. */
function valuesOf(data: NumericArray, sampleFormat: number): NumericArray {
  if (data instanceof Uint16Array && sampleFormat === 2)
    return new Int16Array(data.buffer, data.byteOffset, data.length)
  if (data instanceof Uint8Array && sampleFormat === 2) return new Int8Array(data.buffer, data.byteOffset, data.length)
  return data instanceof Uint16Array && sampleFormat === 3 ? fromHalf(data) : data
}

/** [pixels, samples] -> [pixels, channels], those from `first` on. */
function someChannels(values: NumericArray, samples: number, first: number, channels: number): NumericArray {
  const pixels = values.length / samples
  const result = values.slice(0, pixels * channels)
  for (let p = 0; p < pixels; p++)
    for (let c = 0; c < channels; c++) result[p * channels + c] = values[p * samples + first + c]!
  return result
}

/** [pixels, samples] -> [pixels, channels], the first ones. */
export function firstChannels(values: NumericArray, samples: number, channels: number): NumericArray {
  return someChannels(values, samples, 0, channels)
}

/** Throws UnreadableImage for a pixel that is NaN or infinite, as instruments write where they measured nothing. */
export function checkFinite({ values, width, channels }: DecodedImage): void {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return
  const at = values.findIndex((value) => !Number.isFinite(value))
  if (at === -1) return
  const pixel = Math.floor(at / channels)
  throw new UnreadableImage(
    `the pixel in row ${Math.floor(pixel / width) + 1}, column ${(pixel % width) + 1} is ${values[at]!}, not a finite number.`,
    'Fill masked pixels, or crop the image, before it is exported.',
  )
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
