/** latents.npz and latents.parquet: what the model made of each sample, for NumPy, pandas, Polars, R and DuckDB. */
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer'
import { cautionsOf } from '../../src-shared/findings/finding.ts'
import { toldRecord } from '../../src-shared/graph-formats/told.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import { type NpyArray, npzBytes } from '../datasets/npz.ts'
import { sampleArrayEntries } from '../datasets/sample-arrays.ts'
import { type CheckedClusters, type CheckedRun, toldOf } from './finished-run.ts'
import { type Column, sampleTable } from './sample-table.ts'

/** Of the clusters: component [n] and the mixture, componentWeight [C], componentMean and componentVariance [C, latent]. */
function clusterEntries({ components, gamma, component }: CheckedClusters): Record<string, NpyArray> {
  const count = gamma.columns
  const latent = components[0]?.mean.length ?? 0
  const weight = new Float64Array(count)
  const mean = new Float64Array(count * latent)
  const variance = new Float64Array(count * latent)
  for (const summary of components) {
    weight[summary.outcome] = summary.weight
    mean.set(summary.mean, summary.outcome * latent)
    variance.set(summary.variance, summary.outcome * latent)
  }
  return {
    component: { shape: [component.length], values: component },
    componentWeight: { shape: [count], values: weight },
    componentMean: { shape: [count, latent], values: mean },
    componentVariance: { shape: [count, latent], values: variance },
  }
}

/** Of the nodes: categories [n, L] as indices, and the names they stand for. */
function nodeEntries(
  { nodes }: LearnedGraph,
  { component }: CheckedClusters,
  outcomeCategories: CheckedRun['outcomeCategories'],
): Record<string, NpyArray> {
  const categories = new Int32Array(component.length * nodes.length)
  component.forEach((outcome, row) => {
    outcomeCategories.forEach((ofOutcome, l) => (categories[row * nodes.length + l] = ofOutcome[outcome]!))
  })
  return {
    categories: { shape: [component.length, nodes.length], values: categories },
    nodes: { shape: [nodes.length], values: nodes.map((node) => node.name) },
    ...Object.fromEntries(
      nodes.map((node, l) => [`categoryNames_${l}`, { shape: [node.categories.length], values: node.categories }]),
    ),
  }
}

/**
 * Ids and the run's sample arrays by name (responsibilities [n, C], latentMean and latentSd [n, latent], modalityError
 * [n, M] with its modalities), then what its clusters and nodes are, and the finding with its cautions. The same run gives the same bytes.
 */
export function latentsNpz(run: CheckedRun): Uint8Array {
  const { arrays, points, clusters, graph, outcomeCategories } = run
  const finding = toldOf(run)
  const cautions = cautionsOf(finding)
  return npzBytes({
    ...sampleArrayEntries(arrays),
    ...(points === null ? {} : { modalities: { shape: [points.modalities.length], values: points.modalities } }),
    ...(clusters === null ? {} : clusterEntries(clusters)),
    ...(clusters === null || graph === null ? {} : nodeEntries(graph, clusters, outcomeCategories)),
    finding: { shape: [1], values: [finding.headline] },
    cautions: { shape: [cautions.length], values: cautions },
  })
}

function parquetColumn(column: Column, n: number): ColumnSource {
  const { name, kind } = column
  switch (kind) {
    case 'text':
      return { name, type: 'STRING', data: Array.from({ length: n }, (_, row) => column.value(row)) }
    case 'int32':
      return {
        name,
        type: 'INT32',
        nullable: false,
        data: Int32Array.from({ length: n }, (_, row) => column.value(row)),
      }
    case 'float32':
      return {
        name,
        type: 'FLOAT',
        nullable: false,
        data: Float32Array.from({ length: n }, (_, row) => column.value(row)),
      }
    case 'float64':
      return {
        name,
        type: 'DOUBLE',
        nullable: false,
        data: Float64Array.from({ length: n }, (_, row) => column.value(row)),
      }
    default:
      return column satisfies never
  }
}

/** The columns of clusters.csv in their own types, with where they come from in the file's metadata. */
export function latentsParquet(run: CheckedRun): Uint8Array {
  const n = run.arrays.ids.length
  const { provenance } = run.result
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: sampleTable(run).map((column) => parquetColumn(column, n)),
      createdBy: provenance.application,
      kvMetadata: [
        { key: 'causalscope', value: JSON.stringify(provenance) },
        { key: 'finding', value: JSON.stringify(toldRecord(toldOf(run))) },
      ],
    }),
  )
}
