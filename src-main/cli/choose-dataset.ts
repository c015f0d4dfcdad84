import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { refused } from '../../src-shared/errors.ts'
import { listDatasets, readDataset } from '../project/datasets.ts'
import type { ReadableProject } from '../project/project.ts'
import type { Terminal } from './terminal.ts'

/** The data set asked for, or the newest. */
export function chooseDataset(terminal: Terminal, project: ReadableProject, id: number | undefined): DatasetSummary {
  if (id !== undefined) return readDataset(project.database, id)
  const datasets = listDatasets(project.database)
  const newest = datasets[datasets.length - 1]
  if (newest === undefined)
    throw refused(
      `The project ${project.file} holds no data.`,
      'Import some first: causalscope import SRC --project FILE.',
      { file: project.file },
    )
  if (datasets.length > 1) terminal.message(`Data set ${newest.id} (${newest.name}), the newest of ${datasets.length}.`)
  return newest
}
