/** A curve of a data set in words, told by the importer and by the window alike. */
import type { Modality } from './domain/dataset.ts'

/** A number for people, six digits of it. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(6)))
}

/** "curve, 12 points, strain 0 to 11 %, MPa" of one with a grid. */
export function curveWords({
  grid = [],
  gridLabel,
  gridUnit,
  valueUnit,
}: Pick<Modality, 'grid' | 'gridLabel' | 'gridUnit' | 'valueUnit'>): string {
  const range = `${rounded(grid[0] ?? NaN)} to ${rounded(grid.at(-1) ?? NaN)}`
  const axis = [gridLabel, range, gridUnit].filter((part) => part !== undefined).join(' ')
  return [`curve, ${grid.length} points`, axis, valueUnit].filter((part) => part !== undefined).join(', ')
}
