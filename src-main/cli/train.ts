import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { canReplicate } from '../../src-shared/methods/results.ts'
import { defaultReplicates } from '../../src-shared/domain/replication.ts'
import type { EngineName, Method, RunSummary } from '../../src-shared/domain/run.ts'
import { refused } from '../../src-shared/errors.ts'
import { settingsOf } from '../../src-shared/methods/available.ts'
import type { ShortForms } from '../../src-shared/methods/method.ts'
import { configKeys, parseConfig, withSetting } from '../../src-shared/config/parse.ts'
import { isObject } from '../../src-shared/json-object.ts'
import { openProject, type WritableProject } from '../project/project.ts'
import { readRun, removeRun } from '../project/runs.ts'
import { readKnowledgeFile } from '../services/knowledge-file.ts'
import { checkRun } from '../services/run-check.ts'
import { RunQueue } from '../services/run-queue.ts'
import { readJsonFile } from './arguments.ts'
import { chooseDataset } from './choose-dataset.ts'
import { requireEngine } from './require.ts'
import { follow, requireDone } from './follow.ts'
import { followReplication } from './replicate.ts'
import { runRecord, tellResult } from './run-report.ts'
import type { Terminal } from './terminal.ts'

export interface ConfigOptions {
  /** JSON file. */
  readonly config?: string
  /** `2,2,2` */
  readonly nodes?: string
  /** `key=value`, dotted keys. */
  readonly set: readonly string[]
  /** `NODE=COLUMN` */
  readonly anchor: readonly string[]
  /** Column that is to be told. */
  readonly label?: string
  /** File of what is known of the nodes. */
  readonly knowledge?: string
}

export interface TrainOptions extends ConfigOptions {
  readonly project: string
  readonly dataset?: number
  readonly method: Method
  readonly seed: number
  readonly engine: EngineName | 'auto'
  readonly threads?: number
  readonly name?: string
  /** 0: none; absent: the default. */
  readonly replicates?: number
}

/** The configuration from its parts: the file, then `--nodes`, `--label` and `--knowledge`, then each `--set`, then the anchors. */
export function configOf(method: Method, options: ConfigOptions, dataset: DatasetSummary): unknown {
  const { withShortForms } = settingsOf(method)
  const { nodes, anchor, label } = options
  if (withShortForms === undefined && (nodes !== undefined || anchor.length > 0 || label !== undefined))
    throw refused(`The method ${method} takes no --nodes, --anchor or --label.`, 'Leave them out, or use --set.', {
      field: 'nodes',
    })
  const short = (config: unknown, forms: ShortForms): unknown =>
    withShortForms === undefined ? config : withShortForms(config, forms, dataset.metadata)
  let config: unknown = options.config === undefined ? {} : readJsonFile(options.config)
  config = short(config, { nodes, anchors: [], label })
  if (options.knowledge !== undefined) config = withKnowledge(method, config, options.knowledge)
  for (const assignment of options.set) config = withSetting(method, config, assignment)
  return short(config, { nodes: undefined, anchors: anchor, label: undefined })
}

/** What the file says stands in place of what the configuration says of it; the rest, as scopes beside Tetrad's text, stays. */
function withKnowledge(method: Method, config: unknown, file: string): unknown {
  if (!configKeys(method).includes('knowledge.forbidden'))
    throw refused(`The method ${method} takes no --knowledge.`, 'Leave it out.', { field: 'knowledge' })
  const { scopes, intervened, ...edges } = readKnowledgeFile(file)
  const before = isObject(config) && isObject(config.knowledge) ? config.knowledge : {}
  const said = { ...edges, ...(scopes.length === 0 ? {} : { scopes }), ...(intervened === null ? {} : { intervened }) }
  return { ...(isObject(config) ? config : {}), knowledge: { ...before, ...said } }
}

/** `train`: refused before anything is written, or a run from its start to its end. */
export async function train(terminal: Terminal, options: TrainOptions): Promise<void> {
  const { method } = options
  await requireEngine(options.engine)
  const project = openProject(options.project, { program: 'causalscope train' })
  try {
    const dataset = chooseDataset(terminal, project, options.dataset)
    const config = parseConfig(method, configOf(method, options, dataset))
    const queue = new RunQueue(project)
    const run = queue.start({
      datasetId: dataset.id,
      method,
      config,
      seed: options.seed,
      engine: options.engine,
      threads: options.threads ?? null,
      name: options.name ?? null,
    })
    terminal.message(`${run.name} on ${dataset.name}, ${dataset.samples} samples, seed ${run.seed}.`)
    const check = checkRun(project.database, dataset, method, config)
    if (check.config !== null) for (const note of [...check.doubts, ...check.notes]) terminal.message(note)
    terminal.message(settingsOf(method).summary(config))
    await followToEnd(terminal, project, queue, run.id, options)
  } finally {
    project.close()
  }
}

/** The trainer refused the run before it began: then there never was one. */
function wasRefused(run: RunSummary): boolean {
  return run.status === 'failed' && run.error?.code === 'refused' && run.startedAt === null
}

/** Follows the run and prints what became of it; throws when it did not get to its end. */
export async function followToEnd(
  terminal: Terminal,
  project: WritableProject,
  queue: RunQueue,
  runId: number,
  options: { readonly project: string; readonly replicates?: number },
): Promise<void> {
  const ended = await follow(terminal, queue, runId)
  if (ended.status === 'done') {
    const count = options.replicates ?? (canReplicate(ended.method) ? defaultReplicates : 0)
    await followReplication(terminal, project, runId, count, options.project)
    await tellResult(terminal, project, readRun(project.database, runId))
  } else if (wasRefused(ended)) removeRun(project.database, runId)
  else await terminal.record(runRecord(ended, null))
  requireDone(ended, options.project)
}
