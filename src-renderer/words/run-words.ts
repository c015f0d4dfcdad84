/** Runs in words: their state, what they found. */
import type { EarlierRun } from '../../src-shared/domain/run.ts'
import { shownEdges } from '../../src-shared/domain/shown-names.ts'
import { evidenceThresholds } from '../../src-shared/findings/thresholds.ts'
import { edgeSigns } from '../../src-shared/graph/edge-words.ts'
import type { RunView } from '../state/run-list.ts'

/** Which run's model another begins with. */
export function earlierWords({ run, epoch, sha256 }: EarlierRun): string {
  return `the model of run ${run}, ${epoch} epochs; SHA-256 of its checkpoint ${sha256}`
}

export const statusWords: Readonly<Record<RunView['status'], string>> = {
  queued: 'waiting',
  running: 'trains',
  paused: 'paused',
  interrupted: 'interrupted',
  done: 'done',
  failed: 'failed',
}

/** A finished run that rebuilds nothing of what was measured has found nothing, whatever its graph. */
export function rebuildsNothing({ status, explained }: Pick<RunView, 'status' | 'explained'>): boolean {
  return status === 'done' && explained !== null && explained < evidenceThresholds.rebuilt
}

export function statusTone({
  status,
  ...run
}: Pick<RunView, 'status' | 'explained'>): 'plain' | 'good' | 'warn' | 'bad' | 'accent' {
  if (rebuildsNothing({ status, ...run })) return 'warn'
  switch (status) {
    case 'running':
      return 'accent'
    case 'done':
      return 'good'
    case 'paused':
    case 'interrupted':
      return 'warn'
    case 'failed':
      return 'bad'
    case 'queued':
      return 'plain'
  }
}

/** "N1 → N2 (provisional), N1 — N3", "no edges", or a dash while there is no graph. What is not supported is not listed. */
export function edgeWords(run: RunView): string {
  if (run.status !== 'done' || rebuildsNothing(run)) return '–'
  const edges = shownEdges(run).filter(({ standing }) => standing !== 'unsupported')
  if (edges.length === 0) return run.edges.length === 0 ? 'no edges' : 'no edge supported'
  return edges
    .map((edge) => `${edgeSigns(edge)}${edge.standing === 'supported' ? '' : ` (${edge.standing})`}`)
    .join(', ')
}
