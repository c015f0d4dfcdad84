/**
 * Processor seconds of an epoch against the number of samples, the size of the latent and the number of components, on
 * one thread of the wasm engine, as a Markdown table and a plot. Samples: the second joint epoch of a run on circles,
 * with its closed-form updates and the validation. Latent and components: the gradient steps of a joint epoch of 4,096
 * circles, from the median of some; components are the outcomes of that many binary nodes, 2^3 to 2^12.
 *
 *     npm run bench -- cost [--samples 1024,4096,16384,65536] [--plot docs/images/cost.svg]
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { openEngine } from '../../src-main/compute/engine.ts'
import { datasetOf } from '../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../src-main/datasets/synthetic/registry.ts'
import { likelihoodWeights } from '../../src-main/models/causal-pima/balance.ts'
import { openDescent } from '../../src-main/models/causal-pima/descent.ts'
import { CausalPimaModel } from '../../src-main/models/causal-pima/model.ts'
import { TrainingData } from '../../src-main/models/causal-pima/training-data.ts'
import { createSession } from '../../src-main/models/causal-pima/trained.ts'
import { causalPimaConfigSchema } from '../../src-shared/methods/causal-pima/config.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { type Series, costPlot } from './cost-plot.ts'

const { values } = parseArgs({
  options: { samples: { type: 'string', default: '1024,4096,16384,65536' }, plot: { type: 'string' } },
})

const batchSize = 128
const samplesOfSteps = 4096
const stepsTimed = 12

function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function circles(samples: number) {
  return datasetOf(await makeSynthetic('circles', { samples, seed: 0, structure: 'complete' }))
}

/** Seconds of the second joint epoch. */
async function epochOf(samples: number): Promise<number> {
  const session = createSession({
    method: 'causal-pima',
    dataset: await circles(samples),
    config: {
      training: { pretrainEpochs: 1, epochs: 2, batchSize, patience: 0 },
      mixture: { readings: 1, retries: 0, assignmentRestarts: 2 },
    },
    seed: 0,
  })
  let [last, seconds] = [0, 0]
  for (;;) {
    const advance = await session.advance()
    if (advance.kind === 'finished') break
    if (advance.kind === 'step') continue
    const now = processorSeconds()
    if (advance.kind === 'epoch') seconds = now - last
    last = now
  }
  session.dispose()
  return seconds
}

/** Seconds of the gradient steps of a joint epoch, with 2^nodes components. */
async function stepsOf(latent: number, nodes: number): Promise<number> {
  const names = Array.from({ length: nodes }, (_, i) => ({ name: `N${i + 1}`, categories: 2 }))
  const config = v.parse(causalPimaConfigSchema, { nodes: names.slice(0, 3) })
  const data = new TrainingData(await circles(2 * batchSize), config, 0)
  const model = new CausalPimaModel(
    {
      ...{ modalities: data.modalities, categories: names.map(({ categories }) => categories), latent },
      ...{
        likelihoodWeights: likelihoodWeights(data.modalities, true),
        noise: config.noise,
        experts: [],
        responsibilities: 'exact',
        constraints: null,
        regimes: null,
      },
    },
    0,
  )
  const descent = openDescent(model, 0, 1)
  const random = RandomStream.of(0, 'cost')
  const times: number[] = []
  for (let step = 0; step < stepsTimed + 3; step++) {
    const start = processorSeconds()
    const batch = data.batchArrays(data.training.subarray(0, batchSize), latent, { random, dropout: 0 })
    const terms = await descent.step({ batch, aim: { phase: 'joint', temperature: 0.1, lambda: 0.003 } }, () => 1e-3)
    await terms.data()
    terms.dispose()
    times.push(processorSeconds() - start)
  }
  descent.dispose()
  model.dispose()
  const sorted = times.slice(3).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]! * (samplesOfSteps / batchSize)
}

async function measure(title: string, xs: readonly number[], of: (x: number) => Promise<number>): Promise<Series> {
  const points: (readonly [number, number])[] = []
  console.log(`\n| ${title} | seconds an epoch | times the one before |\n| --- | --- | --- |`)
  for (const x of xs) {
    const seconds = await of(x)
    const before = points.at(-1)?.[1]
    points.push([x, seconds])
    console.log(`| ${x} | ${seconds.toFixed(2)} | ${before === undefined ? '' : (seconds / before).toFixed(2)} |`)
  }
  return { title, points }
}

const { detail } = await openEngine('wasm')
console.log(`${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${detail}`)
const series = [
  await measure('samples', values.samples.split(',').map(Number), epochOf),
  await measure('latent size', [2, 4, 8, 16], (latent) => stepsOf(latent, 3)),
  await measure('components', [8, 64, 512, 4096], (components) => stepsOf(4, Math.log2(components))),
]
if (values.plot !== undefined) {
  await mkdir(dirname(values.plot), { recursive: true })
  await writeFile(values.plot, costPlot(series))
}
