/** Curves whose grid repeats values or turns back: ties are averaged, and of a loop a branch is taken, or its points are counted. */
import type { DataDescription } from '../../src-shared/domain/dataset.ts'

export interface Points {
  /** [points] */
  readonly x: readonly number[]
  /** [points] */
  readonly y: readonly number[]
}

export type TurningRule = NonNullable<DataDescription['turningCurves']>

/** Whether the grid goes one way, equal values allowed. */
export function isMonotone(x: ArrayLike<number>): boolean {
  const direction = Math.sign(x[x.length - 1]! - x[0]!)
  for (let i = 1; i < x.length; i++) if (Math.sign(x[i]! - x[i - 1]!) === -direction) return false
  return direction !== 0
}

/** Neighbouring points of one grid value as one, with the mean of their values. */
export function withoutTies({ x, y }: Points): Points {
  const result = { x: [] as number[], y: [] as number[] }
  let count = 0
  x.forEach((at, i) => {
    const last = result.x.length - 1
    if (last >= 0 && result.x[last] === at) {
      count += 1
      result.y[last] = result.y[last]! + (y[i]! - result.y[last]!) / count
      return
    }
    count = 1
    result.x.push(at)
    result.y.push(y[i]!)
  })
  return result
}

/** The points up to the one farthest from the first, those from it on, or all of them, sorted or over their number. */
export function branchOf({ x, y }: Points, rule: TurningRule): Points {
  if (rule === 'sort') {
    const order = x.map((_, i) => i).sort((a, c) => x[a]! - x[c]!)
    return { x: order.map((i) => x[i]!), y: order.map((i) => y[i]!) }
  }
  if (rule === 'index') return { x: x.map((_, i) => i), y }
  const turn = x.reduce((far, at, i) => (Math.abs(at - x[0]!) > Math.abs(x[far]! - x[0]!) ? i : far), 0)
  return rule === 'first'
    ? { x: x.slice(0, turn + 1), y: y.slice(0, turn + 1) }
    : { x: x.slice(turn), y: y.slice(turn) }
}
