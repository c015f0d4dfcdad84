/**
 * The table of samples that clusters.csv and latents.parquet hold: id, component, cluster (the name that a person gave it, where one is given), the category of each node, how
 * firmly each node may be stated (the same in every row: a column of categories looks like a finding), stability (the share of the replicates in which it keeps its categories), responsibilities r_0 ..., latent_mean_0 ..., latent_sd_0 ..., as far as the run has them, then the metadata that came
 * with the data.
 */
import type { Matrix } from '../../src-shared/domain/result.ts'
import type { Standing } from '../../src-shared/graph/edge.ts'
import { standingWords } from '../../src-shared/graph/edge-words.ts'
import type { MetadataData } from '../datasets/dataset.ts'
import type { CheckedRun } from './finished-run.ts'

export type Column =
  | { readonly name: string; readonly kind: 'text'; readonly value: (row: number) => string | null }
  | { readonly name: string; readonly kind: 'int32' | 'float32' | 'float64'; readonly value: (row: number) => number }

export function metadataColumn({ column, values }: MetadataData): Column {
  const name = column.column
  if (column.kind === 'number') return { name, kind: 'float64', value: (row) => values[row] ?? NaN }
  return { name, kind: 'text', value: (row) => column.categories?.[values[row] ?? -1] ?? null }
}

/** How far each sample's categories can be relied on; no column where no replicate has run. */
function stabilityColumn({ judged }: CheckedRun): Column[] {
  const stability = judged?.stability ?? null
  if (stability === null) return []
  return [{ name: 'stability', kind: 'float32', value: (row) => stability[row] ?? NaN }]
}

/** What people called the cluster of each sample; no column where nobody called one. */
function givenNames(component: Int32Array, names: readonly (string | null | undefined)[]): Column[] {
  if (names.every((name) => name == null)) return []
  return [{ name: 'cluster', kind: 'text', value: (row) => names[component[row]!] ?? null }]
}

/** How firmly something of that name may be stated, the same in every row. */
export function standingColumn(name: string, standing: Standing): Column {
  return { name: `${name} standing`, kind: 'text', value: () => standingWords[standing] || 'supported' }
}

function matrixColumns(prefix: string, { values, columns: width }: Matrix): Column[] {
  return Array.from({ length: width }, (_, j) => ({
    name: `${prefix}_${j}`,
    kind: 'float32',
    value: (row) => values[row * width + j] ?? NaN,
  }))
}

/** Metadata often has the name of the node it anchors; every column keeps a name of its own. */
export function withOwnNames(columns: readonly Column[], taken: Set<string>, source: string): Column[] {
  return columns.map((column) => {
    let name = column.name
    for (let copy = 1; taken.has(name); copy++) name = `${column.name} (${source}${copy === 1 ? '' : ` ${copy}`})`
    taken.add(name)
    return { ...column, name }
  })
}

/** Columns over the samples in data set order; missing text is null, a missing number NaN. */
export function sampleTable(run: CheckedRun): readonly Column[] {
  const { graph, arrays, dataset, clusters, points, outcomeCategories, names } = run
  const own: Column[] = [
    { name: 'id', kind: 'text', value: (row) => arrays.ids[row] ?? null },
    ...(clusters === null
      ? []
      : [{ name: 'component', kind: 'int32', value: (row: number) => clusters.component[row]! } as const]),
    ...(clusters === null ? [] : givenNames(clusters.component, names?.clusters ?? [])),
  ]
  const numbers = [
    ...stabilityColumn(run),
    ...(clusters === null ? [] : matrixColumns('r', clusters.gamma)),
    ...(points === null
      ? []
      : [...matrixColumns('latent_mean', points.means), ...matrixColumns('latent_sd', points.sds)]),
  ]
  // A node's category is that of the sample's cluster.
  const ofClusters = clusters === null ? [] : (graph?.nodes ?? [])
  const categoriesOf = ofClusters.map((node, l): Column => {
    const categories = outcomeCategories[l]!
    const category = (row: number): number => categories[clusters!.component[row]!]!
    return { name: node.name, kind: 'text', value: (row) => node.categories[category(row)] ?? null }
  })
  const standings = ofClusters.map(({ name, standing }) => standingColumn(name, standing))
  const taken = new Set([...own, ...numbers].map((column) => column.name))
  return [
    ...own,
    ...withOwnNames([...categoriesOf, ...standings], taken, 'node'),
    ...numbers,
    ...withOwnNames(dataset.metadata.map(metadataColumn), taken, 'metadata'),
  ]
}
