import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askOnce, type Asking } from '../../../src-main/training/ask-once.ts'
import type { ProcessExit, Spawn } from '../../../src-main/training/spawn.ts'

const unheard: unknown[] = []
const hear = (reason: unknown): void => void unheard.push(reason)
beforeEach(() => void process.on('unhandledRejection', hear))
afterEach(() => void process.off('unhandledRejection', hear))

/** A process that ends when it is killed, and what it was told. */
function imitation(): {
  spawn: Spawn
  told: object[]
  say: (message: unknown) => void
  end: (exit: ProcessExit) => void
  killed: () => number
} {
  const told: object[] = []
  let say: (message: unknown) => void = () => undefined
  let end: (exit: ProcessExit) => void = () => undefined
  let kills = 0
  const spawn: Spawn = () => ({
    pid: 1,
    send: (message) => void told.push(message),
    onMessage: (listener) => void (say = listener),
    onExit: (listener) => void (end = listener),
    kill: () => {
      kills++
      setTimeout(() => end({ code: null, signal: 'SIGKILL', stderr: '' }))
    },
  })
  return { spawn, told, say: (message) => say(message), end: (exit) => end(exit), killed: () => kills }
}

const asking = (spawn: Spawn, more: Partial<Asking<number>> = {}): Asking<number> => ({
  ...{ spawn, options: { heapLimitMb: null } },
  hear: (message) => {
    if (message === 'broken') throw new Error('it is broken')
    return typeof message === 'number' ? message : undefined
  },
  endedEarly: ({ stderr }) => new Error(`ended: ${stderr}`),
  ...more,
})

/** Whatever is still to be heard of a process that was killed. */
const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

describe('a question to a process of its own', () => {
  it('is answered once, and the process ended after it', async () => {
    const { spawn, told, say, killed } = imitation()
    const answer = askOnce('entry', asking(spawn, { job: () => ({ what: 'work' }) }))
    say('not yet')
    say(3)
    expect(await answer).toBe(3)
    await aWhile()
    expect({ told, killed: killed(), unheard }).toEqual({ told: [{ what: 'work' }], killed: 1, unheard: [] })
  })

  it('starts no process where it was given up before', async () => {
    let started = false
    const spawn: Spawn = () => {
      started = true
      return imitation().spawn('entry', { heapLimitMb: null })
    }
    await expect(askOnce('entry', asking(spawn, { signal: AbortSignal.abort() }))).rejects.toThrow('Cancelled.')
    expect(started).toBe(false)
  })

  it('is given up at any moment, and nobody is left with a rejection', async () => {
    const { spawn, killed } = imitation()
    const controller = new AbortController()
    const answer = askOnce('entry', asking(spawn, { signal: controller.signal }))
    controller.abort()
    await expect(answer).rejects.toThrow('Cancelled.')
    const other = imitation()
    const job = (): object => {
      throw new Error('no words')
    }
    await expect(askOnce('entry', asking(other.spawn, { job }))).rejects.toThrow('no words')
    await aWhile()
    expect({ killed: [killed(), other.killed()], unheard }).toEqual({ killed: [1, 1], unheard: [] })
  })

  it('fails with what the process says, with its end, or with its silence', async () => {
    const first = imitation()
    const broken = askOnce('entry', asking(first.spawn))
    first.say('broken')
    await expect(broken).rejects.toThrow('it is broken')
    const second = imitation()
    const ended = askOnce('entry', asking(second.spawn))
    second.end({ code: 1, signal: null, stderr: 'why' })
    await expect(ended).rejects.toThrow('ended: why')
    const patience = { milliseconds: 10, tooLong: () => new Error('too long') }
    await expect(askOnce('entry', asking(imitation().spawn, { patience }))).rejects.toThrow('too long')
    await aWhile()
    expect(unheard).toEqual([])
  })
})
