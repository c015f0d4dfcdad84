/** Where the phases of a training begin that a chart of its epochs marks. */
import type { PhaseWords } from './method.ts'

export interface PhaseBeginning {
  /** Place of its first epoch among those given. */
  readonly at: number
  readonly label: string
  /** What was learnt before is set aside, and the score begins anew. */
  readonly startsOver: boolean
}

/** Every change of phase whose beginning has words; the first phase begins where the chart does. */
export function phaseBeginnings(
  epochs: readonly { readonly phase: string }[],
  phases: Readonly<Record<string, PhaseWords>>,
): PhaseBeginning[] {
  return epochs.flatMap(({ phase }, at) => {
    const words = at > 0 && phase !== epochs[at - 1]!.phase ? phases[phase] : undefined
    return words === undefined || words.begins === null
      ? []
      : [{ at, label: words.begins, startsOver: words.startsOver === true }]
  })
}
