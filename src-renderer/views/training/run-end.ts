/** How a finished training ended: which epoch its result is of, and whether it had come to rest. */
import type { ScoreKind } from '../../../src-shared/domain/result.ts'
import { definitionOf } from '../../../src-shared/methods/available.ts'
import type { Epoch } from '../../state/histories.svelte.ts'
import type { RunView } from '../../state/run-list.ts'
import { fixed } from '../../words/quantities.ts'

/** A change that is less than this share of the phase's whole course is rest. */
const rest = 0.05
/** Changes of less than this, in the unit of the score, are noise of the samples drawn. */
const noise = 0.1

export interface RunEnd {
  /** Best epoch of the last phase, from 1. */
  readonly best: number
  /** Epochs of the last phase. */
  readonly epochs: number
  /** At the end the score was still getting better, had got worse, or neither. */
  readonly course: 'rising' | 'fallen' | 'rest'
  /** By how much, in the unit of the score: over the last quarter, or since the best epoch. */
  readonly by: number
}

/** Null before the last phase has two epochs. */
export function endOf(epochs: readonly Epoch[], { better }: Pick<ScoreKind, 'better'>): RunEnd | null {
  const phase = epochs.at(-1)?.phase
  const last = epochs.slice(epochs.findLastIndex((epoch) => epoch.phase !== phase) + 1)
  if (last.length < 2) return null
  const sign = better === 'higher' ? 1 : -1
  const values = last.map(({ score, validationScore }) => sign * (validationScore ?? score))
  const at = values.indexOf(Math.max(...values))
  const course = Math.max(...values) - Math.min(...values)
  const moved = (by: number): boolean => by > noise && by > rest * course
  const earlier = values.slice(0, Math.max(1, Math.floor(values.length * 0.75)))
  const gain = values[at]! - Math.max(...earlier)
  const loss = values[at]! - values.at(-1)!
  const found = { best: last[at]!.epoch + 1, epochs: last.length }
  if (moved(loss)) return { ...found, course: 'fallen', by: loss }
  return moved(gain) ? { ...found, course: 'rising', by: gain } : { ...found, course: 'rest', by: 0 }
}

/** Epochs that are offered where a training was not at rest. */
export const moreEpochs = 20

/** What to know of the end, in a sentence or two; empty where the training came to rest. */
export function endWords(run: Pick<RunView, 'method'>, end: RunEnd): string {
  const { name, unit, better } = definitionOf(run.method).results.score
  const by = `${fixed(end.by)} ${unit}`
  if (end.course === 'rising')
    return `Not converged: the ${name} was still ${better === 'higher' ? 'rising' : 'falling'}, by ${by} in the last quarter of ${end.epochs} epochs.`
  if (end.course === 'fallen')
    return `The ${name} got worse again at the end, by ${by} since epoch ${end.best}: what was learnt after that epoch is of no use.`
  return ''
}

/** "epoch 34 of 40": which epoch the result is the model of, where the method goes back to its best one. */
export function resultEpoch(run: Pick<RunView, 'method' | 'epoch'>, end: RunEnd | null): string {
  const best = definitionOf(run.method).results.keepsBest === true && end !== null ? end.best : run.epoch
  return `epoch ${best} of ${run.epoch}`
}
