/** Time as a training sees it: how long it has run, how long it still takes, and how often to speak. */

/** Milliseconds from any fixed start, never going back. */
export type Clock = () => number

/** Training time, pauses excluded. */
export class Stopwatch {
  readonly #clock: Clock
  #before: number
  #since: number | null

  constructor(clock: Clock, secondsBefore: number) {
    this.#clock = clock
    this.#before = secondsBefore
    this.#since = clock()
  }

  get seconds(): number {
    return this.#before + (this.#since === null ? 0 : (this.#clock() - this.#since) / 1000)
  }

  stop(): void {
    this.#before = this.seconds
    this.#since = null
  }

  go(): void {
    this.#since ??= this.#clock()
  }
}

/** At most one in each interval: true when it is time again, and then the interval starts anew. */
export class Interval {
  readonly #clock: Clock
  #next = -Infinity

  constructor(clock: Clock) {
    this.#clock = clock
  }

  isDue(milliseconds: number): boolean {
    const now = this.#clock()
    if (now < this.#next) return false
    this.#next = now + milliseconds
    return true
  }

  /** Nothing for this long from now. */
  rest(milliseconds: number): void {
    this.#next = Math.max(this.#next, this.#clock() + milliseconds)
  }
}

/** Steps seen are forgotten with this time constant, so that the estimate follows a change of phase. */
const memorySeconds = 30

/**
 * Work between steps that takes more seconds than this, and than so many steps, is not what steps take: it happens once,
 * and nobody knows for how long.
 */
const longestBetween = 10
const mostStepsBetween = 5

/** Seconds left, from the recent time a step took; short work between epochs counts with the steps around it. */
export class TimeLeft {
  /** Seconds since the last step. */
  #between = 0
  #time = 0
  #steps = 0
  #lastSeconds: number
  #lastStep: number

  constructor(seconds: number, step: number) {
    this.#lastSeconds = seconds
    this.#lastStep = step
  }

  /** Takes note of where the training stands and returns the estimate, null until a step was seen and during long work between two. */
  estimate(seconds: number, step: number, stepsLeft: number): number | null {
    this.#between += seconds - this.#lastSeconds
    this.#lastSeconds = seconds
    const pace = this.#steps > 0 ? this.#time / this.#steps : null
    const longest = pace === null ? Infinity : Math.max(longestBetween, mostStepsBetween * pace)
    if (step === this.#lastStep) return pace === null || this.#between > longest ? null : pace * stepsLeft
    const time = Math.min(this.#between, longest)
    this.#between = 0
    const keep = Math.exp(-time / memorySeconds)
    this.#time = this.#time * keep + time
    this.#steps = this.#steps * keep + Math.max(0, step - this.#lastStep)
    this.#lastStep = step
    return this.#steps > 0 ? (this.#time / this.#steps) * stepsLeft : null
  }
}
