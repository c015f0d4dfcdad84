/** Threads wait for one another on a word of shared memory. */
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Milliseconds that a thread sleeps at most before it looks whether the others still live. */
const patience = 500

/** Looks at the word before sleeping: threads arrive within microseconds of one another, and waking takes tens of them. */
const looks = 2000

function reached(words: Int32Array, word: number, target: number): boolean {
  for (let i = 0; i < looks; i++) if (Atomics.load(words, word) >= target) return true
  return false
}

/** Adds one to `word` and wakes who waits for it. */
export function arrive(words: Int32Array, word: number): void {
  Atomics.add(words, word, 1)
  Atomics.notify(words, word)
}

/** A worker sleeps until `word` is at least `target`. */
export function waitFor(words: Int32Array, word: number, target: number): void {
  if (reached(words, word, target)) return
  for (;;) {
    const value = Atomics.load(words, word)
    if (value >= target) return
    Atomics.wait(words, word, value)
  }
}

/**
 * The main thread sleeps until `word` is at least `target`. When that takes long it lets events through, so that the end
 * of a worker is noticed; `alive` then throws.
 */
export async function waitOnMain(words: Int32Array, word: number, target: number, alive: () => void): Promise<void> {
  if (reached(words, word, target)) return
  for (;;) {
    const value = Atomics.load(words, word)
    if (value >= target) return
    if (Atomics.wait(words, word, value, patience) !== 'timed-out') continue
    await nextTurn()
    alive()
  }
}

/** Waiting is in vain; the reason is that thread's to tell. */
export class AnotherThreadFailed extends Error {
  override readonly name = 'AnotherThreadFailed'
}

/** Any thread sleeps until `word` is at least `target`, or throws once the word `failed` tells that another thread failed. */
export function waitUnlessFailed(words: Int32Array, word: number, target: number, failed: number): void {
  if (reached(words, word, target)) return
  for (;;) {
    const value = Atomics.load(words, word)
    if (value >= target) return
    if (Atomics.load(words, failed) !== 0) throw new AnotherThreadFailed('Another thread failed.')
    Atomics.wait(words, word, value, patience)
  }
}
