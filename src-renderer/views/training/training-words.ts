/** What a run is doing, in words. */
import type { RunProgress } from '../../../src-shared/contract/runs.ts'
import { definitionOf } from '../../../src-shared/methods/available.ts'
import type { Epoch } from '../../state/histories.svelte.ts'
import type { RunView } from '../../state/run-list.ts'
import { duration, number, roughly } from '../../words/quantities.ts'

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
      return `${run.name} is done`
    case 'running':
      if (last === undefined) return 'Getting ready'
      return last.phase === 'pretrain' ? 'Learning to rebuild the measurements' : 'Learning clusters and graph'
  }
}

/** One line: method, epoch, temperature, time. */
export function progressLine(run: RunView, progress: RunProgress | undefined, last: Epoch | undefined): string {
  const epochs = progress?.epochs ?? run.epochs
  const epoch = Math.min(epochs, Math.max(progress?.epoch ?? 0, run.epoch, (last?.epoch ?? -1) + 1))
  const parts: string[] = [definitionOf(run.method).title]
  if (run.status === 'queued') return parts[0] ?? ''
  parts.push(epochs > 0 ? `epoch ${epoch} of ${epochs}` : `epoch ${epoch}`)
  if (last?.phase === 'joint') parts.push(`temperature ${number(last.temperature, 2)}`)
  const left = progress?.secondsLeft ?? null
  if (run.status === 'running' && left !== null) parts.push(`${roughly(left)} left`)
  if (run.status !== 'running' && run.seconds > 0) parts.push(`${duration(run.seconds)} of training`)
  return parts.join(' · ')
}

/** What kind of term it is, for people: "reconstruction/curves" is a "Reconstruction". */
export function termName(term: string): string {
  const [kind = term] = term.split('/')
  const names: Readonly<Record<string, string>> = {
    reconstruction: 'Reconstruction',
    clusterEvidence: 'Cluster evidence',
    posteriorEntropy: 'Posterior entropy',
    kl: 'KL divergence',
  }
  return names[kind] ?? kind
}
