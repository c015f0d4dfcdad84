import type { clusterRequests } from '../../../src-shared/contract/clusters.ts'
import { type Matrix, matrixOf } from '../../../src-shared/domain/result.ts'
import { facetOf, facetsOf } from '../../../src-shared/methods/results.ts'
import type { Handlers } from '../../host/router.ts'
import { readDataset } from '../../project/datasets.ts'
import { readIds, readMetadata, readRows } from '../../project/samples.ts'
import { givenClusterNames, nameCluster, ownClusterNames } from '../../services/cluster-names.ts'
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

  /** What the clusters of a run are called, and would be without anybody having named them. */
  const named = async (run: number) => {
    const { project } = context.session()
    const [result, arrays] = await Promise.all([results.result(project, run), results.arrays(project, run)])
    const { graph } = facetsOf(result)
    const { columns } = matrixOf(arrays, facetOf(result, 'clusters').responsibilities)
    const own = ownClusterNames(graph, readGraphAnnotations(project, run, graph).categories, columns)
    const given = givenClusterNames(project, run, columns)
    return { own, titles: own.map((title, c) => given[c] ?? title) }
  }

  return {
    'clusters.get': async ({ run }) => {
      const { project } = context.session()
      const [result, arrays, judged] = await Promise.all([
        results.result(project, run),
        results.arrays(project, run),
        results.judged(project, run),
      ])
      const annotations = readGraphAnnotations(project, run, facetsOf(result).graph)
      const { database } = project
      const { datasetId, samples, rowOf } = runRows(database, run)
      const { metadata } = readDataset(database, datasetId)
      const { titles } = await named(run)
      return clustersView({
        ...{ runId: run, result, arrays, annotations, titles, metadata, store },
        judgement: judged?.judgement ?? null,
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
      const [result, arrays] = await Promise.all([results.result(project, run), results.arrays(project, run)])
      const gamma = matrixOf(arrays, facetOf(result, 'clusters').responsibilities)
      const points = facetOf(result, 'representation')
      requireRows([row], arrays.ids.length)
      const id = arrays.ids[row]!
      const ofRow = ({ values, columns }: Matrix): number[] =>
        Array.from(values.subarray(row * columns, (row + 1) * columns))
      const responsibilities = ofRow(gamma)
      const { datasetId, rowOf } = runRows(project.database, run)
      const display = new Display(store, project.database, datasetId)
      const measured = readRows(project.database, datasetId, [rowOf(row)]).filter(({ present }) => present[0] === 1)
      return {
        row,
        id,
        component: likeliest(responsibilities, gamma.columns)[0]!,
        responsibilities,
        mean: ofRow(matrixOf(arrays, points.mean)),
        sd: ofRow(matrixOf(arrays, points.sd)),
        metadata: readMetadata(project.database, datasetId).map((column) => ({
          column: column.column.column,
          value: metadataValue(column, rowOf(row)),
        })),
        measured: measured.map((rows) => display.rows(rows)),
      }
    },
    'clusters.rename': async ({ run, outcome, name }) => {
      const { own } = await named(run)
      nameCluster(context.session().project, run, own, outcome, name)
      return { titles: (await named(run)).titles }
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
