import { join, resolve } from 'node:path'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { defaultReplicates } from '../../src-shared/domain/replication.ts'
import type { RunSummary } from '../../src-shared/domain/run.ts'
import { facetOf } from '../../src-shared/methods/results.ts'
import { bundledSample } from '../datasets/bundled-sample.ts'
import { writeSynthetic } from '../datasets/synthetic/write.ts'
import { readTruth } from '../datasets/truth.ts'
import { unwritable } from '../datasets/whole-file.ts'
import { evaluateRun } from '../evaluation/evaluate-run.ts'
import { exportRun } from '../export/export-run.ts'
import { checkedRun, type FinishedRun } from '../export/finished-run.ts'
import { listDatasets } from '../project/datasets.ts'
import { openProject, type WritableProject } from '../project/project.ts'
import { readFinishedRun } from '../services/results.ts'
import { RunQueue } from '../services/run-queue.ts'
import { clusterLines } from './cluster-lines.ts'
import { follow, requireDone } from './follow.ts'
import { discardEmpty, importInto } from './import.ts'
import { followReplication } from './replicate.ts'
import { runRecord, runText } from './run-report.ts'
import { shellWord } from './shell-word.ts'
import type { Terminal } from './terminal.ts'
import { makeFolderSync } from '../datasets/make-folder.ts'

const formats = ['graph.svg', 'graph.json', 'clusters.csv', 'report.html']
const seed = 1

/** Schedules are short: both examples take two minutes, replicates included. */
interface Example {
  readonly name: string
  readonly told: string
  readonly config: unknown
}

const binary = (...names: readonly string[]) => names.map((name) => ({ name, categories: 2 }))

/** Made by three binary causes: a finding that holds. */
const made: Example = {
  name: 'spectrum-assay',
  told: 'made by three causes that the training is not shown',
  config: {
    nodes: binary('N1', 'N2', 'N3'),
    // As measured: so short a training does not keep apart what a view shows a second time.
    modalities: ['curves', 'vectors'],
    training: { pretrainEpochs: 20, pretrainSteps: 250, epochs: 8 },
  },
}
const madeSamples = 800

/** Measured: a material that varies continuously, so that nothing discrete may be stated. */
const measured: Example = {
  name: 'mechanical-mnist',
  told: 'measured, no label is given',
  config: { nodes: binary('A', 'B'), training: { pretrainEpochs: 20, epochs: 10 }, mixture: { retries: 0 } },
}

/** A demo at work in its folder. */
class Demo {
  readonly #terminal: Terminal
  readonly #project: WritableProject

  constructor(terminal: Terminal, project: WritableProject) {
    this.#terminal = terminal
    this.#project = project
  }

  /** The example's data set; imported unless an earlier demo has done so. */
  async #dataset({ name }: Example, source: string): Promise<DatasetSummary> {
    const before = listDatasets(this.#project.database).find((dataset) => dataset.name === name)
    if (before !== undefined) return before
    return (await importInto(this.#terminal, this.#project.file, { source, name }, () => this.#project)).dataset
  }

  /** Imports, trains, replicates and exports to `out`. */
  async show(
    example: Example,
    source: string,
    out: string,
  ): Promise<{ run: RunSummary; finished: FinishedRun; text: readonly string[]; record: object }> {
    const [terminal, project] = [this.#terminal, this.#project]
    const dataset = await this.#dataset(example, source)
    const queue = new RunQueue(project)
    const started = queue.start({
      datasetId: dataset.id,
      method: 'causal-pima',
      config: example.config,
      seed,
      engine: 'auto',
      threads: null,
      name: null,
    })
    const modalities = dataset.modalities.map(({ name }) => name).join(' and ')
    terminal.message(`${dataset.name}: ${dataset.samples} pairs of ${modalities}; ${example.told}.`)
    const run = await follow(terminal, queue, started.id)
    requireDone(run, project.file)
    await followReplication(terminal, project, run.id, defaultReplicates, project.file)
    const finished = await readFinishedRun(project, run.id)
    const files = await exportRun({ ...finished, out, formats })
    const reported = {
      result: finished.result,
      judgement: finished.judged?.judgement ?? null,
      components: null,
      names: finished.names,
    }
    return {
      run,
      finished,
      text: [
        runText(run, reported),
        'Clusters:',
        ...clusterLines(checkedRun(finished)),
        `Written to ${out}: ${files.map(({ format }) => format).join(', ')}.`,
        `Look at ${shellWord(join(out, 'report.html'))} in a browser.`,
      ],
      record: { ...runRecord(run, reported), project: project.file, files },
    }
  }
}

/** What the nodes are in truth, and what joins these. */
function truthLines({ result, arrays }: FinishedRun, file: string): string[] {
  const evaluation = evaluateRun(result, arrays, readTruth(file))
  if (evaluation.groundTruth !== 'given') return []
  const { nodeFactors, nodeNmi, trueEdges } = evaluation
  const { nodes } = facetOf(result, 'graph')
  const matched = nodes.map(
    ({ name }, l) => `${name} is ${nodeFactors[l] ?? 'none'} (NMI ${(nodeNmi[l] ?? 0).toFixed(2)})`,
  )
  return [
    `In truth ${matched.join(', ')}; the data were made by ${trueEdges.map(([from, to]) => `${from} -> ${to}`).join(', ')}.`,
  ]
}

/** `demo`: the main job twice, from files to a graph, clusters and a report: on data whose causes are known, and on measured ones. */
export async function demo(terminal: Terminal, options: { readonly out: string }): Promise<void> {
  const out = resolve(options.out)
  const known = join(out, made.name)
  try {
    makeFolderSync(known)
  } catch (error) {
    throw unwritable(out, error)
  }
  const project = openProject(join(out, 'demo.causalscope'), { program: 'causalscope demo', create: 'missing' })
  try {
    const shown = new Demo(terminal, project)
    const { folder } = await writeSynthetic(made.name, { out: join(known, 'data'), seed: 0, samples: madeSamples })
    const first = await shown.show(made, folder, known)
    await terminal.result(
      first.record,
      [...first.text, ...truthLines(first.finished, join(folder, 'truth.json')), ''].join('\n'),
    )
    const second = await shown.show(measured, bundledSample(measured.name), out)
    await terminal.result(second.record, second.text.join('\n'))
  } catch (error) {
    discardEmpty(project)
    throw error
  } finally {
    project.close()
  }
}
