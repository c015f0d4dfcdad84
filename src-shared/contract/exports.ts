/** Results to files in a folder of the person's choice. */
import * as v from 'valibot'
import type { FacetName } from '../methods/facets.ts'
import { comparedWith } from './graphs.ts'
import { empty, id, path, row, task, whole } from './shapes.ts'

export const exportFormat = v.picklist([
  'clusters.csv',
  'components.csv',
  'predictions.csv',
  'calibration.csv',
  'robustness.csv',
  'graph.json',
  'graph.dot',
  'graph.graphml',
  'graph.dagitty',
  'graph.bif',
  'graph.svg',
  'graph.png',
  'knowledge.txt',
  'latents.npz',
  'latents.parquet',
  'report.html',
  'finding.txt',
])
export type ExportFormat = v.InferOutput<typeof exportFormat>

/** The facets of a result that a format can be made from, any of them; none: every run has what it needs. */
const facetsOfFormat: Readonly<Record<ExportFormat, readonly FacetName[]>> = {
  'clusters.csv': ['clusters'],
  'components.csv': ['coupling'],
  'predictions.csv': ['prediction'],
  'calibration.csv': ['prediction'],
  'robustness.csv': ['prediction'],
  'graph.json': ['graph', 'coupling', 'prediction'],
  'graph.dot': ['graph', 'coupling', 'prediction'],
  'graph.graphml': ['graph', 'coupling', 'prediction'],
  'graph.dagitty': ['graph'],
  'graph.bif': ['graph'],
  'graph.svg': ['graph', 'prediction'],
  'graph.png': ['graph', 'prediction'],
  'knowledge.txt': ['graph'],
  'latents.npz': ['representation'],
  'latents.parquet': ['representation'],
  'report.html': [],
  'finding.txt': [],
}

/** Whether a result with these facets can be written in a format. */
export function canBeWritten(format: ExportFormat, facets: readonly FacetName[]): boolean {
  const needed = facetsOfFormat[format]
  return needed.length === 0 || needed.some((facet) => facets.includes(facet))
}

const written = v.object({ files: v.array(v.object({ path: v.string(), bytes: whole })) })

export const exportRequests = {
  'export.run': {
    request: v.strictObject({
      run: id,
      folder: path,
      formats: v.pipe(v.array(exportFormat), v.minLength(1), v.maxLength(exportFormat.options.length)),
      /** Whether CSV files begin with a byte order mark. */
      byteOrderMark: v.optional(v.boolean(), false),
      /** Another graph, to which pictures show how each edge stands. */
      comparedWith: v.optional(v.nullable(comparedWith), null),
      task,
    }),
    response: written,
  },
  /** The chosen samples (rows in data set order) as CSV, with clusters and metadata. */
  'export.selection': {
    request: v.strictObject({
      run: id,
      file: path,
      rows: v.pipe(
        v.array(row),
        v.minLength(1, 'choose at least one sample.'),
        v.maxLength(1_000_000, 'at most a million samples are written at once.'),
      ),
    }),
    response: written,
  },
  /** Open an HTML report in the system's browser or viewer; `shown` is false where the host cannot. */
  'export.open': { request: v.strictObject({ path }), response: v.object({ shown: v.boolean() }) },
  /** Folder offered first: the project's, or the last one used. */
  'export.suggest': { request: empty, response: v.object({ folder: v.string() }) },
} as const
