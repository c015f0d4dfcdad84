/** What a file is, by its first bytes: names lie, and instruments name files as they like. */

export type FileFormat =
  | 'png'
  | 'jpeg'
  | 'tiff'
  | 'npy'
  | 'zip'
  | 'text'
  | 'empty'
  /** Known, but not read here; `describeFormat` says what it is. */
  | 'gif'
  | 'webp'
  | 'bmp'
  | 'pdf'
  | 'hdf5'
  | 'parquet'
  | 'gzip'
  | 'ole'
  | 'sqlite'
  | 'jpeg2000'
  | 'jcamp'
  | 'binary'

/** Bytes of a file's beginning that `recognise` wants to see. */
export const headBytes = 4096

const signatures: readonly (readonly [FileFormat, number, readonly number[]])[] = [
  ['png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', 0, [0xff, 0xd8, 0xff]],
  ['tiff', 0, [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', 0, [0x4d, 0x4d, 0x00, 0x2a]],
  ['tiff', 0, [0x49, 0x49, 0x2b, 0x00]],
  ['tiff', 0, [0x4d, 0x4d, 0x00, 0x2b]],
  ['npy', 0, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
  ['zip', 0, [0x50, 0x4b, 0x03, 0x04]],
  ['zip', 0, [0x50, 0x4b, 0x05, 0x06]],
  ['gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['webp', 8, [0x57, 0x45, 0x42, 0x50]],
  ['pdf', 0, [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['hdf5', 0, [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['parquet', 0, [0x50, 0x41, 0x52, 0x31]],
  ['gzip', 0, [0x1f, 0x8b]],
  ['ole', 0, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['sqlite', 0, [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74]],
  ['jpeg2000', 4, [0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a]],
]

const words: Record<FileFormat, string> = {
  png: 'a PNG image',
  jpeg: 'a JPEG image',
  tiff: 'a TIFF image',
  npy: 'a NumPy array',
  zip: 'a ZIP archive',
  text: 'text',
  empty: 'empty',
  gif: 'a GIF image',
  webp: 'a WebP image',
  bmp: 'a BMP image',
  pdf: 'a PDF document',
  hdf5: 'an HDF5 file',
  parquet: 'a Parquet file',
  gzip: 'a gzip archive',
  ole: 'an old Office document',
  sqlite: 'an SQLite database',
  jpeg2000: 'a JPEG 2000 image',
  jcamp: 'a JCAMP-DX spectrum',
  binary: 'in a format not known here',
}

export function describeFormat(format: FileFormat): string {
  return words[format]
}

export function isImage(format: FileFormat): boolean {
  return format === 'png' || format === 'jpeg' || format === 'tiff'
}

/** The format of a file that begins with `head` (its first `headBytes` bytes, or all of it). */
export function recognise(head: Uint8Array): FileFormat {
  if (head.length === 0) return 'empty'
  for (const [format, offset, bytes] of signatures) {
    if (bytes.every((byte, i) => head[offset + i] === byte)) return format
  }
  // BMP's two letters also begin words; its reserved bytes are zero.
  if (head[0] === 0x42 && head[1] === 0x4d && head.length > 14 && [6, 7, 8, 9].every((i) => head[i] === 0)) return 'bmp'
  if (encodingOf(head) === null) return 'binary'
  return /^\uFEFF?\s*##TITLE\s*=/i.test(new TextDecoder('latin1').decode(head.subarray(0, 64))) ? 'jcamp' : 'text'
}

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/**
 * The encoding of text, by byte order mark or by content: UTF-16 without a mark shows as zeros in every other byte,
 * UTF-8 by being valid. Null when the bytes are not text.
 */
export function encodingOf(head: Uint8Array): TextEncoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  let controls = 0
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = zeros[i % 2]! + 1
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) controls += 1
  })
  const [even, odd] = [zeros[0]!, zeros[1]!]
  const half = head.length / 2
  if (odd > 0.6 * half && even === 0 && controls === 0) return 'utf-16le'
  if (even > 0.6 * half && odd === 0 && controls === 0) return 'utf-16be'
  if (even + odd > 0 || controls > 0.01 * head.length) return null
  return isUtf8(head) ? 'utf-8' : 'windows-1252'
}

/** Valid UTF-8, a character cut off at the very end allowed: `head` may be the beginning of a longer file. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
