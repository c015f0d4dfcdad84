/** The draft of a run as causalPIMA's settings. */
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import { type Knowledge, nothingKnown, renamed } from '../../../src-shared/knowledge/knowledge.ts'
import { draft } from '../../state/model-draft.svelte.ts'

export type NodeDraft = CausalPimaConfig['nodes'][number]

/** What is filled in; it may be wrong, then the draft's problems say how. Null before the defaults have come. */
export function settings(): CausalPimaConfig | null {
  return draft.config as CausalPimaConfig | null
}

export function knowledge(): Knowledge {
  return settings()?.knowledge ?? nothingKnown
}

export function setKnowledge(known: Knowledge): void {
  draft.set('knowledge', known)
}

/** Names under which the nodes were last told apart: two may be called alike while one is being typed. */
let toldApart: readonly string[] = []

/** What is known follows the nodes: under their new names, and without those that are gone. */
export function setNodes(nodes: readonly NodeDraft[]): void {
  const names = nodes.map(({ name }) => name)
  const unique = (some: readonly string[]): boolean => new Set(some).size === some.length
  const before = (settings()?.nodes ?? []).map(({ name }) => name)
  if (unique(before)) toldApart = before
  const known = knowledge()
  draft.set('nodes', nodes)
  if (!unique(names) || names.some((name) => name.trim() === '')) return
  const then = toldApart
  toldApart = names
  const nameOf = (node: string): string | null => {
    const at = then.indexOf(node)
    if (at >= 0 && then.length === names.length) return names[at]!
    return names.includes(node) ? node : null
  }
  setKnowledge(renamed(known, nameOf))
}
