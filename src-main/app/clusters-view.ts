/** A finished run's samples in the latent space, every array by URL. */
import type { ClustersView } from '../../src-shared/contract/clusters.ts'
import type { ArrayRef } from '../../src-shared/contract/shapes.ts'
import type { GraphAnnotations } from '../../src-shared/contract/graphs.ts'
import type { MetadataColumn } from '../../src-shared/domain/dataset.ts'
import type { CausalPimaResult, SampleArrays } from '../../src-shared/domain/result.ts'
import { categoriesOfOutcomes } from '../../src-shared/graph-formats/probabilities.ts'
import type { MetadataData } from '../datasets/dataset.ts'
import { likeliest } from '../statistics/likeliest.ts'
import { principalPlane } from '../statistics/principal-plane.ts'
import type { DataStore, Values } from './data-store.ts'

/** "thick, stiff": the shown names of an outcome's categories. */
function outcomeTitle(categories: readonly number[], shown: GraphAnnotations): string {
  return categories.map((category, l) => shown.categories[l]?.[category] ?? '').join(', ')
}

export interface ClustersParts {
  readonly runId: number
  readonly result: CausalPimaResult
  /** As they are now; what the page fetches later is read again, so that a run looked at once holds no memory. */
  readonly arrays: SampleArrays
  readonly readArrays: () => Promise<SampleArrays>
  readonly annotations: GraphAnnotations
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
  integer(name: string, of: (component: number) => number): ArrayRef {
    const { readArrays } = this.#parts
    return this.#stored(name, 'int32', async () => {
      const { responsibilities, components } = await readArrays()
      return likeliest(responsibilities, components).map(of)
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
  const { latent, components: count, modalities, ids } = parts.arrays
  const fetched = new RunArrays(parts)
  const { explained } = principalPlane(parts.arrays.latentMean, latent)
  const outcomes = categoriesOfOutcomes(result.graph.nodes.map((node) => node.categories.length))
  return {
    run: runId,
    samples: ids.length,
    latent,
    idsUrl: fetched.ids(),
    mean: fetched.float('mean', (arrays) => arrays.latentMean, latent),
    sd: fetched.float('sd', (arrays) => arrays.latentSd, latent),
    projection: {
      points: fetched.float('projection', (arrays) => principalPlane(arrays.latentMean, latent).points, 2),
      explained: [explained[0], explained[1]],
    },
    component: fetched.integer('component', (component) => component),
    responsibilities: fetched.float('responsibilities', (arrays) => arrays.responsibilities, count),
    components: componentsOf(parts, outcomes),
    nodes: result.graph.nodes.map((_, l) => ({
      name: annotations.names[l]!,
      categories: annotations.categories[l]!,
      values: fetched.integer(`node/${l}`, (outcome) => outcomes[l]![outcome]!),
    })),
    errors: modalities.map((modality, m) => ({
      modality,
      values: fetched.float(`error/${m}`, (arrays) => column(arrays.modalityError, m, modalities.length)),
    })),
    labels: metadata.map(({ column, kind, categories }, position) => ({
      column,
      kind,
      categories: categories ?? [],
      values: fetched.label(position, readMetadata),
    })),
  }
}

function componentsOf(
  { result, arrays, annotations }: ClustersParts,
  outcomes: readonly (readonly number[])[],
): ClustersView['components'] {
  return Array.from({ length: arrays.components }, (_, outcome) => {
    const categories = outcomes.map((ofNode) => ofNode[outcome]!)
    const weight = result.components.find((c) => c.outcome === outcome)?.weight ?? 0
    return { outcome, categories, title: outcomeTitle(categories, annotations), weight }
  })
}

/** Column `k` of values [n, columns]. */
function column(values: Float32Array, k: number, columns: number): Float32Array {
  return Float32Array.from({ length: values.length / columns }, (_, row) => values[row * columns + k]!)
}
