import type { clusterRequests } from '../../../src-shared/contract/clusters.ts'
import type { Handlers } from '../../host/router.ts'
import { readDataset } from '../../project/datasets.ts'
import { readRun } from '../../project/runs.ts'
import { readIds, readMetadata, readRows } from '../../project/samples.ts'
import { readGraphAnnotations } from '../../services/graphs.ts'
import { clustersView, mostResponsible } from '../clusters-view.ts'
import type { AppContext } from '../context.ts'
import { Display } from '../display.ts'
import { metadataValue } from '../metadata.ts'
import { requireRows } from '../rows.ts'

type ClusterChannel = Extract<keyof typeof clusterRequests, `clusters.${string}`>

export function clusterHandlers(context: AppContext): Handlers<ClusterChannel> {
  const { results, store } = context
  const datasetOf = (run: number): number => readRun(context.session().project.database, run).datasetId
  return {
    'clusters.get': async ({ run }) => {
      const { project } = context.session()
      const [result, arrays] = await Promise.all([results.result(project, run), results.arrays(project, run)])
      const annotations = readGraphAnnotations(project, run, result.graph)
      const { database } = project
      const dataset = datasetOf(run)
      const { metadata } = readDataset(database, dataset)
      return clustersView({
        ...{ runId: run, result, arrays, annotations, metadata, store },
        readArrays: () => results.arrays(project, run),
        readMetadata: () => readMetadata(database, dataset),
      })
    },
    'clusters.sample': async ({ run, row }) => {
      const { project } = context.session()
      const arrays = await results.arrays(project, run)
      requireRows([row], arrays.ids.length)
      const id = arrays.ids[row]!
      const slice = (values: Float32Array, width: number): number[] =>
        Array.from(values.subarray(row * width, (row + 1) * width))
      const one = {
        ...arrays,
        ids: [id],
        responsibilities: Float32Array.from(slice(arrays.responsibilities, arrays.components)),
      }
      const display = new Display(store, project.database, datasetOf(run))
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
        measured: measured.map((rows) => display.rows(rows)),
      }
    },
    'clusters.gallery': ({ run, rows }) => {
      const { database } = context.session().project
      const dataset = datasetOf(run)
      requireRows(rows, readDataset(database, dataset).samples)
      const display = new Display(store, database, dataset)
      const values = readRows(database, dataset, rows)
      return {
        ids: rows.map((row) => readIds(database, dataset, row, 1)[0] ?? ''),
        modalities: values.map((modality) => display.rows(modality)),
      }
    },
  }
}
