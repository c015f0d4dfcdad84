/** Files for imports, made in code: images through sharp, arrays and tables by hand. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp, { type Sharp } from 'sharp'

export type Files = Readonly<Record<string, string | Uint8Array>>

/** A new folder with these files, their paths parted by `/`. */
export async function folderOf(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'source-'))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

/** Pixel values that differ from sample to sample. */
export function pixels(count: number, seed: number, most = 255): number[] {
  return Array.from({ length: count }, (_, i) => (i * 37 + seed * 101) % (most + 1))
}

export function raw(height: number, width: number, channels: 1 | 2 | 3 | 4, values: readonly number[]): Sharp {
  return sharp(Uint8Array.from(values), { raw: { height, width, channels } })
}

export function greyPng(height: number, width: number, seed: number): Promise<Buffer> {
  return raw(height, width, 1, pixels(height * width, seed))
    .toColourspace('b-w')
    .png()
    .toBuffer()
}

export function rgbPng(height: number, width: number, seed: number): Promise<Buffer> {
  return raw(height, width, 3, pixels(height * width * 3, seed))
    .png()
    .toBuffer()
}

export function grey16(height: number, width: number, values: readonly number[]): Sharp {
  return sharp(Uint16Array.from(values), { raw: { height, width, channels: 1 } }).toColourspace('grey16')
}

interface TiffPage {
  readonly shape: readonly [height: number, width: number, samples: number]
  readonly values: readonly number[]
  readonly bits: 16 | 32 | 64
  /** 1 unsigned, 2 signed, 3 floating point; values of 16 bits are written as they are. */
  readonly format: 1 | 2 | 3
  /** A smaller copy of another page. */
  readonly reduced?: boolean
}

/** Uncompressed little-endian TIFF of one page. */
export function tiff(
  shape: readonly [number, number, number],
  values: readonly number[],
  kind: Pick<TiffPage, 'bits' | 'format'>,
): Buffer {
  return tiffPages([{ shape, values, ...kind }])
}

export function tiffPages(pages: readonly TiffPage[]): Buffer {
  const head = Buffer.alloc(8)
  head.write('II*\0', 0, 'latin1')
  head.writeUInt32LE(8, 4)
  const parts: Buffer[] = [head]
  let start = 8
  pages.forEach((page, p) => {
    const part = tiffPart(page, start, p === pages.length - 1)
    parts.push(part)
    start += part.length
  })
  return Buffer.concat(parts)
}

/** Directory and values of one page, for the place `start` in its file. */
function tiffPart({ shape, values, bits, format, reduced = false }: TiffPage, start: number, last: boolean): Buffer {
  const [height, width, samples] = shape
  const bytes = (values.length * bits) / 8
  const tags = [
    [254, reduced ? 1 : 0],
    [256, width],
    [257, height],
    [258, bits],
    [259, 1],
    [262, samples < 3 ? 1 : 2],
    [273, 0],
    [277, samples],
    [278, height],
    [279, bytes],
    [339, format],
  ] as const
  const size = 2 + tags.length * 12 + 4
  const part = Buffer.alloc(size + bytes)
  part.writeUInt16LE(tags.length, 0)
  tags.forEach(([tag, value], i) => {
    const at = 2 + i * 12
    part.writeUInt16LE(tag, at)
    part.writeUInt16LE(4, at + 2)
    part.writeUInt32LE(1, at + 4)
    part.writeUInt32LE(tag === 273 ? start + size : value, at + 8)
  })
  part.writeUInt32LE(last ? 0 : start + part.length, size - 4)
  values.forEach((value, i) => {
    const at = size + (i * bits) / 8
    if (bits === 64) part.writeDoubleLE(value, at)
    else if (bits === 32) part.writeFloatLE(value, at)
    else if (format === 2) part.writeInt16LE(value, at)
    else part.writeUInt16LE(value, at)
  })
  return part
}

/** A `.npy` file around `body`, the values' bytes. */
export function npy(descr: string, shape: readonly number[], body: Uint8Array, fortran = false): Buffer {
  const dict = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`
  const padded = dict.padEnd(Math.ceil((dict.length + 11) / 64) * 64 - 11) + '\n'
  const head = Buffer.alloc(10)
  head.write('\x93NUMPY\x01\x00', 0, 'latin1')
  head.writeUInt16LE(padded.length, 8)
  return Buffer.concat([head, Buffer.from(padded, 'latin1'), body])
}

export function bytesOf(array: ArrayBufferView): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength)
}

export function sampleNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `s${String(i + 1).padStart(3, '0')}`)
}

export const gridPoints = [0, 0.1, 0.2, 0.3, 0.4]

/** `id,y@0,y@0.1,...`, one row a sample. */
export function wideCurves(ids: readonly string[], value = (i: number, x: number) => (i + 1) * x): string {
  const rows = ids.map((id, i) => [id, ...gridPoints.map((x) => value(i, x).toFixed(4))].join(','))
  return `id,${gridPoints.map((x) => `y@${x}`).join(',')}\n${rows.join('\n')}\n`
}

/** images/, curves.csv and metadata.csv of `count` samples, as an ordinary folder has them. */
export async function pairedFiles(count: number): Promise<Record<string, string | Uint8Array>> {
  const ids = sampleNames(count)
  const files: Record<string, string | Uint8Array> = {
    'curves.csv': wideCurves(ids),
    'metadata.csv': `id,plate,thickness\n${ids.map((id, i) => `${id},${i % 2 === 0 ? 'octet' : 'gyroid'},${0.5 + i / 7}`).join('\n')}\n`,
    'truth.json': '{"nodes": []}',
    'README.md': '# a set\n',
  }
  for (const [i, id] of ids.entries()) files[`images/${id}.png`] = await greyPng(12, 10, i)
  return files
}
