/** How long a training still takes, in words. */
import type { RunProgress } from '../../src-shared/contract/runs.ts'
import { roughly } from './quantities.ts'

/** With what comes on top where that would change what is told: pre-training that finds no clusters begins again. */
export function timeLeft(progress: Pick<RunProgress, 'secondsLeft' | 'secondsAgain'> | undefined): string | null {
  const left = progress?.secondsLeft ?? null
  if (progress === undefined || left === null) return null
  const again = progress.secondsAgain
  return `${roughly(left)} left${again > left / 10 ? `, ${roughly(left + again)} if pre-training has to begin again` : ''}`
}
