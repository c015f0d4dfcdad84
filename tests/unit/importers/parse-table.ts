/** The table in the bytes of a text, as an import reads it, with what was found of the text. */
import { decodeText, readText } from '../../../src-main/importers/delimited.ts'
import { type Table, tableOf } from '../../../src-main/importers/table.ts'
import type { TextDescription } from '../../../src-shared/domain/dataset.ts'
import type { ImportLimits } from '../../../src-shared/domain/import.ts'

export function parseTable(
  bytes: Uint8Array,
  file: string,
  limits: ImportLimits,
  given: TextDescription = {},
): Table & { delimiter: string; encoding: string } {
  const raw = readText(bytes, file, given)
  return {
    ...tableOf(raw, file, limits, given),
    delimiter: raw.delimiter,
    encoding: decodeText(bytes, file).encoding,
  }
}
