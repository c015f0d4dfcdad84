/** clusters.csv: RFC 4180, UTF-8, one row a sample. */
import { stringify } from 'csv-stringify/sync'
import { float32Cell, float64Cell, textCell } from './csv-cells.ts'
import type { CheckedRun } from './finished-run.ts'
import { type Column, sampleTable } from './sample-table.ts'

/** Rows turned into text at a time: large sets never stand in memory as a whole. */
const block = 1000

function cell(column: Column, row: number): string {
  switch (column.kind) {
    case 'text':
      return textCell(column.value(row))
    case 'float32':
      return float32Cell(column.value(row))
    case 'int32':
    case 'float64':
      return float64Cell(column.value(row))
    default:
      return column satisfies never
  }
}

function lines(records: readonly (readonly string[])[]): string {
  // A lone CR or LF inside a cell must be quoted too, not only the pair that ends a line.
  return stringify([...records], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ })
}

/** The file in pieces; `rows` picks samples by their index in the data set, all by default. */
export function* clustersCsv(run: CheckedRun, rows?: readonly number[]): Generator<string> {
  yield* tableCsv(sampleTable(run), run.arrays.ids.length, rows)
}

/**
 * A CSV file that begins with a byte order mark, by which Excel and LibreOffice see on a double click that it is UTF-8;
 * without one, Excel shows "Gefüge" as "GefÃ¼ge". Programs that read by script may take it for a part of the first name.
 */
export function* withByteOrderMark(pieces: Iterable<Uint8Array | string>): Generator<Uint8Array | string> {
  yield '\uFEFF'
  yield* pieces
}

/** Columns as CSV, of all samples or of those in `rows`. */
export function* tableCsv(columns: readonly Column[], samples: number, rows?: readonly number[]): Generator<string> {
  yield lines([columns.map((column) => textCell(column.name))])
  const count = rows?.length ?? samples
  for (let start = 0; start < count; start += block) {
    const records: string[][] = []
    for (let i = start; i < Math.min(count, start + block); i++) {
      const row = rows?.[i] ?? i
      records.push(columns.map((column) => cell(column, row)))
    }
    yield lines(records)
  }
}
