/**
 * Entry of the inference process, under Node's fork and as an Electron utility process alike. It serves one model, the
 * first it is asked about, one question after the other, and goes when its parent does.
 */
import { failed, toErrorData } from '../../src-shared/errors.ts'
import { openEngine } from '../compute/engine.ts'
import { readPack } from '../datasets/pack.ts'
import { usedSamples } from '../datasets/used-samples.ts'
import type { Inference } from '../models/inference.ts'
import { openInference } from '../models/methods.ts'
import { newestGoodCheckpoint } from './checkpoint-folder.ts'
import { type InferenceReply, parseRequest, type TrainedModel } from './inference-messages.ts'
import { openParentPort } from './parent-port.ts'

async function open(model: TrainedModel): Promise<Inference> {
  const { method, config, seed } = model
  const [dataset, { checkpoint }] = await Promise.all([
    readPack(model.packFile, model.packSha256),
    newestGoodCheckpoint(model.runFolder),
  ])
  if (checkpoint === null)
    throw failed(
      `The trained model is missing: ${model.runFolder} holds no checkpoint that can be read.`,
      'Train the run again.',
      { file: model.runFolder },
    )
  await openEngine(model.engine)
  const used = usedSamples(dataset, config).dataset
  return openInference({ method, dataset: used, config, seed }, checkpoint.snapshot)
}

const port = openParentPort()
const reply = (message: InferenceReply): void => port.send(message)
let model: Promise<Inference> | null = null
let turn: Promise<unknown> = Promise.resolve()

port.onClosed(() => process.exit(0))
// Ctrl+C in a terminal reaches the host and this process alike; the host decides what it means.
process.on('SIGINT', () => undefined)
port.onMessage((message) => {
  const request = parseRequest(message)
  const { id, question } = request
  turn = turn.then(async () => {
    try {
      model ??= open(request.model)
      const inference = await model
      if (question.kind === 'encode') {
        reply({ type: 'encoded', id, ...(await inference.encode(question.samples, question.from)) })
        return
      }
      const predictions =
        question.kind === 'decode'
          ? await inference.decode(question.latents)
          : await inference.reconstruct(question.rows, question.from)
      reply({ type: 'answer', id, predictions: [...predictions] })
    } catch (error) {
      reply({ type: 'error', id, error: { ...toErrorData(error), details: { ...toErrorData(error).details } } })
    }
  })
})
