/** What a TIFF file says of itself before its pixels are read: which pages are images, and what their samples are. */
import { decode } from 'tiff'

export interface TiffLayout {
  /** Indices of the pages that are images of their own: reduced copies and masks are passed over. */
  readonly pages: readonly number[]
  /** Samples of a pixel. */
  readonly samples: number
  /** Whether pixels have values beyond grey or RGB that the file does not call transparency: other detectors', or dyes'. */
  readonly manyChannels: boolean
  /** Channels that the file says its pages to be (OME-TIFF); 1 where they are not. */
  readonly planes: number
  /** Whether values are floating point of 16 bits, which decoders take for whole numbers or for zeros. */
  readonly half: boolean
}

const reducedOrMask = 0b101
const grey = new Set([0, 1])
const rgb = 2
const floatingPoint = 3

/** Null where the file's directory cannot be read here; decoders then say what is wrong with it. */
export function tiffLayout(bytes: Buffer): TiffLayout | null {
  const directory = directoryOf(bytes)
  const whole = directory?.flatMap((page, i) => (((page.newSubfileType || 0) & reducedOrMask) === 0 ? [i] : []))
  const pages = whole === undefined || whole.length > 0 ? whole : [0]
  const page = directory?.[pages?.[0] ?? 0]
  if (pages === undefined || page === undefined) return null
  const samples = page.samplesPerPixel
  const extra: unknown = page.get('ExtraSamples')
  const unnamed = extra === undefined || [extra].flat().every((kind) => kind === 0)
  return {
    pages,
    samples,
    // RGB of four values is transparency by habit, unless the file says that it is none.
    manyChannels: grey.has(page.type)
      ? samples > 1 && unnamed
      : page.type === rgb && samples > 3 && extra !== undefined && unnamed,
    planes: channelPages(page.get('ImageDescription'), pages.length),
    half: page.sampleFormat === floatingPoint && page.bitsPerSample === 16,
  }
}

/** By OME's description: as many channels as pages, without depth or time. */
function channelPages(description: unknown, pages: number): number {
  if (typeof description !== 'string' || !description.includes('<OME')) return 1
  const size = (axis: string): number => Number(new RegExp(`\\bSize${axis}="(\\d+)"`).exec(description)?.[1] ?? 1)
  return size('C') === pages && size('Z') === 1 && size('T') === 1 ? pages : 1
}

function directoryOf(bytes: Buffer): ReturnType<typeof decode> | null {
  try {
    return decode(bytes, { ignoreImageData: true })
  } catch {
    return null
  }
}

/** Values of 16-bit floating point from their bits. */
export function fromHalf(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const [sign, exponent, fraction] = [half >> 15 === 1 ? -1 : 1, (half >> 10) & 0x1f, half & 0x3ff]
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
  })
}
