/**
 * Where an epoch of the joint phase goes: its steps and its end, for circles with three binary nodes, and how many kernels
 * a step calls. Prints a Markdown table, medians over the epochs.
 *
 *     npm run bench -- epoch [--samples 4096] [--batch 128] [--epochs 8] [--threads 1,2]
 */
import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { openEngine } from '../../src-main/compute/engine.ts'
import { datasetOf } from '../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../src-main/datasets/synthetic/registry.ts'
import { createSession } from '../../src-main/models/causal-pima/trained.ts'

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '4096' },
    batch: { type: 'string', default: '128' },
    epochs: { type: 'string', default: '8' },
    threads: { type: 'string', default: '1,2' },
  },
})
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN

/** How many kernels this thread calls meanwhile. */
async function kernelsOf(work: () => Promise<unknown>): Promise<number> {
  const { kernels } = await tf.profile(async () => {
    await work()
    return []
  })
  return kernels.length
}

const dataset = datasetOf(await makeSynthetic('circles', { samples: Number(values.samples), seed: 0 }))
console.log('| threads | steps of an epoch, ms | a step, ms | end of an epoch, ms | kernel calls a step |')
console.log('| --- | --- | --- | --- | --- |')
for (const threads of values.threads.split(',').map(Number)) {
  await openEngine('wasm', { threads })
  const config = {
    training: { pretrainEpochs: 3, epochs: Number(values.epochs), batchSize: Number(values.batch), patience: 0 },
    mixture: { readings: 1, retries: 0 },
  }
  const session = createSession({ method: 'causal-pima', dataset, config, seed: 0, threads })
  const [steps, ends, epochs]: [number[], number[], number[]] = [[], [], []]
  let inEpoch: number[] = []
  let kernels: number | null = null
  for (;;) {
    const start = performance.now()
    const advance = await session.advance()
    const milliseconds = performance.now() - start
    if (advance.kind === 'finished') break
    if (advance.kind === 'step') {
      inEpoch.push(milliseconds)
      continue
    }
    if (advance.kind === 'epoch' && advance.metrics.phase === 'joint') {
      steps.push(...inEpoch)
      epochs.push(inEpoch.reduce((sum, ms) => sum + ms, 0))
      ends.push(milliseconds)
      // The first step after it is looked into, and not timed.
      kernels ??= await kernelsOf(() => session.advance())
    }
    inEpoch = []
  }
  session.dispose()
  const cells = [threads, median(epochs).toFixed(0), median(steps).toFixed(1), median(ends).toFixed(0), kernels]
  console.log(`| ${cells.join(' | ')} |`)
}
