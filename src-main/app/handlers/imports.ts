import type { importRequests } from '../../../src-shared/contract/imports.ts'
import type { ModalityArray } from '../../../src-shared/contract/shapes.ts'
import type { DataDescription, DatasetSummary } from '../../../src-shared/domain/dataset.ts'
import type { PreviewArray } from '../../../src-shared/domain/import.ts'
import { inspectSource } from '../../importers/import.ts'
import type { Handlers } from '../../host/router.ts'
import { listDatasets } from '../../project/datasets.ts'
import { importDataset } from '../../services/datasets.ts'
import { requireSource } from '../../services/source.ts'
import type { AppContext } from '../context.ts'
import type { DataStore } from '../data-store.ts'
import { tellProgress } from '../import-progress.ts'
import type { ProjectSession } from '../project-session.ts'
import type { Task } from '../tasks.ts'

export function importHandlers(context: AppContext): Handlers<keyof typeof importRequests> {
  const { spawn, store, tasks } = context
  return {
    'import.inspect': ({ source, description, task }) =>
      tasks.run(task, async ({ signal, report }) => {
        await requireSource(source)
        const { preview, ...plan } = await inspectSource(source, {
          ...(description === null ? {} : { description }),
          signal,
          spawn,
          onProgress: tellProgress(report),
        })
        const modalities = preview.modalities.map((array) => previewArray(store, array))
        return { plan: { ...plan, preview: { ...preview, modalities } } }
      }),
    'import.confirm': ({ source, description, name, task }) =>
      tasks.run(task, async ({ signal, report }) => ({
        dataset: await storeDataset(context, context.session(), { source, description, name, signal, report }),
      })),
  }
}

interface Import extends Task {
  readonly source: string
  readonly description?: DataDescription
  readonly name: string
}

/** Reads the source into the project and tells the page of its data sets. */
export async function storeDataset(
  context: AppContext,
  session: ProjectSession,
  { source, description, name, signal, report }: Import,
): Promise<DatasetSummary> {
  const { project } = session
  const { dataset } = await importDataset(
    project.file,
    {
      source,
      name,
      ...(description === undefined ? {} : { description }),
      signal,
      spawn: context.spawn,
      onProgress: tellProgress(report),
    },
    () => project,
  )
  context.push({ name: 'datasets.changed', payload: { datasets: listDatasets(project.database) } })
  return dataset
}

function previewArray(store: DataStore, { modality, kind, shape, dtype, base64 }: PreviewArray): ModalityArray {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'))
  return { modality, kind, array: store.put(dtype === 'uint8' ? bytes : new Float32Array(bytes.buffer), shape) }
}
