/**
 * Where a command speaks: results to stdout, everything else to stderr. Progress is a bar with the time left on a
 * terminal, a line every few seconds otherwise.
 */
import { visible } from './visible.ts'

export interface Sink {
  write(text: string): boolean
  readonly isTTY?: boolean
  readonly columns?: number
  once(event: 'drain', listener: () => void): unknown
}

export interface Progress {
  /** What is being done: "Reading images". */
  readonly label: string
  /** 0 to 1, null while it cannot be told. */
  readonly fraction: number | null
  /** Seconds, null while they cannot be told. */
  readonly secondsLeft: number | null
  /** More than that under a condition: "if pre-training begins again". */
  readonly perhaps?: { readonly seconds: number; readonly condition: string } | null
  /** More about where it stands: "epoch 3 of 40, ELBO -12.3". */
  readonly detail?: string
}

const barWidth = 24
const redrawEvery = 100
const lineEvery = 5000

/** 75 s as "1:15", 4000 s as "1:06:40". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const two = (n: number): string => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

function describe({ label, fraction, secondsLeft, perhaps = null, detail = '' }: Progress): string {
  const share = fraction === null ? '' : `${Math.floor(fraction * 100)} %`
  const left = secondsLeft === null ? '' : `${clock(secondsLeft)} left`
  const more = left === '' || perhaps === null ? '' : `${clock(perhaps.seconds)} ${perhaps.condition}`
  return visible([label, share, detail, left, more].filter((part) => part !== '').join(', '))
}

function bar(progress: Progress, columns: number): string {
  const filled = Math.round((progress.fraction ?? 0) * barWidth)
  const drawn = `[${'█'.repeat(filled)}${'·'.repeat(barWidth - filled)}] ${describe(progress)}`
  return drawn.length < columns ? drawn : `${drawn.slice(0, Math.max(0, columns - 2))}…`
}

export class Terminal {
  /** With `--json`, results are JSON objects, one a line. */
  readonly json: boolean
  readonly #out: Sink
  readonly #err: Sink
  #barShown = false
  #shownAt = -Infinity

  constructor(json: boolean, out: Sink = process.stdout, err: Sink = process.stderr) {
    this.json = json
    this.#out = out
    this.#err = err
  }

  /** A result: the object with `--json`, else the text for people. Resolves when it may go on writing. */
  async result(value: object, text: string): Promise<void> {
    this.#clearBar()
    const line = visible(this.json ? JSON.stringify(value) : text)
    if (!this.#out.write(`${line}\n`)) await new Promise<void>((resolve) => this.#out.once('drain', resolve))
  }

  /** A result that only a program wants: written with `--json`, else nothing. */
  async record(value: object): Promise<void> {
    if (this.json) await this.result(value, '')
  }

  message(text: string): void {
    this.#clearBar()
    this.#err.write(`${visible(text)}\n`)
  }

  progress(progress: Progress): void {
    const now = performance.now()
    if (now - this.#shownAt < (this.#err.isTTY === true ? redrawEvery : lineEvery)) return
    this.#shownAt = now
    if (this.#err.isTTY === true) {
      this.#err.write(`\r\u001b[2K${bar(progress, this.#err.columns ?? 80)}`)
      this.#barShown = true
    } else {
      this.#err.write(`${describe(progress)}\n`)
    }
  }

  /** Takes the bar away: the work is done. */
  finish(): void {
    this.#clearBar()
    this.#shownAt = -Infinity
  }

  #clearBar(): void {
    if (this.#barShown) this.#err.write('\r\u001b[2K')
    this.#barShown = false
  }
}
