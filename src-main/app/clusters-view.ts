/** A finished run's samples in the latent space, every array by URL. */
import type { ClustersView } from '../../src-shared/contract/clusters.ts'
import type { GraphAnnotations } from '../../src-shared/contract/graphs.ts'
import type { CausalPimaResult, SampleArrays } from '../../src-shared/domain/result.ts'
import { categoriesOfOutcomes } from '../../src-shared/graph-formats/probabilities.ts'
import type { MetadataData } from '../datasets/dataset.ts'
import type { DataStore } from './data-store.ts'
import { principalPlane } from './projection.ts'

/** Index of the largest responsibility of each sample, [n]; the first of equals. */
export function mostResponsible({ ids, responsibilities, components }: SampleArrays): Int32Array {
  const out = new Int32Array(ids.length)
  for (let row = 0; row < ids.length; row++) {
    const start = row * components
    for (let c = 1; c < components; c++)
      if (responsibilities[start + c]! > responsibilities[start + out[row]!]!) out[row] = c
  }
  return out
}

/** "thick, stiff": the shown names of an outcome's categories. */
function outcomeTitle(categories: readonly number[], shown: GraphAnnotations): string {
  return categories.map((category, l) => shown.categories[l]?.[category] ?? '').join(', ')
}

export interface ClustersParts {
  readonly runId: number
  readonly result: CausalPimaResult
  readonly arrays: SampleArrays
  readonly annotations: GraphAnnotations
  readonly metadata: readonly MetadataData[]
  readonly store: DataStore
}

export function clustersView({ runId, result, arrays, annotations, metadata, store }: ClustersParts): ClustersView {
  const n = arrays.ids.length
  const name = (what: string): string => `run/${runId}/${what}`
  const component = mostResponsible(arrays)
  const { points, explained } = principalPlane(arrays.latentMean, arrays.latent)
  const outcomes = categoriesOfOutcomes(result.graph.nodes.map((node) => node.categories.length))
  const components = Array.from({ length: arrays.components }, (_, outcome) => {
    const categories = outcomes.map((ofNode) => ofNode[outcome]!)
    const weight = result.components.find((c) => c.outcome === outcome)?.weight ?? 0
    return { outcome, categories, title: outcomeTitle(categories, annotations), weight }
  })
  return {
    run: runId,
    samples: n,
    latent: arrays.latent,
    idsUrl: store.storedJson(name('ids'), () => arrays.ids),
    mean: store.stored(name('mean'), 'float32', [n, arrays.latent], () => arrays.latentMean),
    sd: store.stored(name('sd'), 'float32', [n, arrays.latent], () => arrays.latentSd),
    projection: {
      points: store.stored(name('projection'), 'float32', [n, 2], () => points),
      explained: [explained[0], explained[1]],
    },
    component: store.stored(name('component'), 'int32', [n], () => component),
    responsibilities: store.stored(
      name('responsibilities'),
      'float32',
      [n, arrays.components],
      () => arrays.responsibilities,
    ),
    components,
    nodes: result.graph.nodes.map((_, l) => ({
      name: annotations.names[l]!,
      categories: annotations.categories[l]!,
      values: store.stored(name(`node/${l}`), 'int32', [n], () => component.map((outcome) => outcomes[l]![outcome]!)),
    })),
    errors: arrays.modalities.map((modality, m) => ({
      modality,
      values: store.stored(name(`error/${m}`), 'float32', [n], () =>
        Float32Array.from({ length: n }, (_, row) => arrays.modalityError[row * arrays.modalities.length + m]!),
      ),
    })),
    labels: metadata.map(({ column, values }, position) => ({
      column: column.column,
      kind: column.kind,
      categories: column.categories ?? [],
      values: store.stored(name(`label/${position}`), 'float32', [n], () => Float32Array.from(values)),
    })),
  }
}
