/** A finished run's samples in the latent space, every array by URL. */
import type { ClustersView } from '../../src-shared/contract/clusters.ts'
import { judgedGraph } from '../../src-shared/findings/judged-graph.ts'
import type { Judgement } from '../../src-shared/domain/judgement.ts'
import type { ArrayRef } from '../../src-shared/contract/shapes.ts'
import type { GraphAnnotations } from '../../src-shared/contract/graphs.ts'
import type { MetadataColumn } from '../../src-shared/domain/dataset.ts'
import { matrixOf, type RunResult, type SampleArrays } from '../../src-shared/domain/result.ts'
import { categoriesOfOutcomes } from '../../src-shared/graph-formats/probabilities.ts'
import type { Clusters, Representation } from '../../src-shared/methods/facets.ts'
import { facetOf, facetsOf } from '../../src-shared/methods/results.ts'
import type { MetadataData } from '../datasets/dataset.ts'
import { likeliest } from '../statistics/likeliest.ts'
import { principalPlane } from '../statistics/principal-plane.ts'
import type { DataStore, Values } from './data-store.ts'

export interface ClustersParts {
  readonly runId: number
  readonly result: RunResult
  /** As they are now; what the page fetches later is read again, so that a run looked at once holds no memory. */
  readonly arrays: SampleArrays
  readonly readArrays: () => Promise<SampleArrays>
  readonly annotations: GraphAnnotations
  /** Null: no node to judge. */
  readonly judgement: Judgement | null
  /** What each joint outcome is called, [C]. */
  readonly titles: readonly string[]
  readonly metadata: readonly MetadataColumn[]
  readonly readMetadata: () => readonly MetadataData[]
  readonly store: DataStore
}

/** What is fetched of a run, by URL. Nothing here holds an array. */
class RunArrays {
  readonly #parts: Pick<ClustersParts, 'store' | 'readArrays' | 'runId'>
  readonly #n: number

  constructor({ store, readArrays, runId, arrays }: ClustersParts) {
    this.#parts = { store, readArrays, runId }
    this.#n = arrays.ids.length
  }

  float(name: string, of: (arrays: SampleArrays) => Float32Array, columns?: number): ArrayRef {
    const { readArrays } = this.#parts
    return this.#stored(name, 'float32', async () => of(await readArrays()), columns)
  }

  /** Of each sample's most responsible component. */
  integer(name: string, { responsibilities }: Clusters, of: (component: number) => number): ArrayRef {
    const { readArrays } = this.#parts
    return this.#stored(name, 'int32', async () => {
      const { values, columns } = matrixOf(await readArrays(), responsibilities)
      return likeliest(values, columns).map(of)
    })
  }

  label(position: number, readMetadata: () => readonly MetadataData[]): ArrayRef {
    return this.#stored(`label/${position}`, 'float32', () =>
      Promise.resolve(Float32Array.from(readMetadata()[position]?.values ?? [])),
    )
  }

  ids(): string {
    const { store, readArrays, runId } = this.#parts
    return store.storedJson(`run/${runId}/ids`, async () => (await readArrays()).ids)
  }

  #stored(name: string, dtype: ArrayRef['dtype'], read: () => Promise<Values>, columns?: number): ArrayRef {
    const shape = columns === undefined ? [this.#n] : [this.#n, columns]
    return this.#parts.store.stored(`run/${this.#parts.runId}/${name}`, dtype, shape, read)
  }
}

export function clustersView(parts: ClustersParts): ClustersView {
  const { runId, result, annotations, metadata, readMetadata } = parts
  const { graph } = facetsOf(result)
  const clusters = facetOf(result, 'clusters')
  const points = facetOf(result, 'representation')
  const { ids } = parts.arrays
  const { values: means, columns: latent } = matrixOf(parts.arrays, points.mean)
  const { columns: count } = matrixOf(parts.arrays, clusters.responsibilities)
  const fetched = new RunArrays(parts)
  const { explained } = principalPlane(means, latent)
  const nodes = graph?.nodes ?? []
  const judged = graph === null || parts.judgement === null ? null : judgedGraph(graph, parts.judgement)
  const outcomes = categoriesOfOutcomes(nodes.map((node) => node.categories.length))
  const ofArray = (name: string) => (arrays: SampleArrays) => matrixOf(arrays, name).values
  return {
    run: runId,
    samples: ids.length,
    latent,
    idsUrl: fetched.ids(),
    mean: fetched.float('mean', ofArray(points.mean), latent),
    sd: fetched.float('sd', ofArray(points.sd), latent),
    projection: {
      points: fetched.float('projection', (arrays) => principalPlane(ofArray(points.mean)(arrays), latent).points, 2),
      explained: [explained[0], explained[1]],
    },
    component: fetched.integer('component', clusters, (component) => component),
    responsibilities: fetched.float('responsibilities', ofArray(clusters.responsibilities), count),
    components: componentsOf(clusters, outcomes, parts.titles),
    nodes: nodes.map((_, l) => ({
      name: annotations.names[l]!,
      standing: judged?.nodes[l]?.standing ?? 'provisional',
      categories: annotations.categories[l]!,
      values: fetched.integer(`node/${l}`, clusters, (outcome) => outcomes[l]![outcome]!),
    })),
    errors: errorsOf(points, fetched),
    labels: metadata.map(({ column, kind, categories }, position) => ({
      column,
      kind,
      categories: categories ?? [],
      values: fetched.label(position, readMetadata),
    })),
  }
}

/** How badly each modality was rebuilt; none where nothing is rebuilt. */
function errorsOf({ error, modalities }: Representation, fetched: RunArrays): ClustersView['errors'] {
  if (error === null) return []
  return modalities.map((modality, m) => ({
    modality,
    values: fetched.float(`error/${m}`, (arrays) => column(matrixOf(arrays, error).values, m, modalities.length)),
  }))
}

function componentsOf(
  clusters: Clusters,
  outcomes: readonly (readonly number[])[],
  titles: readonly string[],
): ClustersView['components'] {
  return titles.map((title, outcome) => {
    const categories = outcomes.map((ofNode) => ofNode[outcome]!)
    const weight = clusters.components.find((c) => c.outcome === outcome)?.weight ?? 0
    return { outcome, categories, title, weight }
  })
}

/** Column `k` of values [n, columns]. */
function column(values: Float32Array, k: number, columns: number): Float32Array {
  return Float32Array.from({ length: values.length / columns }, (_, row) => values[row * columns + k]!)
}
