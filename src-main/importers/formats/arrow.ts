/** Apache Arrow's files (Feather version 2): a table of typed columns. */
import { zstdDecompressSync } from 'node:zlib'
import type { Vector } from 'apache-arrow'
import type { ImportLimits } from '../../../src-shared/domain/import.ts'
import { CausalscopeError, refused } from '../../../src-shared/errors.ts'
import { fileBytes, stumbled } from '../file-bytes.ts'
import { mebibyte } from '../limits.ts'
import { tableOfColumns } from './columnar.ts'
import { type FilePlace, type Format, lettersAt, type Sheets } from './format.ts'
import { unpackLz4 } from './lz4.ts'

type Arrow = typeof import('apache-arrow')

async function read(file: FilePlace, limits: ImportLimits): Promise<Sheets> {
  const arrow = await import('apache-arrow')
  const bytes = await fileBytes(file, limits)
  const most = limits.file * mebibyte
  arrow.compressionRegistry.set(arrow.CompressionType.LZ4_FRAME, { decode: unpackLz4 })
  arrow.compressionRegistry.set(arrow.CompressionType.ZSTD, {
    decode: (packed) => zstdDecompressSync(packed, { maxOutputLength: most }),
  })
  try {
    const table = arrow.tableFromIPC(bytes)
    if (table.numRows > limits.entries)
      throw refused(
        `${file.path} has ${table.numRows.toLocaleString('en')} rows; an import reads up to ${limits.entries.toLocaleString('en')}.`,
        'Save fewer rows.',
        { file: file.path },
      )
    const columns = table.schema.fields.map(({ name }, c) => ({ name, values: valuesOf(arrow, table.getChildAt(c)!) }))
    return { tables: [tableOfColumns(columns, file.path)], unread: [] }
  } catch (error) {
    if (error instanceof CausalscopeError) throw error
    throw refused(`${file.path} is not a whole Arrow file: ${stumbled(error)}.`, 'Copy or save it again.', {
      file: file.path,
    })
  }
}

/** What a cell can be: text, numbers, dates, lists of numbers. */
function valuesOf({ DataType }: Arrow, column: Vector): unknown[] {
  const type: unknown = column.type
  const timed = DataType.isTimestamp(type) || DataType.isDate(type)
  return Array.from({ length: column.length }, (_, i): unknown => {
    const value: unknown = column.get(i)
    if (value === null) return null
    if (timed) return new Date(Number(value))
    if (DataType.isList(type) || DataType.isFixedSizeList(type)) return Array.from(value as Iterable<unknown>, (item) => (typeof item === 'bigint' ? Number(item) : item)) // prettier-ignore
    return value
  })
}

export const arrow: Format = {
  id: 'arrow',
  words: 'an Arrow file',
  begins: lettersAt(0, 'ARROW1'),
  measurements: true,
  reader: { role: 'workbook', sheets: read },
}
