/**
 * Faults of single samples (a cell that is no number, a damaged image): collected while reading, so that the person
 * learns of all of them at once, then either the import is refused or what they concern is left out.
 */
import { type CausalscopeError, refused } from '../../src-shared/errors.ts'

export interface Fault {
  readonly file: string
  readonly row?: number
  readonly field?: string
  readonly id?: string
  /** A whole sentence without the file, row and field, which are put before it. */
  readonly message: string
  readonly hint: string
  /** A curve whose grid turns back: asked about where most curves of a modality do. */
  readonly turning?: true
}

const shown = 20

/** `curves.csv, row 7, column y3 (sample s006)` */
export function place(fault: Pick<Fault, 'file' | 'row' | 'field' | 'id'>): string {
  const row = fault.row === undefined ? '' : `, row ${fault.row}`
  const field = fault.field === undefined ? '' : `, column ${fault.field}`
  const id = fault.id === undefined ? '' : ` (sample ${fault.id})`
  return `${fault.file}${row}${field}${id}`
}

export class FaultLog {
  readonly faults: Fault[] = []

  add(fault: Fault): void {
    this.faults.push(fault)
  }

  /** Takes out the faults from `start` on of curves that turn back, and says how many there were. */
  takeTurning(start: number): number {
    const rest = this.faults.slice(start).filter(({ turning }) => turning !== true)
    const taken = this.faults.length - start - rest.length
    this.faults.splice(start, Infinity, ...rest)
    return taken
  }

  /**
   * The refusal that names the first fault in full and counts the others; null when there is none. `systematic` faults
   * concern most samples: something common to all is wrong, and leaving values out is no advice.
   */
  refusal(systematic = false): CausalscopeError | null {
    const first = this.faults[0]
    if (first === undefined) return null
    const others = this.faults.length - 1
    const more =
      others === 0 ? '' : ` There ${others === 1 ? 'is one more fault' : `are ${others} more faults`} like it.`
    const leave = 'Or leave such values out: "faults": "leave-out" in a data description.'
    const hint = systematic ? first.hint : `${first.hint} ${leave}`.trim()
    return refused(`${place(first)}: ${first.message}${more}`, hint, {
      file: first.file,
      ...(first.row === undefined ? {} : { row: first.row }),
      ...(first.field === undefined ? {} : { field: first.field }),
      ...(first.id === undefined ? {} : { id: first.id }),
      ...(others === 0 ? {} : { others: this.faults.slice(1, shown).map((f) => `${place(f)}: ${f.message}`) }),
    })
  }
}
