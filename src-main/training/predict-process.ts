/**
 * Entry of the process that tells labels of new samples: it takes one job, answers, and goes when its parent does. It
 * writes nothing, so that it may be killed at any moment.
 */
import { failed, toErrorData } from '../../src-shared/errors.ts'
import { openEngine } from '../compute/engine.ts'
import { readPack } from '../datasets/pack.ts'
import { usedSamples } from '../datasets/used-samples.ts'
import { tellLabels } from '../models/methods.ts'
import { newestGoodCheckpoint } from './checkpoint-folder.ts'
import { featureSource } from './feature-source.ts'
import { explainOutOfMemory } from './out-of-memory.ts'
import { openParentPort } from './parent-port.ts'
import { parseJob, parseReply, type PredictJob } from './predict-messages.ts'

const port = openParentPort()
const reply = (message: object): void => port.send(parseReply(message))

async function work({
  packFile,
  packSha256,
  runFolder,
  samplesFile,
  samplesSha256,
  ...model
}: PredictJob): Promise<void> {
  const [trained, samples, { checkpoint }] = await Promise.all([
    readPack(packFile, packSha256),
    readPack(samplesFile, samplesSha256),
    newestGoodCheckpoint(runFolder),
  ])
  if (checkpoint === null)
    throw failed(
      `The trained model is missing: ${runFolder} holds no checkpoint that can be read.`,
      'Train the run again.',
      { file: runFolder },
    )
  await openEngine(model.engine)
  const { method, config, seed, features } = model
  const from = await featureSource(features)
  const { dataset } = usedSamples(trained, config)
  reply({
    type: 'done',
    told: await tellLabels(
      { method, dataset, config, seed, ...(from === undefined ? {} : { from }) },
      checkpoint.snapshot,
      samples,
    ),
  })
}

port.onClosed(() => process.exit(0))
// Ctrl+C in a terminal reaches the host and this process alike; the host decides what it means.
process.on('SIGINT', () => undefined)
port.onMessage((message) => {
  void work(parseJob(message)).catch((error: unknown) =>
    reply({ type: 'error', error: toErrorData(explainOutOfMemory(error)) }),
  )
})
