/** What an unmixing could not do as asked, and what it did instead: as data for whoever shows it, and in words. */

export type UnmixingNote =
  | {
      readonly what: 'components-reduced'
      /** principal: the directions kept before unmixing; independent: the components themselves. */
      readonly of: 'principal' | 'independent'
      readonly asked: number
      readonly kept: number
      /** What did not suffice: rows to fit on, dimensions, or directions along which the rows differ. */
      readonly because: 'rows' | 'dimensions' | 'rank'
    }
  | { readonly what: 'constant-columns'; readonly columns: readonly number[]; readonly of: number }
  | {
      readonly what: 'not-converged'
      readonly iterations: number
      /** Largest change of a direction in the last iteration: |1 - |cos|| of its angle. */
      readonly lastChange: number
      readonly tolerance: number
    }

const names = {
  principal: ['principal direction', 'principal directions'],
  independent: ['component', 'components'],
} as const

export function unmixingNoteText(note: UnmixingNote): string {
  switch (note.what) {
    case 'components-reduced': {
      const name = names[note.of][note.kept === 1 ? 0 : 1]
      const reason = {
        rows: 'there are no more rows to fit on than carry that many',
        dimensions: 'the data have no more dimensions',
        rank: 'the rows differ along no more directions',
      }[note.because]
      return `${note.kept} ${name} instead of ${note.asked}: ${reason}.`
    }
    case 'constant-columns': {
      const shown = note.columns.slice(0, 5).map((column) => column + 1)
      const more = note.columns.length > shown.length ? ', ...' : ''
      const verb = note.columns.length === 1 ? 'is constant and carries' : 'are constant and carry'
      return `${note.columns.length} of ${note.of} dimensions ${verb} nothing (${shown.join(', ')}${more}).`
    }
    case 'not-converged':
      return (
        `FastICA did not converge: after ${note.iterations} iterations a direction still turned by ` +
        `${note.lastChange.toExponential(1)} (tolerance ${note.tolerance.toExponential(0)}). ` +
        'Components of nearly normal distribution cannot be told apart; fewer components or more iterations may help.'
      )
  }
}
