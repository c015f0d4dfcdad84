import * as v from 'valibot'
import type { RequestOf } from '../../../src-shared/contract.ts'
import type { modelRequests } from '../../../src-shared/contract/models.ts'
import { config as configShape } from '../../../src-shared/contract/models.ts'
import { isUsed, usualModalities } from '../../../src-shared/config/used-modalities.ts'
import { refused } from '../../../src-shared/errors.ts'
import { settingsOf } from '../../../src-shared/methods/available.ts'
import { suggestionWords } from '../../../src-shared/findings/suggestion-words.ts'
import { checkConfig, parseConfig } from '../../../src-shared/config/parse.ts'
import type { EngineName } from '../../../src-shared/domain/run.ts'
import { defaultThreads } from '../../compute/threads.ts'
import type { Handlers } from '../../host/router.ts'
import { listDatasets, readDataset } from '../../project/datasets.ts'
import type { ReadableDatabase } from '../../project/database.ts'
import { listRuns } from '../../project/runs.ts'
import { roomOf } from '../../models/methods.ts'
import { estimateRun } from '../../services/estimate.ts'
import { checkRun } from '../../services/run-check.ts'
import { estimateSuggestion, suggestNodes } from '../../services/suggestion.ts'
import type { AppContext } from '../context.ts'

type Suggesting = Omit<RequestOf<'model.suggestTime'>, 'mostNodes'>

export function modelHandlers(context: AppContext): Handlers<keyof typeof modelRequests> {
  const database = () => context.session().project.database
  /** The configuration filled in, with what the estimate goes by. Throws `refused` where it cannot be. */
  const suggesting = ({ dataset, method, config: given, engine, threads }: Suggesting) => {
    const described = readDataset(database(), dataset)
    const checked = checkRun(database(), described, method, given)
    const [problem] = checked.problems
    if (checked.config === null)
      throw refused(problem?.message ?? '', problem?.hint ?? '', { field: problem?.field ?? '' })
    return {
      method,
      config: checked.config,
      dataset: { ...described, samples: checked.samples },
      engine: engine === 'auto' ? usualEngine(database()) : engine,
      threads: threads ?? defaultThreads(),
      known: trainedRuns(database()),
    }
  }

  return {
    'model.defaults': ({ dataset, method }) => {
      const { modalities } = readDataset(database(), dataset)
      const config = parseConfig(method, {})
      return { config: asRecord({ ...config, modalities: usualModalities(modalities, settingsOf(method)) }) }
    },
    'model.check': ({ dataset, method, config, engine, threads }) => {
      const described = readDataset(database(), dataset)
      const checked = checkRun(database(), described, method, config)
      if (checked.config === null)
        return { config: null, problems: checked.problems, estimate: null, notes: [], doubts: [] }
      // What was prepared and is not used is not in the run's data either.
      const { modalities: names } = checked.config
      const modalities = described.modalities.filter((m) => m.prepared === undefined || isUsed(names, m))
      const used = { ...described, samples: checked.samples, modalities }
      const estimate = estimateRun({
        dataset: used,
        cost: roomOf(method).cost(checked.config, used),
        engine: engine === 'auto' ? usualEngine(database()) : engine,
        threads: threads ?? defaultThreads(),
        known: trainedRuns(database()),
      })
      return { config: asRecord(checked.config), problems: [], estimate, notes: checked.notes, doubts: checked.doubts }
    },
    'model.suggestTime': (request) => ({ seconds: estimateSuggestion(suggesting(request)) }),
    'model.suggest': async ({ task, seed, ...request }) => {
      const { method, config } = suggesting(request)
      const { project } = context.session()
      const { engine, threads, mostNodes, dataset: datasetId } = request
      const suggestion = await context.tasks.run(task, ({ signal, report }) =>
        suggestNodes(
          project,
          { datasetId, method, config, seed, engine, threads, mostNodes },
          { signal, report: (label, fraction) => report(label, fraction), spawn: context.spawn },
        ),
      )
      return { suggestion, ...suggestionWords(suggestion) }
    },
  }
}

/** What `auto` took last in this project; before any run, the engine that is always there. */
function usualEngine(database: ReadableDatabase): EngineName {
  return listRuns(database).findLast(({ engine }) => engine !== null)?.engine ?? 'wasm'
}

function trainedRuns(database: ReadableDatabase): Parameters<typeof estimateRun>[0]['known'] {
  const datasets = new Map(listDatasets(database).map((dataset) => [dataset.id, dataset]))
  return listRuns(database).flatMap((run) => {
    const dataset = datasets.get(run.datasetId)
    if (dataset === undefined || run.epoch === 0) return []
    const { config } = checkConfig(run.method, run.config)
    if (config === null) return []
    return [{ run, samples: dataset.samples, work: roomOf(run.method).cost(config, dataset).work }]
  })
}

function asRecord(value: unknown): Record<string, unknown> {
  return v.parse(configShape, value)
}
