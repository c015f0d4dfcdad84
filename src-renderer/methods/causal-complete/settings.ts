/** The draft of a run as the causal complete cause's settings. */
import type { CausalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import { draft } from '../../state/model-draft.svelte.ts'

/** What is filled in; null before the defaults have come. */
export function settings(): CausalCompleteConfig | null {
  return draft.config as CausalCompleteConfig | null
}
