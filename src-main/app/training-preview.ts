/** A trainer's look inside as the page fetches it: latents and reconstructions as arrays, beside what was measured. */
import type { Preview } from '../../src-shared/contract/runs.ts'
import type { TrainingPreview } from '../../src-shared/domain/run.ts'
import type { ReadableProject } from '../project/project.ts'
import { readIds, readRows } from '../project/samples.ts'
import { runRows } from '../services/used-rows.ts'
import { principalPlane } from '../statistics/principal-plane.ts'
import type { DataStore } from './data-store.ts'
import { Display } from './display.ts'

export function previewForPage(
  project: ReadableProject,
  store: DataStore,
  runId: number,
  preview: TrainingPreview,
): Preview {
  const { datasetId, rowOf } = runRows(project.database, runId)
  const display = new Display(store, project.database, datasetId)
  const width = preview.latent[0]?.length ?? 0
  const { points, explained } = principalPlane(Float32Array.from(preview.latent.flat()), width)
  const reconstructions = preview.reconstructions.map(({ modality, row: ofRun, values }) => {
    const row = rowOf(ofRun)
    const [measured] = readRows(project.database, datasetId, [row], [modality])
    if (measured === undefined) throw new Error(`the trainer rebuilt ${modality}, which the data set does not have`)
    const shape = [1, ...measured.modality.shape]
    return {
      modality,
      row,
      id: readIds(project.database, datasetId, row, 1)[0] ?? '',
      measured: store.put(display.values(measured.modality, measured.data, measured.present), shape),
      rebuilt: store.put(display.values(measured.modality, Float32Array.from(values)), shape),
    }
  })
  return {
    run: runId,
    epoch: preview.epoch,
    rows: preview.rows.map(rowOf),
    points: store.put(points, [preview.latent.length, 2]),
    explained,
    components: preview.components,
    reconstructions,
  }
}
