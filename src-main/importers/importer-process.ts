/**
 * The importer process: one command, one answer, then the host ends it. It reads files that nobody vouches for, so it
 * may be killed at any moment; the host keeps nothing of it but its answer.
 */
import { Worker } from 'node:worker_threads'
import * as v from 'valibot'
import { type CausalscopeError, failed, refused, toErrorData } from '../../src-shared/errors.ts'
import { openParentPort } from '../training/parent-port.ts'
import { importerCommand, type ImporterCommand, type ImporterEvent, passedMemoryLimit } from './messages.ts'
import { listSource, performImport, planImport } from './run.ts'
import type { Reading } from './reading.ts'

const mebibyte = 1024 * 1024
const reportEveryMilliseconds = 100

/**
 * Native memory (decoded images, buffers) is not in V8's limit, and the main thread may be busy for long: a thread of its
 * own watches the whole process and ends it. The share above the limit leaves the main thread time to say so itself.
 */
const watch = `
  const { workerData } = require('node:worker_threads')
  const { writeSync } = require('node:fs')
  setInterval(() => {
    if (process.memoryUsage.rss() <= workerData.most) return
    try {
      writeSync(2, workerData.word)
    } finally {
      process.kill(process.pid, 'SIGKILL')
    }
  }, 50)
`
const watchedShare = 1.25

const host = openParentPort()
const send = (event: ImporterEvent): void => host.send(event)

function progressReporter(memory: number): Reading['progress'] {
  let last = 0
  let lastStage = ''
  return (stage, done, total) => {
    const now = performance.now()
    if (stage === lastStage && now - last < reportEveryMilliseconds) return
    last = now
    lastStage = stage
    if (process.memoryUsage.rss() > memory * mebibyte) throw outOfMemory(memory)
    send({ type: 'progress', progress: { stage, done, total } })
  }
}

function outOfMemory(memory: number, cause?: unknown): Error {
  const error = refused(
    `The import needs more than its limit of ${memory} MiB of memory.`,
    'Import fewer samples or smaller images ("size" in a data description), or raise the limit.',
    { memory },
  )
  error.cause = cause
  return error
}

async function answer(command: ImporterCommand): Promise<ImporterEvent> {
  const { memory } = command.limits
  const progress = progressReporter(memory)
  try {
    if (command.type === 'inspect') return { type: 'planned', plan: await planImport(command, progress) }
    if (command.type === 'contents') return { type: 'listed', contents: await listSource(command, progress) }
    if (command.packFile === null) throw failed('The import was not told where to write.')
    return { type: 'imported', outcome: await performImport({ ...command, packFile: command.packFile }, progress) }
  } catch (error) {
    // What V8 throws when a buffer cannot be had.
    const allocation = error instanceof RangeError && /alloc|length/i.test(error.message)
    return { type: 'failed', error: toErrorData(allocation ? outOfMemory(memory, error) : error) }
  }
}

function misunderstood(issue: v.BaseIssue<unknown>): CausalscopeError {
  const field = v.getDotPath(issue) ?? 'request'
  return refused(`The import's ${field} cannot be used: ${issue.message}`, 'Correct that field of the description.', {
    field,
  })
}

host.onMessage((message) => {
  const parsed = v.safeParse(importerCommand, message)
  if (!parsed.success) {
    send({ type: 'failed', error: misunderstood(parsed.issues[0]).toData() })
    return
  }
  const command = parsed.output
  const workerData = { most: watchedShare * command.limits.memory * mebibyte, word: `\n${passedMemoryLimit}\n` }
  new Worker(watch, { eval: true, workerData }).unref()
  void answer(command).then(send)
})
// The host is gone: nobody waits for an answer.
host.onClosed(() => process.exit(1))
