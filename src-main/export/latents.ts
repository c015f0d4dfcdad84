/** latents.npz and latents.parquet: what the model made of each sample, for NumPy, pandas, Polars, R and DuckDB. */
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer'
import { npzBytes } from '../datasets/npz.ts'
import { sampleArrayEntries } from '../datasets/sample-arrays.ts'
import type { CheckedRun } from './finished-run.ts'
import { type Column, sampleTable } from './sample-table.ts'

/**
 * The sample arrays (ids, responsibilities [n, C], latentMean and latentSd [n, latent], modalityError [n, M]) with
 * component [n], categories [n, L] as indices, the names they stand for, and the mixture: componentWeight [C],
 * componentMean and componentVariance [C, latent]. The same run gives the same bytes.
 */
export function latentsNpz(run: CheckedRun): Uint8Array {
  const { arrays, component, graph, outcomeCategories, result } = run
  const n = arrays.ids.length
  const nodes = graph.nodes.length
  const categories = new Int32Array(n * nodes)
  component.forEach((outcome, row) => {
    outcomeCategories.forEach((ofOutcome, l) => (categories[row * nodes + l] = ofOutcome[outcome]!))
  })
  const weight = new Float64Array(arrays.components)
  const mean = new Float64Array(arrays.components * arrays.latent)
  const variance = new Float64Array(arrays.components * arrays.latent)
  for (const summary of result.components) {
    weight[summary.outcome] = summary.weight
    mean.set(summary.mean, summary.outcome * arrays.latent)
    variance.set(summary.variance, summary.outcome * arrays.latent)
  }
  return npzBytes({
    ...sampleArrayEntries(arrays),
    component: { shape: [n], values: component },
    categories: { shape: [n, nodes], values: categories },
    nodes: { shape: [nodes], values: graph.nodes.map((node) => node.name) },
    ...Object.fromEntries(
      graph.nodes.map((node, l) => [
        `categoryNames_${l}`,
        { shape: [node.categories.length], values: node.categories },
      ]),
    ),
    componentWeight: { shape: [arrays.components], values: weight },
    componentMean: { shape: [arrays.components, arrays.latent], values: mean },
    componentVariance: { shape: [arrays.components, arrays.latent], values: variance },
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
      kvMetadata: [{ key: 'causalscope', value: JSON.stringify(provenance) }],
    }),
  )
}
