/** Apache Parquet: a table of typed columns. */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { ImportLimits } from '../../../src-shared/domain/import.ts'
import { CausalscopeError, refused } from '../../../src-shared/errors.ts'
import { fileBytes, stumbled } from '../file-bytes.ts'
import { mebibyte } from '../limits.ts'
import { tableOfColumns } from './columnar.ts'
import { type FilePlace, type Format, lettersAt, type Sheets } from './format.ts'

/** What the columns may take of the memory limit before they are cells. */
const unpackedShare = 0.15

type Unpack = (bytes: Uint8Array, length: number) => Uint8Array
const bounded = (unpack: (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array): Unpack => {
  return (bytes, length) => unpack(bytes, { maxOutputLength: Math.max(1, length) })
}
const compressors = {
  GZIP: bounded(gunzipSync),
  ZSTD: bounded(zstdDecompressSync),
  BROTLI: bounded(brotliDecompressSync),
}

async function read(file: FilePlace, limits: ImportLimits): Promise<Sheets> {
  const { parquetMetadata, parquetReadObjects } = await import('hyparquet')
  const bytes = await fileBytes(file, limits)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
  try {
    const metadata = parquetMetadata(buffer)
    const unpacked = metadata.row_groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0)
    checkSize(file, Number(metadata.num_rows), unpacked, limits)
    const rows = await parquetReadObjects({ file: buffer, metadata, compressors })
    const names = topLevel(metadata.schema)
    const columns = names.map((name) => ({ name, values: rows.map((row) => row[name] as unknown) }))
    return { tables: [tableOfColumns(columns, file.path)], unread: [] }
  } catch (error) {
    if (error instanceof CausalscopeError) throw error
    throw refused(
      `${file.path} is not a whole Parquet file: ${stumbled(error)}.`,
      'Copy or save it again; LZ4 and LZO are not unpacked, Snappy, gzip, Zstandard and Brotli are.',
      { file: file.path },
    )
  }
}

function checkSize(file: FilePlace, rows: number, unpacked: number, limits: ImportLimits): void {
  const most = unpackedShare * limits.memory
  if (rows <= limits.entries && unpacked <= most * mebibyte) return
  const what = rows > limits.entries ? `${rows.toLocaleString('en')} rows` : `${Math.ceil(unpacked / mebibyte)} MiB once unpacked` // prettier-ignore
  const room = rows > limits.entries ? limits.entries.toLocaleString('en') : Math.floor(most)
  throw refused(`${file.path} has ${what}; an import has room for ${room}.`, 'Save fewer rows or columns.', {
    file: file.path,
  })
}

/** The names of the columns, those within records left out. */
function topLevel(schema: readonly { readonly name: string; readonly num_children?: number | undefined }[]): string[] {
  const names: string[] = []
  let at = 1
  const skip = (): void => {
    const children = schema[at++]?.num_children ?? 0
    for (let i = 0; i < children; i++) skip()
  }
  while (at < schema.length) {
    names.push(schema[at]!.name)
    skip()
  }
  return names
}

export const parquet: Format = {
  id: 'parquet',
  words: 'a Parquet file',
  begins: lettersAt(0, 'PAR1'),
  measurements: true,
  reader: { role: 'workbook', sheets: read },
}
