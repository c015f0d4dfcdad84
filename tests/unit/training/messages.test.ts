import { describe, expect, it } from 'vitest'
import { parseCommand, parseEvent } from '../../../src-main/training/messages.ts'

const job = {
  runId: 1,
  method: 'causal-pima',
  packFile: '/a',
  packSha256: 'ab',
  runFolder: '/b',
  config: { anything: [1] },
  seed: 0,
  engine: 'auto',
  threads: null,
  resume: false,
}

describe('messages between host and trainer', () => {
  it('passes commands', () => {
    for (const type of ['pause', 'continue', 'interrupt', 'close']) expect(parseCommand({ type })).toEqual({ type })
    expect(parseCommand({ type: 'start', job })).toEqual({ type: 'start', job })
  })

  it.each([
    null,
    'pause',
    { type: 'explode' },
    { type: 'start' },
    { type: 'start', job: { ...job, threads: 0 } },
    { type: 'start', job: { ...job, method: 'guess' } },
  ])('refuses %j as a command', (message) => {
    expect(() => parseCommand(message)).toThrow()
  })

  it('lets metrics be NaN or infinite: the charts must hear of it', () => {
    const progress = { type: 'progress', epoch: 1, step: 2, fraction: NaN, secondsLeft: Infinity, secondsAgain: 0 }
    expect(parseEvent(progress)).toEqual(progress)
  })

  it.each([
    { type: 'progress', epoch: 1, step: -1, fraction: 0, secondsLeft: null, secondsAgain: 0 },
    { type: 'progress', epoch: 1, step: 1, fraction: '0', secondsLeft: null, secondsAgain: 0 },
    { type: 'done', resultFile: '/r', sha256: '', score: 1, edges: [{ from: 'a', to: 'b' }], explained: null },
    { type: 'failed', error: 'oh' },
    { type: 'checkpoint', checkpoint: { file: '/c' } },
    undefined,
  ])('refuses %j as an event', (message) => {
    expect(() => parseEvent(message)).toThrow()
  })
})
