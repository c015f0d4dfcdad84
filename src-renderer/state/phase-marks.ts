/** Where a chart over epochs marks that a phase of a training begins. */
import { definitionOf } from '../../src-shared/methods/available.ts'
import { phaseBeginnings } from '../../src-shared/methods/phase-beginnings.ts'
import type { Method } from '../../src-shared/domain/run.ts'

export interface PhaseMark {
  readonly x: number
  readonly label: string
  /** What was learnt before is set aside, and the score begins anew. */
  readonly startsOver: boolean
}

/** Between the epoch that a phase begins with and the one before; epochs count from 0, the chart's from 1. */
export function phaseMarks(
  method: Method,
  epochs: readonly { readonly epoch: number; readonly phase: string }[],
): readonly PhaseMark[] {
  return phaseBeginnings(epochs, definitionOf(method).results.phases).map(({ at, label, startsOver }) => ({
    x: epochs[at]!.epoch + 0.5,
    label,
    startsOver,
  }))
}

/** Of several runs in one chart only where a score begins anew: nothing else there falls without a reason. */
export function marksOfRuns(
  runs: readonly {
    readonly name: string
    readonly method: Method
    readonly epochs: Parameters<typeof phaseMarks>[1]
  }[],
): readonly Pick<PhaseMark, 'x' | 'label'>[] {
  return runs.flatMap(({ name, method, epochs }) =>
    phaseMarks(method, epochs)
      .filter(({ startsOver }) => startsOver)
      .map(({ x, label }) => ({ x, label: `${name}: ${label}` })),
  )
}
