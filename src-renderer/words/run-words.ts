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

/** "N1 → N2 (provisional), N1 — N3", "no edges", or a dash while there is no graph. What is not supported is not listed. */
export function edgeWords(run: RunView): string {
  if (run.status !== 'done') return '–'
  const edges = shownEdges(run).filter(({ standing }) => standing !== 'unsupported')
  if (edges.length === 0) return run.edges.length === 0 ? 'no edges' : 'no edge supported'
  return edges
    .map((edge) => `${edgeSigns(edge)}${edge.standing === 'supported' ? '' : ` (${edge.standing})`}`)
    .join(', ')
}
