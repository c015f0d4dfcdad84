/** One sentence of a finding. */
export interface Finding {
  /** What the sentence is about: whether nodes return, an edge's support, what directions assume, what nodes mean, the clusters. */
  readonly kind: 'nodes' | 'support' | 'direction' | 'meaning' | 'clusters'
  readonly severity: 'info' | 'warning'
  readonly text: string
}

export const info = (kind: Finding['kind'], text: string): Finding => ({ kind, severity: 'info', text })
export const warning = (kind: Finding['kind'], text: string): Finding => ({ kind, severity: 'warning', text })
