/** Runs in words: their state, what they found. */
import { shownEdges } from '../../src-shared/domain/shown-names.ts'
import { edgeSigns } from '../../src-shared/graph/edge-words.ts'
import type { RunView } from '../state/run-list.ts'

export const statusWords: Readonly<Record<RunView['status'], string>> = {
  queued: 'waiting',
  running: 'trains',
  paused: 'paused',
  interrupted: 'interrupted',
  done: 'done',
  failed: 'failed',
}

export function statusTone(status: RunView['status']): 'plain' | 'good' | 'warn' | 'bad' | 'accent' {
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

/** "N1 → N2, N1 — N3", "no edges", or a dash while there is no graph. */
export function edgeWords(run: RunView): string {
  if (run.status !== 'done') return '–'
  if (run.edges.length === 0) return 'no edges'
  return shownEdges(run).map(edgeSigns).join(', ')
}
