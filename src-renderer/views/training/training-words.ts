/** What a run is doing, in words. */
import type { RunProgress } from '../../../src-shared/contract/runs.ts'
import type { PhaseWords } from '../../../src-shared/methods/method.ts'
import { definitionOf } from '../../../src-shared/methods/available.ts'
import type { Epoch } from '../../state/histories.svelte.ts'
import type { RunView } from '../../state/run-list.ts'
import { rebuildsNothing } from '../../words/run-words.ts'
import { duration, number } from '../../words/quantities.ts'
import { timeLeft } from '../../words/time-left.ts'

function phaseOf(run: RunView, { phase }: Epoch): PhaseWords | undefined {
  return definitionOf(run.method).results.phases[phase]
}

/** The view's title. */
export function headlineOf(run: RunView, last: Epoch | undefined): string {
  switch (run.status) {
    case 'queued':
      return `${run.name} waits for its turn`
    case 'paused':
      return `${run.name} is paused`
    case 'interrupted':
      return `${run.name} was stopped`
    case 'failed':
      return `${run.name} failed`
    case 'done':
      return rebuildsNothing(run) ? `${run.name} is done and found nothing` : `${run.name} is done`
    case 'running':
      if (last === undefined) return 'Getting ready'
      return phaseOf(run, last)?.doing ?? 'Learning'
  }
}

/** One line: method, epoch, figures of the phase, time. */
export function progressLine(run: RunView, progress: RunProgress | undefined, last: Epoch | undefined): string {
  const epochs = progress?.epochs ?? run.epochs
  const epoch = Math.min(epochs, Math.max(progress?.epoch ?? 0, run.epoch, (last?.epoch ?? -1) + 1))
  const parts: string[] = [definitionOf(run.method).title]
  if (run.status === 'queued') return parts[0] ?? ''
  parts.push(epochs > 0 ? `epoch ${epoch} of ${epochs}` : `epoch ${epoch}`)
  for (const name of (last === undefined ? null : phaseOf(run, last))?.figures ?? []) {
    const value = last?.figures[name]
    if (value !== undefined) parts.push(`${name} ${number(value, 2)}`)
  }
  const left = run.status === 'running' ? timeLeft(progress) : null
  if (left !== null) parts.push(left)
  if (run.status !== 'running' && run.seconds > 0) parts.push(`${duration(run.seconds)} of training`)
  return parts.join(' · ')
}

/** What kind of term it is, for people: "reconstruction/curves" is a "Reconstruction". */
export function termName(method: RunView['method'], term: string): string {
  const [kind = term] = term.split('/')
  return definitionOf(method).results.terms[kind] ?? kind
}
