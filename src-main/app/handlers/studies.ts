import type { studyRequests } from '../../../src-shared/contract/studies.ts'
import type { Handlers } from '../../host/router.ts'
import { readRun } from '../../project/runs.ts'
import { listStudies, readStudy, studyRuns } from '../../project/studies.ts'
import { parseVariations, pointsOf } from '../../services/studies/grid.ts'
import { studyTable } from '../../services/studies/study-table.ts'
import { studyTasksTable } from '../../services/studies/study-tasks.ts'
import { beginStudy, studyTasks } from '../../services/studies/study-work.ts'
import type { AppContext } from '../context.ts'

export function studyHandlers(context: AppContext): Handlers<keyof typeof studyRequests> {
  const database = () => context.session().project.database
  return {
    'study.list': () => ({
      studies: listStudies(database()).map((study) => {
        const { id, name, datasetId, method, over, seeds } = study
        const runs = Array.from(studyRuns(database(), id).values(), (run) => readRun(database(), run))
        const done = runs.filter(({ status }) => status === 'done').length
        return { id, name, dataset: datasetId, method, over, seeds, planned: pointsOf(study).length, done }
      }),
    }),
    'study.table': ({ study, ...measure }) => studyTable(database(), readStudy(database(), study), measure),
    'study.tasks': ({ study }) => ({ tasks: studyTasksTable(database(), readStudy(database(), study)) }),
    'study.begin': async ({ dataset, over, seeds, firstSeed, on = 'local', ...plan }) => {
      const session = context.session()
      session.studies.requireIdle()
      const place = on === 'local' ? undefined : await session.cluster('study')
      const { id } = beginStudy(session.project, {
        ...{ ...plan, name: null, datasetId: dataset, over: parseVariations(over) },
        seeds: Array.from({ length: seeds }, (_, at) => firstSeed + at),
      })
      session.study(id, place)
      return { study: id }
    },
    'study.continue': async ({ study, on = 'local' }) => {
      const session = context.session()
      session.studies.requireIdle()
      const there = on === 'slurm' || studyTasks(database(), readStudy(database(), study)).length > 0
      session.study(study, there ? await session.cluster('study') : undefined)
      return {}
    },
    'study.stop': () => {
      context.session().studies.interrupt()
      return {}
    },
  }
}
