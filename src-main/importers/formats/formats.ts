/** Every format that the importer knows, each a record; the first whose bytes fit is what a file is, whatever its name. */
import { readText } from '../delimited.ts'
import { encodingOf } from '../text-encoding.ts'
import { arrow } from './arrow.ts'
import { anyOf, bytesAt, type Format, lettersAt } from './format.ts'
import { hdf5 } from './hdf5.ts'
import { jcamp } from './jcamp.ts'
import { mat5 } from './mat5.ts'
import { netcdf } from './netcdf.ts'
import { npy, npz } from './numpy.ts'
import { parquet } from './parquet.ts'
import { spc } from './spc.ts'
import { workbooks } from './workbook.ts'

function image(id: string, words: string, begins: Format['begins']): Format {
  return { id, words, begins, reader: { role: 'image' } }
}

function unread(id: string, words: string, begins: Format['begins']): Format {
  return { id, words, begins, reader: null }
}

const nothing: Format = unread('empty', 'empty', (head) => head.length === 0)

const text: Format = {
  id: 'text',
  words: 'text',
  begins: (head) => encodingOf(head) !== null,
  reader: { role: 'table', spectrum: false, table: readText },
}

const binary: Format = { ...unread('binary', 'in a format not known here', () => true), measurements: true }

/** In the order in which they are tried: text fits what begins with letters, `binary` fits all. */
const formats: readonly Format[] = [
  nothing,
  image('png', 'a PNG image', bytesAt(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)),
  image('jpeg', 'a JPEG image', bytesAt(0, 0xff, 0xd8, 0xff)),
  image(
    'tiff',
    'a TIFF image',
    anyOf(
      ...[0x2a, 0x2b].flatMap((version) => [bytesAt(0, 0x49, 0x49, version, 0), bytesAt(0, 0x4d, 0x4d, 0, version)]),
    ),
  ),
  npy,
  ...workbooks,
  npz,
  unread('gif', 'a GIF image', lettersAt(0, 'GIF8')),
  unread('webp', 'a WebP image', lettersAt(8, 'WEBP')),
  // BMP's two letters also begin words; its reserved bytes are zero.
  image('bmp', 'a BMP image', (head, tail) => lettersAt(0, 'BM')(head, tail) && bytesAt(6, 0, 0, 0, 0)(head, tail)),
  unread('pdf', 'a PDF document', lettersAt(0, '%PDF-')),
  mat5,
  ...hdf5,
  netcdf,
  parquet,
  arrow,
  { ...unread('gzip', 'a gzip archive', bytesAt(0, 0x1f, 0x8b)), measurements: true },
  { ...unread('sqlite', 'an SQLite database', lettersAt(0, 'SQLite form')), measurements: true },
  unread('jpeg2000', 'a JPEG 2000 image', bytesAt(4, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a)),
  jcamp,
  text,
  spc,
  binary,
]

/** The format of a file by its first `headBytes` bytes, and its last `tailBytes`, each or all of it. */
export function recognise(head: Uint8Array, tail: Uint8Array = head): Format {
  return formats.find(({ begins }) => begins(head, tail)) ?? binary
}
