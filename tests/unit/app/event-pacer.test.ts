import { describe, expect, it } from 'vitest'
import { type Clock, EventPacer } from '../../../src-main/app/event-pacer.ts'
import type { AnyEvent } from '../../../src-shared/contract.ts'

/** A clock turned by hand. */
class HandClock implements Clock {
  #now = 0
  #timers: { at: number; call: () => void }[] = []

  now = (): number => this.#now

  after = (milliseconds: number, call: () => void): (() => void) => {
    const timer = { at: this.#now + milliseconds, call }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((t) => t !== timer)
    }
  }

  turn(milliseconds: number): void {
    this.#now += milliseconds
    const due = this.#timers.filter(({ at }) => at <= this.#now)
    this.#timers = this.#timers.filter(({ at }) => at > this.#now)
    for (const { call } of due) call()
  }
}

function setUp() {
  const clock = new HandClock()
  const sent: AnyEvent[] = []
  return { clock, sent, pacer: new EventPacer((event) => sent.push(event), clock) }
}

const metrics = {
  phase: 'joint',
  step: 1,
  seconds: 1,
  score: -1,
  validationScore: null,
  terms: {},
  figures: { temperature: 1, learningRate: 1e-3, klWeight: 1 },
  edges: null,
} as const
const epoch = (n: number): AnyEvent => ({
  name: 'run.epochs',
  payload: { run: 1, epochs: [{ epoch: n, ...metrics }] },
})
const progress = (run: number, step: number): AnyEvent => ({
  name: 'run.progress',
  payload: { run, status: 'running', epoch: 0, epochs: 1, step, fraction: 0, secondsLeft: null, secondsAgain: 0 },
})

describe('the pace of events', () => {
  it('sends at most ten a second of a run however fast it trains', () => {
    const { clock, sent, pacer } = setUp()
    for (let step = 0; step < 1000; step++) {
      pacer.push(progress(1, step))
      clock.turn(1)
    }
    expect(sent.length).toBeLessThanOrEqual(11)
    expect(sent.length).toBeGreaterThanOrEqual(10)
  })

  it('sends the newest state and loses no epoch', () => {
    const { clock, sent, pacer } = setUp()
    for (let n = 0; n < 250; n++) pacer.push(epoch(n))
    clock.turn(100)
    const epochs = sent.flatMap((event) => (event.name === 'run.epochs' ? event.payload.epochs : []))
    expect(epochs.map((e) => e.epoch)).toEqual(Array.from({ length: 250 }, (_, n) => n))
    expect(sent).toHaveLength(2)
    pacer.push(progress(1, 1))
    pacer.push(progress(1, 2))
    pacer.push(progress(1, 3))
    clock.turn(100)
    expect(sent.slice(2)).toEqual([progress(1, 1), progress(1, 3)])
  })

  it('keeps two runs apart', () => {
    const { sent, pacer } = setUp()
    pacer.push(progress(1, 1))
    pacer.push(progress(2, 1))
    expect(sent).toHaveLength(2)
  })

  it('sends the first at once after a rest', () => {
    const { clock, sent, pacer } = setUp()
    pacer.push(progress(1, 1))
    clock.turn(500)
    pacer.push(progress(1, 2))
    expect(sent).toHaveLength(2)
  })

  it('joins changed and removed runs, the newest last', () => {
    const { clock, sent, pacer } = setUp()
    const changed = (removed: number[]): AnyEvent => ({ name: 'runs.changed', payload: { runs: [], removed } })
    pacer.push(changed([]))
    pacer.push(changed([1]))
    pacer.push(changed([2]))
    clock.turn(100)
    expect(sent.at(-1)).toEqual(changed([1, 2]))
  })

  it('empties itself when asked, so that no word comes after a run’s last', () => {
    const { clock, sent, pacer } = setUp()
    pacer.push(progress(1, 1))
    pacer.push(progress(1, 2))
    pacer.flush()
    clock.turn(1000)
    expect(sent).toEqual([progress(1, 1), progress(1, 2)])
  })
})
