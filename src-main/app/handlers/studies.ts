import type { studyRequests } from '../../../src-shared/contract/studies.ts'
import type { Handlers } from '../../host/router.ts'
import { readRun } from '../../project/runs.ts'
import { listStudies, readStudy, studyRuns } from '../../project/studies.ts'
import { parseVariations, pointsOf } from '../../services/studies/grid.ts'
import { studyTable } from '../../services/studies/study-table.ts'
import { beginStudy } from '../../services/studies/study-work.ts'
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
    'study.begin': ({ dataset, over, seeds, firstSeed, ...plan }) => {
      const session = context.session()
      session.studies.requireIdle()
      const { id } = beginStudy(session.project, {
        ...{ ...plan, name: null, datasetId: dataset, over: parseVariations(over) },
        seeds: Array.from({ length: seeds }, (_, at) => firstSeed + at),
      })
      session.study(id)
      return { study: id }
    },
    'study.continue': ({ study }) => {
      context.session().study(study)
      return {}
    },
    'study.stop': () => {
      context.session().studies.interrupt()
      return {}
    },
  }
}
