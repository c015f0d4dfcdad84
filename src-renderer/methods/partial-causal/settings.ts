/** The draft of a run as the partial causal model's settings. */
import type { PartialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import { draft } from '../../state/model-draft.svelte.ts'

/** What is filled in; null before the defaults have come. */
export function settings(): PartialCausalConfig | null {
  return draft.config as PartialCausalConfig | null
}
