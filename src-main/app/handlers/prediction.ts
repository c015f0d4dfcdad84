import { dirname } from 'node:path'
import type { predictionRequests } from '../../../src-shared/contract/prediction.ts'
import type { ReliabilityCurve } from '../../../src-shared/methods/facets.ts'
import { facetOf, findingsOf } from '../../../src-shared/methods/results.ts'
import { writeWhole } from '../../datasets/whole-file.ts'
import type { Handlers } from '../../host/router.ts'
import { readDataset } from '../../project/datasets.ts'
import { predictLabels, tellableSets } from '../../services/predict.ts'
import { toldSummary } from '../../services/told-words.ts'
import { runRows } from '../../services/used-rows.ts'
import { changedSample } from '../changed-samples.ts'
import type { AppContext } from '../context.ts'

/** A copy that may be answered with. */
function curveOf({ bins, error, brier }: ReliabilityCurve) {
  return { bins: bins.map((bin) => ({ ...bin })), error, brier }
}

export function predictionHandlers(context: AppContext): Handlers<keyof typeof predictionRequests> {
  const { results, settings, store, tasks } = context
  return {
    'prediction.get': async ({ run }) => {
      const { project } = context.session()
      const [result, arrays] = await Promise.all([results.result(project, run), results.arrays(project, run)])
      const prediction = facetOf(result, 'prediction')
      const { label, classes, measuredOn, measured, accuracy, risk } = prediction
      const { confusion, robustness, attention, fragile, calibration, temperature, changes } = prediction
      const { datasetId, rowOf: datasetRow } = runRows(project.database, run)
      const source = { database: project.database, datasetId, store }
      const changeOf = (id: string, row: number) => {
        const change = changes.find((one) => one.id === id)
        return change === undefined ? null : changedSample(change, datasetRow(row), source)
      }
      const { headline, details } = findingsOf(result, { judgement: null, components: null })
      const rowOf = new Map(arrays.ids.map((id, row) => [id, row]))
      return {
        ...{ run, label, classes: [...classes], headline, measuredOn, measured, accuracy, risk },
        details: details.map(({ severity, text }) => ({ severity, text })),
        confusion: confusion.map((row) => [...row]),
        robustness: robustness.map((row) => ({ ...row, modalities: [...row.modalities] })),
        attention: attention.map(({ modality, takes }) => ({ modality, takes: [...takes] })),
        calibration:
          calibration === null ? null : { before: curveOf(calibration.before), after: curveOf(calibration.after) },
        temperature,
        fragile: fragile.map((sample) => ({
          ...sample,
          row: rowOf.get(sample.id)!,
          change: changeOf(sample.id, rowOf.get(sample.id)!),
        })),
      }
    },
    'prediction.sets': ({ run }) => ({
      sets: tellableSets(context.session().project, run).map(({ dataset: { id }, why }) => ({ dataset: id, why })),
    }),
    'prediction.tell': ({ run, dataset, file, task }) =>
      tasks.run(task, async ({ signal, report }) => {
        const { project } = context.session()
        report('Telling labels', null)
        const { name } = readDataset(project.database, dataset)
        const told = await predictLabels(project, run, dataset, { signal })
        // Tables are loaded by the first that is written.
        const { toldCsv } = await import('../../export/told-csv.ts')
        const path = /\.csv$/i.test(file) ? file : `${file}.csv`
        const { bytes } = await writeWhole(path, toldCsv(told))
        await settings.rememberFolder('export', dirname(path))
        const { told: count, unlike, words } = toldSummary(told, name)
        return { path, bytes, told: count, unlike, words: [...words] }
      }),
  }
}
