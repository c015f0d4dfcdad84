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
import { compareRun } from '../run-comparison.ts'

const folderKey = 'export'

export function exportHandlers(context: AppContext): Handlers<keyof typeof exportRequests> {
  const { host, settings, tasks } = context
  return {
    'export.run': ({ run, folder, formats, byteOrderMark, comparedWith, task }) =>
      tasks.run(task, async ({ signal, report }) => {
        // Drawing, CSV and Parquet are loaded by the first export, not by the first view.
        const { exportRun } = await import('../../export/export-run.ts')
        report('Reading the run', null)
        const finished = await readFinishedRun(context.session().project, run)
        const comparison = comparedWith === null ? null : await compareRun(context, run, comparedWith)
        const files: { path: string; bytes: number }[] = []
        for (const [done, format] of formats.entries()) {
          signal.throwIfAborted()
          report(`Writing ${format}`, done / formats.length, `${done} of ${formats.length}`)
          files.push(...(await exportRun({ ...finished, comparison, out: folder, formats: [format], byteOrderMark })))
        }
        await settings.rememberFolder(folderKey, folder)
        return { files: files.map(({ path, bytes }) => ({ path, bytes })) }
      }),
    'export.selection': async ({ run, file, rows }) => {
      const { project } = context.session()
      requireRows(rows, readDataset(project.database, readRun(project.database, run).datasetId).samples)
      const [{ clustersCsv, withByteOrderMark }, { checkedRun }] = await Promise.all([
        import('../../export/clusters-csv.ts'),
        import('../../export/finished-run.ts'),
      ])
      const finished = checkedRun(await readFinishedRun(project, run))
      const path = /\.csv$/i.test(file) ? file : `${file}.csv`
      const { bytes } = await writeWhole(path, withByteOrderMark(clustersCsv(finished, rows)))
      await settings.rememberFolder(folderKey, dirname(path))
      return { files: [{ path, bytes }] }
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
