/** A finding in sentences. */
export interface Finding {
  /** What the sentence is about: whether nodes return, an edge's support, what directions assume, what nodes mean, the clusters. */
  readonly kind: 'nodes' | 'support' | 'direction' | 'meaning' | 'clusters'
  readonly severity: 'info' | 'warning'
  readonly text: string
}

export interface Findings {
  readonly headline: string
  /** No replicate has tested yet what returns. */
  readonly provisional: boolean
  /** Cautions first; `cautionsOf` has these alone. */
  readonly details: readonly Finding[]
  /** What the training has to say for itself: for those who want to know why. */
  readonly notes: readonly string[]
}

export const isCaution = ({ severity }: Finding): boolean => severity === 'warning'

/** What to be wary of: the one list that window, command line, report and every export show. */
export function cautionsOf({ details }: Pick<Findings, 'details'>): string[] {
  return details.filter(isCaution).map(({ text }) => text)
}

/** The details and notes of a finding, a sentence a line, each saying what it is. */
export function detailLines({ details, notes }: Pick<Findings, 'details' | 'notes'>): string[] {
  return [
    ...details.map((detail) => `${isCaution(detail) ? 'Careful: ' : ''}${detail.text}`),
    ...notes.map((note) => `Note of the training: ${note}`),
  ]
}

export const info = (kind: Finding['kind'], text: string): Finding => ({ kind, severity: 'info', text })
export const warning = (kind: Finding['kind'], text: string): Finding => ({ kind, severity: 'warning', text })
