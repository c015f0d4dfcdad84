import { join, resolve } from 'node:path'
import type { Counterfactual, Effect } from '../../src-shared/contract/what-if.ts'
import { refused } from '../../src-shared/errors.ts'
import { percent } from '../../src-shared/findings/words.ts'
import { type Setting, settingsCalled } from '../../src-shared/graph-questions/called.ts'
import type { Clusters } from '../../src-shared/methods/facets.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import { type DrawnModality, jointCsv, writeDraws } from '../export/draws.ts'
import type { Prediction } from '../models/inference.ts'
import { readDataset } from '../project/datasets.ts'
import { openProject } from '../project/project.ts'
import { readRun } from '../project/runs.ts'
import { knownFrom } from '../services/knowledge-file.ts'
import type { AskedRun } from '../services/what-if/asked-run.ts'
import { readAskedRun, readAskedSamples } from '../services/what-if/read-asked.ts'
import { counterfactualOf } from '../services/what-if/counterfactual.ts'
import { effectOf } from '../services/what-if/effect.ts'
import { keepQuestion } from '../services/what-if/kept.ts'
import { decodeWorlds, worlds } from '../services/what-if/intervention-draws.ts'
import { type ModelWork, withModel } from './model-work.ts'
import type { Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'
import { makeFolder } from '../datasets/make-folder.ts'

export interface InterveneOptions {
  readonly project: string
  readonly run: number
  readonly do: readonly string[]
  readonly sample?: string
  readonly draws: number
  readonly seed: number
  readonly out?: string
  /** The report is to answer it. */
  readonly keep?: true
  /** File of what is known since. */
  readonly knowledge?: string
}

function effectText({ cautions, text, nodes, answers }: Effect): string {
  const share = (value: number | undefined): string => (value === undefined ? '' : percent(value))
  const rows = nodes.flatMap(({ name, categories, before, seen, set, low, high }) =>
    categories.map((category, k) => [
      ...[k === 0 ? name : '', category, share(before[k]), share(seen?.[k])],
      ...[share(set[k]), answers.length > 1 ? `${share(low[k])} to ${share(high[k])}` : ''],
    ]),
  )
  return [
    ...cautions.map((caution) => `Careful: ${caution}`),
    ...text,
    textTable([['node', 'category', 'before', 'seen', 'set', answers.length > 1 ? 'range' : ''], ...rows]),
  ].join('\n')
}

function counterfactualText({ cautions, text, assumptions }: Counterfactual): string {
  return [...cautions.map((caution) => `Careful: ${caution}`), ...text, ...assumptions].join('\n')
}

/** The draws under the descriptions of their modalities. */
export function drawnModalities(
  { project }: ModelWork,
  runId: number,
  world: string,
  decoded: readonly Prediction[],
): DrawnModality[] {
  const { modalities } = readDataset(project.database, readRun(project.database, runId).datasetId)
  return decoded.flatMap(({ modality: name, values }) => {
    const modality = modalities.find((one) => one.name === name)
    return modality === undefined ? [] : [{ world, modality, values }]
  })
}

/** Throws `refused` where there is nothing to decode. */
export function clustersOf({ clusters }: AskedRun): Clusters {
  if (clusters === null || clusters.decoded.length === 0)
    throw refused(
      'The run has no measurements that could be drawn: it was trained on a table alone.',
      'Leave --out and --sample away.',
    )
  return clusters
}

async function effect(terminal: Terminal, work: ModelWork, options: InterveneOptions): Promise<void> {
  const run = await readAskedRun(work.project, options.run, knownFrom(options.knowledge))
  const answer = effectOf(run, settingsCalled(run.graph.nodes, options.do))
  const files: string[] = []
  if (options.out !== undefined) {
    const out = resolve(options.out)
    await makeFolder(out)
    const drawn: DrawnModality[] = []
    if (run.clusters !== null && run.clusters.decoded.length > 0) {
      const decoded = await decodeWorlds(
        run.clusters,
        answer,
        { count: options.draws, seed: options.seed },
        (latents) => work.questions.ask(options.run, { kind: 'decode', latents }, work.signal),
      )
      for (const world of worlds)
        drawn.push(...drawnModalities(work, options.run, world, decoded[world]?.decoded ?? []))
    }
    const joint = join(out, 'joint.csv')
    await writeWhole(joint, jointCsv(answer))
    files.push(joint, ...(drawn.length === 0 ? [] : await writeDraws(out, drawn)))
  }
  await terminal.result({ ...answer, files }, [effectText(answer), ...files].join('\n'))
}

async function ofSample(
  terminal: Terminal,
  work: ModelWork,
  options: InterveneOptions & { readonly sample: string },
): Promise<void> {
  const { run, arrays } = await readAskedSamples(work.project, options.run, knownFrom(options.knowledge))
  const settings: Setting[] = settingsCalled(run.graph.nodes, options.do)
  const row = arrays.ids.indexOf(options.sample)
  if (row < 0)
    throw refused(`The run has no sample "${options.sample}".`, `Its first is ${arrays.ids[0] ?? ''}.`, {
      field: 'sample',
    })
  const { draws: count, seed } = options
  const { counterfactual, would, is } = counterfactualOf(run, clustersOf(run), arrays, { row, settings, count, seed })
  const files: string[] = []
  if (options.out !== undefined) {
    const decode = (latents: Float32Array) => work.questions.ask(options.run, { kind: 'decode', latents }, work.signal)
    const drawn = [
      ...drawnModalities(work, options.run, 'rebuilt', await decode(is)),
      ...drawnModalities(work, options.run, 'would', await decode(would.latents)),
    ]
    files.push(...(await writeDraws(resolve(options.out), drawn)))
  }
  await terminal.result({ ...counterfactual, files }, [counterfactualText(counterfactual), ...files].join('\n'))
}

/** Keeps the question with the run. */
async function keep({ project: file, run: id, do: texts }: InterveneOptions): Promise<void> {
  const project = openProject(file, { program: 'causalscope intervene' })
  try {
    const run = await readAskedRun(project, id)
    keepQuestion(project, id, run, settingsCalled(run.graph.nodes, texts))
  } finally {
    project.close()
  }
}

/** `intervene`: what setting nodes does to the distribution, or to one sample. */
export async function intervene(terminal: Terminal, options: InterveneOptions): Promise<void> {
  const { sample } = options
  if (options.keep === true && options.knowledge !== undefined)
    throw refused(
      'The report answers a kept question under what is kept with the run, not under a file.',
      'Keep what is known first (findings --knowledge FILE --keep), then the question, without --knowledge.',
      { field: 'keep' },
    )
  if (options.keep === true) await keep(options)
  await withModel(options.project, (work) =>
    sample === undefined ? effect(terminal, work, options) : ofSample(terminal, work, { ...options, sample }),
  )
}
