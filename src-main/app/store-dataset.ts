/** A source read into a project: into the one that is open, or into a new one that is there only if it could be read. */
import type { DataDescription, DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { listDatasets } from '../project/datasets.ts'
import { importDataset } from '../services/datasets.ts'
import type { AppContext } from './context.ts'
import { freePath } from './free-path.ts'
import { tellProgress } from './import-progress.ts'
import type { ProjectSession } from './project-session.ts'
import type { Task } from './tasks.ts'

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

/** As `storeDataset`, into a new project of that name, which is opened. What cannot be read leaves no project behind. */
export async function storeInNewProject(
  context: AppContext,
  asked: Import,
): Promise<{ readonly session: ProjectSession; readonly dataset: DatasetSummary }> {
  const session = await context.openProject(freePath(asked.name), 'new')
  try {
    return { session, dataset: await storeDataset(context, session, asked) }
  } catch (error) {
    await context.closeProject().catch((problem: unknown) => context.log('closing', problem))
    await context.settings.forget(session.project.file)
    session.project.discard()
    throw error
  }
}
