import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defaultReplicates } from '../../src-shared/domain/replication.ts'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { bundledSample } from '../datasets/bundled-sample.ts'
import { exportRun } from '../export/export-run.ts'
import { checkedRun, type CheckedRun, clustersOf, graphOf } from '../export/finished-run.ts'
import { listDatasets } from '../project/datasets.ts'
import { unwritable } from '../datasets/whole-file.ts'
import { openProject, type WritableProject } from '../project/project.ts'
import { readFinishedRun } from '../services/results.ts'
import { RunQueue } from '../services/run-queue.ts'
import { follow, requireDone } from './follow.ts'
import { followReplication } from './replicate.ts'
import { discardEmpty, importInto } from './import.ts'
import { runRecord, runText } from './run-report.ts'
import { shellWord } from './shell-word.ts'
import type { Terminal } from './terminal.ts'

const sampleName = 'mechanical-mnist'
const formats = ['graph.svg', 'graph.json', 'clusters.csv', 'report.html']

/** Two binary nodes: what 1,000 pairs can carry, and a reading of them that stands clear of the next best one. */
const config = {
  nodes: [
    { name: 'A', categories: 2 },
    { name: 'B', categories: 2 },
  ],
  // A short schedule: a minute in all, replicates included.
  training: { pretrainEpochs: 20, epochs: 10 },
  mixture: { retries: 0 },
}
const seed = 1

/** The sample's data set in the project; imported unless an earlier demo has done so. */
async function sampleIn(terminal: Terminal, project: WritableProject): Promise<DatasetSummary> {
  const before = listDatasets(project.database).find((dataset) => dataset.name === sampleName)
  if (before !== undefined) return before
  const source = bundledSample(sampleName)
  return (await importInto(terminal, project.file, { source, name: sampleName }, () => project)).dataset
}

/** What tells the clusters apart in the user's own quantity: the mean of each at the end of its curve. */
function clusterLines(run: CheckedRun): string[] {
  const { dataset } = run
  const { components, component } = clustersOf(run)
  const graph = graphOf(run)
  const curve = dataset.modalities.find((m) => m.modality.kind === 'curve')
  if (curve === undefined) return []
  const { shape, scaling, name, grid = [] } = curve.modality
  const last = shape[0]! - 1
  const at = (values: readonly number[]): number => values[values.length === 1 ? 0 : last] ?? 0
  return components.map(({ outcome, categories, nearest }) => {
    const rows = [...component.keys()].filter((row) => component[row] === outcome)
    const total = rows.reduce((sum, row) => sum + curve.data[row * shape[0]! + last]!, 0)
    const mean = at(scaling.offset) + at(scaling.scale) * (total / rows.length)
    const called = categories.map((k, l) => `${graph.nodes[l]!.name} = ${graph.nodes[l]!.categories[k] ?? k}`)
    if (rows.length === 0) return `  ${called.join(', ')}: no sample`
    return `  ${called.join(', ')}: ${rows.length} samples, mean ${name} ${mean.toFixed(1)} at ${grid[last] ?? last}, e.g. ${nearest[0] ?? ''}`
  })
}

/** `demo`: the main job on the bundled real sample, from files to a graph, clusters and a report. */
export async function demo(terminal: Terminal, options: { readonly out: string }): Promise<void> {
  const out = resolve(options.out)
  try {
    mkdirSync(out, { recursive: true })
  } catch (error) {
    throw unwritable(out, error)
  }
  const file = join(out, 'demo.causalscope')
  const project = openProject(file, { program: 'causalscope demo', create: 'missing' })
  try {
    const dataset = await sampleIn(terminal, project)
    const queue = new RunQueue(project)
    const started = queue.start({
      datasetId: dataset.id,
      method: 'causal-pima',
      config,
      seed,
      engine: 'auto',
      threads: null,
      name: null,
    })
    terminal.message(
      `${dataset.samples} pairs of ${dataset.modalities.map((m) => m.name).join(' and ')}; no label is given.`,
    )
    const run = await follow(terminal, queue, started.id)
    requireDone(run, file)
    await followReplication(terminal, project, run.id, defaultReplicates, file)
    const finished = await readFinishedRun(project, run.id)
    const written = await exportRun({ ...finished, out, formats })
    const checked = checkedRun(finished)
    const judgement = finished.judged?.judgement ?? null
    const reported = { result: finished.result, judgement, names: finished.names }
    const text = [
      runText(run, reported),
      `Clusters:`,
      ...clusterLines(checked),
      `Written to ${out}:`,
      ...written.map(({ format }) => `  ${format}`),
      `Look at ${shellWord(join(out, 'report.html'))} in a browser.`,
    ]
    await terminal.result(
      {
        ...runRecord(run, reported),
        project: file,
        files: written,
      },
      text.join('\n'),
    )
  } catch (error) {
    discardEmpty(project)
    throw error
  } finally {
    project.close()
  }
}
