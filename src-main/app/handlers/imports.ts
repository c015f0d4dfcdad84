import type { importRequests } from '../../../src-shared/contract/imports.ts'
import type { ModalityArray } from '../../../src-shared/contract/shapes.ts'
import type { PreviewArray } from '../../../src-shared/domain/import.ts'
import { inspectSource } from '../../importers/import.ts'
import type { Handlers } from '../../host/router.ts'
import { requireSource } from '../../services/source.ts'
import type { AppContext } from '../context.ts'
import type { DataStore } from '../data-store.ts'
import { tellProgress } from '../import-progress.ts'
import { storeDataset, storeInNewProject } from '../store-dataset.ts'

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
      tasks.run(task, async ({ signal, report }) => {
        const asked = { source, description, name, signal, report }
        const open = context.current()
        if (open !== null) return { dataset: await storeDataset(context, open, asked) }
        const { dataset } = await storeInNewProject(context, asked)
        return { dataset }
      }),
  }
}

function previewArray(store: DataStore, { modality, kind, shape, dtype, base64 }: PreviewArray): ModalityArray {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'))
  return { modality, kind, array: store.put(dtype === 'uint8' ? bytes : new Float32Array(bytes.buffer), shape) }
}
