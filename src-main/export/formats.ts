/** The files that a run can be exported to. */
import { refused } from '../../src-shared/errors.ts'
import { nearestName } from '../../src-shared/config/nearest.ts'

export const exportFormats = [
  'clusters.csv',
  'graph.json',
  'graph.dot',
  'graph.graphml',
  'graph.dagitty',
  'graph.bif',
  'graph.svg',
  'graph.png',
  'latents.npz',
  'latents.parquet',
  'report.html',
] as const

export type ExportFormat = (typeof exportFormats)[number]

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
