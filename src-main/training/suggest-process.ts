/**
 * Entry of the process that compares nodes and categories: it takes one job, says how far it is, answers, and goes when its
 * parent does. It writes nothing, so that it may be killed at any moment.
 */
import { toErrorData } from '../../src-shared/errors.ts'
import { openEngine } from '../compute/engine.ts'
import { readPack } from '../datasets/pack.ts'
import { usedSamples } from '../datasets/used-samples.ts'
import { suggest } from '../models/methods.ts'
import { explainOutOfMemory } from './out-of-memory.ts'
import { openParentPort } from './parent-port.ts'
import { parseJob, parseReply, type SuggestJob } from './suggest-messages.ts'

const port = openParentPort()
const reply = (message: object): void => port.send(parseReply(message))

async function work({ packFile, packSha256, threads, ...job }: SuggestJob): Promise<void> {
  const { dataset } = usedSamples(await readPack(packFile, packSha256), job.config)
  const engine = await openEngine(job.engine, threads === null ? {} : { threads })
  const request = { ...job, dataset, threads: engine.threads }
  const suggestion = await suggest(request, (label, fraction) => reply({ type: 'progress', label, fraction }))
  reply({ type: 'done', suggestion })
}

port.onClosed(() => process.exit(0))
// Ctrl+C in a terminal reaches the host and this process alike; the host decides what it means.
process.on('SIGINT', () => undefined)
port.onMessage((message) => {
  void work(parseJob(message)).catch((error: unknown) =>
    reply({ type: 'error', error: toErrorData(explainOutOfMemory(error)) }),
  )
})
