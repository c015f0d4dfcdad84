import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type EventMessage, parseEvent } from '../../../src-main/training/messages.ts'
import type { ParentPort } from '../../../src-main/training/parent-port.ts'
import type { TrainerParts } from '../../../src-main/training/run-job.ts'
import { Trainer } from '../../../src-main/training/trainer.ts'
import { fakeJob, fakeParts } from './fake-job.ts'

let folder: string
let said: EventMessage[]
let exits: number[]
/** As the parent does it. */
let tell: (message: unknown) => void
let close: () => void

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trainer-'))
  said = []
  exits = []
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(folder, { recursive: true, maxRetries: 10 })
})

function serve(parts: TrainerParts = fakeParts): Trainer {
  const port: ParentPort = {
    send: (message) => void said.push(parseEvent(message)),
    onMessage: (listener) => {
      tell = listener
    },
    onClosed: (listener) => {
      close = listener
    },
  }
  const trainer = new Trainer(port, parts, (code) => exits.push(code))
  trainer.serve()
  return trainer
}

const saidOf = (type: EventMessage['type']) => said.filter((event) => event.type === type)

describe('a trainer', () => {
  it('ends only when the host has its last event', async () => {
    serve()
    tell({ type: 'start', job: await fakeJob(folder, { epochs: 1 }) })
    await vi.waitUntil(() => saidOf('done').length === 1)
    expect(exits).toEqual([])
    tell({ type: 'close' })
    expect(exits).toEqual([0])
  })

  it('ends with a checkpoint when the host goes, and at once when it has nothing to do', async () => {
    serve()
    tell({ type: 'start', job: await fakeJob(folder, { epochs: 1_000_000 }) })
    await vi.waitUntil(() => saidOf('epoch').length > 0)
    close()
    await vi.waitUntil(() => exits.length === 1)
    expect(saidOf('interrupted')).toHaveLength(1)
    serve()
    close()
    await vi.waitUntil(() => exits.length === 2)
  })

  it('gives a sign of life before its engine is open, which it does not ask yet', () => {
    vi.useFakeTimers()
    const tensorMemory = vi.fn(() => ({ tensors: 2, bytes: 8 }))
    serve({ ...fakeParts, tensorMemory })
    vi.advanceTimersByTime(2000)
    expect(said).toEqual([
      expect.objectContaining({ type: 'alive', step: 0, memory: expect.objectContaining({ tensors: null }) as object }),
    ])
    expect(tensorMemory).not.toHaveBeenCalled()
  })

  it('says what went wrong when the job cannot be done', async () => {
    serve()
    tell({ type: 'start', job: { ...(await fakeJob(folder, {})), packSha256: 'another' } })
    await vi.waitUntil(() => saidOf('failed').length === 1)
    expect(said).toEqual([
      {
        type: 'failed',
        error: expect.objectContaining({ message: expect.stringContaining('changed') as string }) as object,
      },
    ])
  })
})
