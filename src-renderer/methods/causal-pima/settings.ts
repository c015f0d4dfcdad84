/** The draft of a run as causalPIMA's settings. */
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import { draft } from '../../state/model-draft.svelte.ts'

export type NodeDraft = CausalPimaConfig['nodes'][number]

/** What is filled in; it may be wrong, then the draft's problems say how. Null before the defaults have come. */
export function settings(): CausalPimaConfig | null {
  return draft.config as CausalPimaConfig | null
}

export function setNodes(nodes: readonly NodeDraft[]): void {
  draft.set('nodes', nodes)
}
