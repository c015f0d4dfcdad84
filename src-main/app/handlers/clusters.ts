import type { clusterRequests } from '../../../src-shared/contract/clusters.ts'
import type { Handlers } from '../../host/router.ts'
import { readDataset } from '../../project/datasets.ts'
import { readIds, readMetadata, readRows } from '../../project/samples.ts'
import { readGraphAnnotations } from '../../services/graphs.ts'
import { runRows } from '../../services/used-rows.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import { clustersView } from '../clusters-view.ts'
import type { AppContext } from '../context.ts'
import { Display } from '../display.ts'
import { metadataValue } from '../metadata.ts'
import { requireRows } from '../rows.ts'

type ClusterChannel = Extract<keyof typeof clusterRequests, `clusters.${string}`>

export function clusterHandlers(context: AppContext): Handlers<ClusterChannel> {
  const { results, store } = context
  return {
    'clusters.get': async ({ run }) => {
      const { project } = context.session()
      const [result, arrays] = await Promise.all([results.result(project, run), results.arrays(project, run)])
      const annotations = readGraphAnnotations(project, run, result.graph)
      const { database } = project
      const { datasetId, samples, rowOf } = runRows(database, run)
      const { metadata } = readDataset(database, datasetId)
      return clustersView({
        ...{ runId: run, result, arrays, annotations, metadata, store },
        readArrays: () => results.arrays(project, run),
        readMetadata: () =>
          readMetadata(database, datasetId).map(({ column, values }) => ({
            column,
            values: Float64Array.from({ length: samples }, (_, row) => values[rowOf(row)]!),
          })),
      })
    },
    'clusters.sample': async ({ run, row }) => {
      const { project } = context.session()
      const arrays = await results.arrays(project, run)
      requireRows([row], arrays.ids.length)
      const id = arrays.ids[row]!
      const slice = (values: Float32Array, width: number): number[] =>
        Array.from(values.subarray(row * width, (row + 1) * width))
      const responsibilities = slice(arrays.responsibilities, arrays.components)
      const { datasetId, rowOf } = runRows(project.database, run)
      const display = new Display(store, project.database, datasetId)
      const measured = readRows(project.database, datasetId, [rowOf(row)]).filter(({ present }) => present[0] === 1)
      return {
        row,
        id,
        component: likeliest(responsibilities, arrays.components)[0]!,
        responsibilities,
        mean: slice(arrays.latentMean, arrays.latent),
        sd: slice(arrays.latentSd, arrays.latent),
        metadata: readMetadata(project.database, datasetId).map((column) => ({
          column: column.column.column,
          value: metadataValue(column, rowOf(row)),
        })),
        measured: measured.map((rows) => display.rows(rows)),
      }
    },
    'clusters.gallery': ({ run, rows }) => {
      const { database } = context.session().project
      const { datasetId, samples, rowOf } = runRows(database, run)
      requireRows(rows, samples)
      const display = new Display(store, database, datasetId)
      const ofDataset = rows.map(rowOf)
      const values = readRows(database, datasetId, ofDataset)
      return {
        ids: ofDataset.map((row) => readIds(database, datasetId, row, 1)[0] ?? ''),
        modalities: values.map((modality) => display.rows(modality)),
      }
    },
  }
}
