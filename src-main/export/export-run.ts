/** A finished run as files for other programs and other people: each file appears whole or not at all. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { lightPaint } from '../../src-shared/colours.ts'
import { refused } from '../../src-shared/errors.ts'
import { detailLines } from '../../src-shared/findings/finding.ts'
import { knowledgeOfGraph } from '../../src-shared/knowledge/knowledge.ts'
import { knowledgeToTetrad } from '../../src-shared/knowledge/tetrad.ts'
import { partialGraphText } from '../../src-shared/graph-formats/coupled-graph.ts'
import { structuralModelText } from '../../src-shared/graph-formats/structural-model.ts'
import { graphText } from '../../src-shared/graph-formats/text.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import { unwritable, writeWhole } from '../datasets/whole-file.ts'
import { clustersCsv, withByteOrderMark } from './clusters-csv.ts'
import { componentsCsv } from './components-csv.ts'
import {
  type CheckedRun,
  checkedRun,
  couplingOf,
  type FinishedRun,
  graphOf,
  predictionOf,
  toldOf,
} from './finished-run.ts'
import { type ExportFormat, parseFormats, requireFacets } from './formats.ts'
import { drawnGraph, nodePositions } from './graph-drawing.ts'
import { latentsNpz, latentsParquet } from './latents.ts'
import { calibrationCsv, robustnessCsv } from './prediction-tables.ts'
import { predictionsCsv } from './predictions-csv.ts'
import { reportHtml } from './report/report.ts'
import { makeFolder } from '../datasets/make-folder.ts'

export interface ExportRequest extends FinishedRun {
  /** Folder; made if it is missing. */
  readonly out: string
  readonly formats: readonly string[]
  /** CSV files begin with a byte order mark: for who opens them by a double click. */
  readonly byteOrderMark?: boolean
}

export interface WrittenFile {
  readonly format: ExportFormat
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** Pixels of graph.png for each of graph.svg: sharp on paper and on dense screens. */
const pngScale = 3

/** How the graph came about, and what may be stated of it. */
function about(run: CheckedRun) {
  return { provenance: run.result.provenance, finding: toldOf(run) }
}

/** The graph that the run has: learned, partial, or the model of its label. */
function graphAs(run: CheckedRun, format: 'json' | 'dot' | 'graphml', context: ReturnType<typeof about>): string {
  if (run.graph !== null) return graphText(run.graph, format, context)
  const { coupling } = facetsOf(run.result)
  if (coupling !== null) return partialGraphText(couplingOf(run), format, context)
  return structuralModelText(predictionOf(run), format, context)
}

async function content(run: CheckedRun, format: ExportFormat): Promise<Iterable<Uint8Array | string>> {
  switch (format) {
    case 'clusters.csv':
      return clustersCsv(run)
    case 'components.csv':
      return componentsCsv(run)
    case 'predictions.csv':
      return predictionsCsv(run)
    case 'calibration.csv':
      return calibrationCsv(predictionOf(run))
    case 'robustness.csv':
      return robustnessCsv(predictionOf(run))
    case 'graph.json':
      return [graphAs(run, 'json', about(run))]
    case 'graph.dot':
      return [graphAs(run, 'dot', about(run))]
    case 'graph.graphml':
      return [graphAs(run, 'graphml', about(run))]
    case 'graph.dagitty':
      return [
        graphText(graphOf(run), 'dagitty', {
          ...about(run),
          positions: nodePositions(run).map(([x, y]) => [x / 100, y / 100]),
        }),
      ]
    case 'graph.bif':
      return [graphText(graphOf(run), 'bif', about(run))]
    case 'graph.svg':
      return [`<?xml version="1.0" encoding="UTF-8"?>\n${drawnGraph(run, lightPaint, true)}\n`]
    case 'graph.png':
      return [
        await sharp(Buffer.from(drawnGraph(run, lightPaint, true)), { density: 72 * pngScale })
          .png()
          .toBuffer(),
      ]
    case 'knowledge.txt':
      return [knowledgeToTetrad(knowledgeOfGraph(graphOf(run)))]
    case 'latents.npz':
      return [latentsNpz(run)]
    case 'latents.parquet':
      return [latentsParquet(run)]
    case 'finding.txt': {
      const finding = toldOf(run)
      return [[finding.headline, ...detailLines(finding), ''].join('\n')]
    }
    case 'report.html':
      return [await reportHtml(run)]
    default:
      return format satisfies never
  }
}

async function outFolder(out: string): Promise<void> {
  try {
    await makeFolder(out)
  } catch (error) {
    const isFile = await stat(out).then(
      (found) => found.isFile(),
      () => false,
    )
    throw unwritable(out, isFile ? new Error('a file of that name is there') : error)
  }
}

/**
 * Writes the formats, in the order given, into the folder `out`; files of the same names are replaced. Formats that are
 * unknown or that the run has no facet for are refused before anything is written; a file that cannot be written ends the export with an
 * error that names it, and files written before it stay, each whole.
 */
export async function exportRun(request: ExportRequest): Promise<readonly WrittenFile[]> {
  const formats = parseFormats(request.formats)
  const run = checkedRun(request)
  requireFacets(run.result.method, formats)
  await outFolder(request.out)
  const written: WrittenFile[] = []
  for (const format of formats) {
    const path = join(request.out, format)
    const pieces = await content(run, format)
    const marked = request.byteOrderMark === true && format.endsWith('.csv') ? withByteOrderMark(pieces) : pieces
    written.push({ format, path, ...(await writeWhole(path, marked)) })
  }
  return written
}

/**
 * Writes the chosen samples alone, in the form of clusters.csv, to `file`. `rows` are indices in the data set; an index
 * outside of it is refused.
 */
export async function exportSelection(
  request: FinishedRun & { readonly file: string; readonly rows: readonly number[] },
): Promise<{ readonly path: string; readonly bytes: number; readonly sha256: string }> {
  const run = checkedRun(request)
  const samples = run.arrays.ids.length
  const outside = request.rows.find((row) => !Number.isInteger(row) || row < 0 || row >= samples)
  if (outside !== undefined)
    throw refused(`There is no sample in row ${outside}.`, `Rows are 0 to ${samples - 1}.`, { row: outside })
  return { path: request.file, ...(await writeWhole(request.file, clustersCsv(run, request.rows))) }
}
