/** The files that a run can be exported to. */
import { canBeWritten, exportFormat, type ExportFormat } from '../../src-shared/contract/exports.ts'
import { refused } from '../../src-shared/errors.ts'
import { definitionOf } from '../../src-shared/methods/available.ts'
import type { Method } from '../../src-shared/methods/list.ts'
import { facetNames } from '../../src-shared/methods/results.ts'
import { nearestName } from '../../src-shared/config/nearest.ts'

export type { ExportFormat }

export const exportFormats = exportFormat.options

function isFormat(name: string): name is ExportFormat {
  return exportFormats.some((format) => format === name)
}

/** The formats of these names, each once. Throws `refused` with the list and the nearest name. */
export function parseFormats(names: readonly string[]): readonly ExportFormat[] {
  if (names.length === 0) throw refused('No export format was given.', `Choose from ${exportFormats.join(', ')}.`)
  const formats = names.map((name) => {
    const trimmed = name.trim()
    if (isFormat(trimmed)) return trimmed
    const nearest = nearestName(trimmed, exportFormats)
    throw refused(
      `There is no export format "${trimmed}".`,
      `Did you mean ${nearest ?? exportFormats[0]}? There are ${exportFormats.join(', ')}.`,
      { field: 'formats' },
    )
  })
  return [...new Set(formats)]
}

/** Throws `refused` for a format that is made from what this method's runs do not have. */
export function requireFacets(method: Method, formats: readonly ExportFormat[]): void {
  const facets = facetNames(method)
  const cannot = formats.filter((format) => !canBeWritten(format, facets))
  if (cannot.length === 0) return
  const can = exportFormats.filter((format) => canBeWritten(format, facets))
  throw refused(
    `A run of ${definitionOf(method).title} cannot be written as ${cannot.join(', ')}.`,
    `It can be written as ${can.join(', ')}.`,
    { field: 'formats' },
  )
}
