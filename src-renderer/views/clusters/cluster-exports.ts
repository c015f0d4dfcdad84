/** Clusters to CSV files: every sample, or the selected ones. */
import { request } from '../../client.ts'
import { dialogs } from '../../state/dialogs.svelte.ts'
import { joinPath } from '../../state/file-choice.ts'
import { tasks } from '../../state/tasks.svelte.ts'
import { attempt, toasts } from '../../state/toasts.svelte.ts'
import { counted } from '../../words/quantities.ts'

export async function exportAll(run: number, samples: number): Promise<void> {
  await attempt(async () => {
    const { folder: suggestion } = await request('export.suggest', {})
    const folder = await dialogs.file({ purpose: 'export-folder', title: 'Export clusters to a folder', suggestion })
    if (folder === null) return
    const { files } = await tasks.run('Exporting the clusters', (task) =>
      request('export.run', { run, folder, formats: ['clusters.csv'], byteOrderMark: true, task }),
    )
    toasts.done(`${counted(samples, 'sample')} written to ${files[0]?.path ?? folder}.`)
  })
}

export async function exportSelection(run: number, rows: Int32Array): Promise<void> {
  await attempt(async () => {
    const { folder } = await request('export.suggest', {})
    const file = await dialogs.file({
      purpose: 'save-file',
      title: `Export ${counted(rows.length, 'sample')} as CSV`,
      suggestion: joinPath(folder, 'selection.csv'),
    })
    if (file === null) return
    const { files } = await request('export.selection', { run, file, rows: [...rows] })
    toasts.done(`${counted(rows.length, 'sample')} written to ${files[0]?.path ?? file}.`)
  })
}
