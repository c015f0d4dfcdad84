import * as v from 'valibot'
import { config as configShape } from '../../../src-shared/contract/models.ts'
import { failed } from '../../../src-shared/errors.ts'
import type { runRequests } from '../../../src-shared/contract/runs.ts'
import type { RunSummary } from '../../../src-shared/domain/run.ts'
import type { Handlers } from '../../host/router.ts'
import { readCheckpoints, readEpochs, readLog } from '../../project/run-history.ts'
import { deleteRuns, listRuns, readRun, readRunRecord, restoreRuns, updateRun } from '../../project/runs.ts'
import { goOnRequest, whyNotOn } from '../../services/go-on.ts'
import type { AppContext } from '../context.ts'

export function runHandlers(context: AppContext): Handlers<keyof typeof runRequests> {
  const database = () => context.session().project.database
  const after = (run: number): { run: RunSummary } => ({ run: readRun(database(), run) })
  return {
    'run.list': () => ({ runs: listRuns(database()) }),
    'run.get': ({ run }) => {
      const { summary, provenance } = readRunRecord(database(), run)
      return {
        run: summary,
        provenance,
        log: readLog(database(), run),
        checkpoints: readCheckpoints(database(), run),
      }
    },
    'run.start': ({ dataset, trainings, ...request }) => ({
      run: context.session().queue.startSeeds({ ...request, datasetId: dataset }, trainings)[0]!,
    }),
    'run.pause': ({ run }) => {
      context.session().queue.pause(run)
      return after(run)
    },
    'run.continue': ({ run }) => {
      context.session().queue.continue(run)
      return after(run)
    },
    'run.interrupt': ({ run }) => {
      context.session().queue.interrupt(run)
      return after(run)
    },
    'run.resume': ({ run }) => ({ run: context.session().queue.resume(run) }),
    'run.whyNotOn': async ({ run }) => ({ why: await whyNotOn(database(), run) }),
    'run.goOn': async ({ run, epochs }) => ({
      run: context.session().queue.start(await goOnRequest(database(), run, epochs)),
    }),
    'run.rename': ({ run, name }) => {
      updateRun(database(), run, { name })
      const renamed = after(run)
      context.session().tell([renamed.run])
      return renamed
    },
    'run.duplicate': ({ run }) => {
      const { datasetId, method, config, seed, name } = readRun(database(), run)
      const parsed = v.safeParse(configShape, config)
      if (!parsed.success)
        throw failed(`${name} has no configuration that can be read.`, 'Set up a new run in the model view.')
      return { dataset: datasetId, method, config: parsed.output, seed, name: `${name} again` }
    },
    'run.delete': ({ runs }) => {
      deleteRuns(database(), runs)
      context.session().tell([], runs)
      return {}
    },
    'run.restore': ({ runs }) => {
      const restored = restoreRuns(database(), runs)
      context.session().tell(restored)
      return { runs: restored }
    },
    'run.history': ({ run, since }) => {
      readRun(database(), run)
      return { epochs: readEpochs(database(), run, since) }
    },
    'run.preview': ({ run }) => ({ preview: context.session().preview(run) }),
  }
}
