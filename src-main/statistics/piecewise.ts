/**
 * Long computations cut into pieces of well under a second, so that whoever drives one can look up in between: answer,
 * report, stop. Where it is cut changes no number.
 */
import { setImmediate as nextTurn, setTimeout as after } from 'node:timers/promises'

/** Yields after each piece, with what is being done in words for a log; returns the outcome. */
export type Piecewise<T> = Generator<string, T, undefined>

/** All pieces at once. */
export function whole<T>(work: Piecewise<T>): T {
  for (;;) {
    const piece = work.next()
    if (piece.done === true) return piece.value
  }
}

/** Pieces until `milliseconds` have passed or the work is done, as the generator tells it. */
export function piecesFor<T>(work: Piecewise<T>, milliseconds: number): IteratorResult<string, T> {
  const end = performance.now() + milliseconds
  for (;;) {
    const piece = work.next()
    if (piece.done === true || performance.now() >= end) return piece
  }
}

/** How long other work of this thread may wait. */
const turnMs = 50

/** Called between the parts of long work: gives others their turn, and may wait as long as it likes. */
export type Breathe = () => Promise<void>

/** Nobody waits for a turn. */
export const breathless: Breathe = () => Promise.resolve()

/** All pieces, with a turn for whatever else waits on this thread in between. */
export async function inTurns<T>(work: Piecewise<T>, breathe: Breathe = breathless): Promise<T> {
  for (;;) {
    const piece = piecesFor(work, turnMs)
    if (piece.done === true) return piece.value
    await nextTurn()
    await breathe()
  }
}

/** Work of others, with a turn for whoever drives this thread while it is waited for. */
export async function attended<T>(work: Promise<T>, breathe: Breathe): Promise<T> {
  const end = work.then(
    () => true,
    () => true,
  )
  while (!(await Promise.race([end, after(turnMs, false)]))) await breathe()
  return work
}
