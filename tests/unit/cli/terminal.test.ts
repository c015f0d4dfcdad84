import { describe, expect, it, vi } from 'vitest'
import { clock, type Sink, Terminal } from '../../../src-main/cli/terminal.ts'

class Paper implements Sink {
  text = ''
  readonly isTTY: boolean
  readonly columns = 60
  /** Full: the next write asks to wait for 'drain'. */
  full = false
  #onDrain: () => void = () => undefined

  constructor(isTTY = false) {
    this.isTTY = isTTY
  }

  write(text: string): boolean {
    this.text += text
    return !this.full
  }

  once(_: 'drain', listener: () => void): void {
    this.#onDrain = listener
  }

  drain(): void {
    this.full = false
    this.#onDrain()
  }
}

function terminal({ json = false, tty = false } = {}) {
  const [out, err] = [new Paper(), new Paper(tty)]
  return { out, err, terminal: new Terminal(json, out, err) }
}

const half = { label: 'Training', fraction: 0.5, secondsLeft: 75 }

describe('what a command says', () => {
  it('puts results on stdout and everything else on stderr', async () => {
    const { out, err, terminal: t } = terminal()
    t.message('importing')
    await t.result({ id: 1 }, 'Run 1')
    await t.record({ epoch: 1 })
    expect([out.text, err.text]).toEqual(['Run 1\n', 'importing\n'])
  })

  it('writes an object a line with --json', async () => {
    const { out, terminal: t } = terminal({ json: true })
    await t.record({ epoch: 1 })
    await t.result({ id: 1, score: -3.5 }, 'Run 1')
    expect(out.text).toBe('{"epoch":1}\n{"id":1,"score":-3.5}\n')
  })

  it('writes out what would act on the terminal in names of other people', async () => {
    const evil = 'run\u001b[2J\u001b]0;title\u0007\r\u009b31m\u202e.csv'
    const written = 'run\\u001b[2J\\u001b]0;title\\u0007\\u000d\\u009b31m\\u202e.csv'
    const plain = terminal()
    await plain.terminal.result({}, `${evil}\n\tkept`)
    plain.terminal.message(evil)
    plain.terminal.progress({ ...half, label: evil })
    expect(plain.out.text).toBe(`${written}\n\tkept\n`)
    expect(plain.err.text).toBe(`${written}\n${written}, 50 %, 1:15 left\n`)
    const { out, terminal: t } = terminal({ json: true })
    await t.record({ name: evil })
    expect(out.text).not.toMatch(/(?!\n)\p{Cc}/u)
    expect(JSON.parse(out.text)).toEqual({ name: evil })
  })

  it('waits for a reader that is slow', async () => {
    const { out, terminal: t } = terminal({ json: true })
    out.full = true
    const written = vi.fn()
    const result = t.result({ id: 1 }, '').then(written)
    await Promise.resolve()
    expect(written).not.toHaveBeenCalled()
    out.drain()
    await result
    expect(written).toHaveBeenCalled()
  })
})

describe('progress', () => {
  it('is a bar with the time left on a terminal, gone when the work is done', () => {
    const { err, terminal: t } = terminal({ tty: true })
    t.progress(half)
    expect(err.text).toBe(`\r\u001b[2K[${'█'.repeat(12)}${'·'.repeat(12)}] Training, 50 %, 1:15 left`)
    t.finish()
    expect(err.text.endsWith('\r\u001b[2K')).toBe(true)
  })

  it('says how much longer under a condition, once it says how long', () => {
    const { err, terminal: t } = terminal()
    const perhaps = { seconds: 150, condition: 'if pre-training begins again' }
    t.progress({ ...half, perhaps })
    expect(err.text).toContain('1:15 left, 2:30 if pre-training begins again')
    const unknown = terminal()
    unknown.terminal.progress({ ...half, secondsLeft: null, perhaps })
    expect(unknown.err.text).not.toContain('again')
  })

  it('fits the width of the terminal', () => {
    const { err, terminal: t } = terminal({ tty: true })
    t.progress({ ...half, detail: 'epoch 3 of 40, ELBO -1234.56 nats, and more' })
    expect(err.text.replace('\r\u001b[2K', '').length).toBeLessThan(60)
  })

  it('gives way to messages', () => {
    const { err, terminal: t } = terminal({ tty: true })
    t.progress(half)
    t.message('a component was re-seeded')
    expect(err.text.endsWith('left\r\u001b[2Ka component was re-seeded\n')).toBe(true)
  })

  it('is a line every few seconds elsewhere', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { err, terminal: t } = terminal()
    for (let i = 0; i < 100; i++) {
      t.progress({ label: 'Training', fraction: i / 100, secondsLeft: null })
      vi.advanceTimersByTime(100)
    }
    vi.useRealTimers()
    expect(err.text).toBe('Training, 0 %\nTraining, 50 %\n')
  })

  it('tells times as clocks do', () => {
    expect([0, 9.6, 75, 3600, 4000].map(clock)).toEqual(['0:00', '0:10', '1:15', '1:00:00', '1:06:40'])
  })
})
