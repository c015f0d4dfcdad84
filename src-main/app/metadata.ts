/** One sample's value in a metadata column, as text, number or missing. */
import type { MetadataData } from '../datasets/dataset.ts'

export function metadataValue({ column, values }: MetadataData, row: number): string | number | null {
  const value = values[row]
  if (value === undefined || Number.isNaN(value)) return null
  return column.kind === 'number' ? value : (column.categories?.[value] ?? null)
}
