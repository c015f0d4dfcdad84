import { dirname } from 'node:path'
import { refused } from '../../../src-shared/errors.ts'
import type { exportRequests } from '../../../src-shared/contract/exports.ts'
import { writeWhole } from '../../datasets/whole-file.ts'
import type { Handlers } from '../../host/router.ts'
import { readDataset } from '../../project/datasets.ts'
import { readRun } from '../../project/runs.ts'
import { readFinishedRun } from '../../services/results.ts'
import type { AppContext } from '../context.ts'
import { requireRows } from '../rows.ts'

const folderKey = 'export'
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export function exportHandlers(context: AppContext): Handlers<keyof typeof exportRequests> {
  const { host, settings, tasks } = context
  return {
    'export.run': ({ run, folder, formats, task }) =>
      tasks.run(task, async ({ signal, report }) => {
        // Drawing, CSV and Parquet are loaded by the first export, not by the first view.
        const { exportRun } = await import('../../export/export-run.ts')
        report('Reading the run', null)
        const finished = await readFinishedRun(context.session().project, run)
        const files: { path: string; bytes: number }[] = []
        for (const [done, format] of formats.entries()) {
          signal.throwIfAborted()
          report(`Writing ${format}`, done / formats.length, `${done} of ${formats.length}`)
          files.push(...(await exportRun({ ...finished, out: folder, formats: [format] })))
        }
        await settings.rememberFolder(folderKey, folder)
        return { files: files.map(({ path, bytes }) => ({ path, bytes })) }
      }),
    'export.selection': async ({ run, file, rows }) => {
      const { project } = context.session()
      requireRows(rows, readDataset(project.database, readRun(project.database, run).datasetId).samples)
      const [{ clustersCsv }, { checkedRun }] = await Promise.all([
        import('../../export/clusters-csv.ts'),
        import('../../export/finished-run.ts'),
      ])
      const finished = checkedRun(await readFinishedRun(project, run))
      const path = /\.csv$/i.test(file) ? file : `${file}.csv`
      const { bytes } = await writeWhole(path, clustersCsv(finished, rows))
      await settings.rememberFolder(folderKey, dirname(path))
      return { files: [{ path, bytes }] }
    },
    'export.picture': async ({ file, content }) => {
      const bytes = content.kind === 'svg' ? Buffer.from(content.text, 'utf8') : Buffer.from(content.base64, 'base64')
      if (!file.toLowerCase().endsWith(`.${content.kind}`))
        throw refused(`${file} is not the name of a .${content.kind} file.`, 'Change its ending.', { file })
      if (content.kind === 'png' && !bytes.subarray(0, 8).equals(pngSignature))
        throw refused('This is not a PNG picture.', 'Export it again.')
      const written = await writeWhole(file, [bytes])
      await settings.rememberFolder(folderKey, dirname(file))
      return { files: [{ path: file, bytes: written.bytes }] }
    },
    'export.open': async ({ path }) => {
      if (!/\.(html|csv|svg|png|txt|json)$/i.test(path))
        throw refused(`${path} is not a file that Causalscope writes.`, 'Open it from its folder.', { file: path })
      return { shown: await host.openFile(path) }
    },
    'export.suggest': () => {
      const project = context.current()?.project.file
      return { folder: settings.lastFolder(folderKey) ?? dirname(project ?? settings.folder) }
    },
  }
}
