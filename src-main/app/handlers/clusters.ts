import { refused } from '../../../src-shared/errors.ts'
import type { clusterRequests } from '../../../src-shared/contract/clusters.ts'
import type { Handlers } from '../../host/router.ts'
import { readRun } from '../../project/runs.ts'
import { readIds, readMetadata, readRows } from '../../project/samples.ts'
import { readGraphAnnotations } from '../../services/graphs.ts'
import { clustersView, mostResponsible } from '../clusters-view.ts'
import type { AppContext } from '../context.ts'
import { displayArray } from '../display.ts'
import { metadataValue } from '../metadata.ts'

type ClusterChannel = Extract<keyof typeof clusterRequests, `clusters.${string}`>

export function clusterHandlers(context: AppContext): Handlers<ClusterChannel> {
  const { results, store } = context
  const datasetOf = (run: number): number => readRun(context.session().project.database, run).datasetId
  return {
    'clusters.get': async ({ run }) => {
      const { project } = context.session()
      const [result, arrays] = await Promise.all([results.result(project, run), results.arrays(project, run)])
      const annotations = readGraphAnnotations(project, run, result.graph)
      const metadata = readMetadata(project.database, datasetOf(run))
      return clustersView({ runId: run, result, arrays, annotations, metadata, store })
    },
    'clusters.sample': async ({ run, row }) => {
      const { project } = context.session()
      const arrays = await results.arrays(project, run)
      const id = arrays.ids[row]
      if (id === undefined) throw refused(`The run has no sample in row ${row}.`, '', { field: 'row' })
      const slice = (values: Float32Array, width: number): number[] =>
        Array.from(values.subarray(row * width, (row + 1) * width))
      const one = {
        ...arrays,
        ids: [id],
        responsibilities: Float32Array.from(slice(arrays.responsibilities, arrays.components)),
      }
      const measured = readRows(project.database, datasetOf(run), [row]).filter(({ present }) => present[0] === 1)
      return {
        row,
        id,
        component: mostResponsible(one)[0]!,
        responsibilities: slice(arrays.responsibilities, arrays.components),
        mean: slice(arrays.latentMean, arrays.latent),
        sd: slice(arrays.latentSd, arrays.latent),
        metadata: readMetadata(project.database, datasetOf(run)).map((column) => ({
          column: column.column.column,
          value: metadataValue(column, row),
        })),
        measured: measured.map((rows) => displayArray(store, rows)),
      }
    },
    'clusters.gallery': ({ run, rows }) => {
      const { database } = context.session().project
      const dataset = datasetOf(run)
      const values = readRows(database, dataset, rows)
      return {
        ids: rows.map((row) => readIds(database, dataset, row, 1)[0] ?? ''),
        modalities: values.map((modality) => displayArray(store, modality)),
      }
    },
  }
}
