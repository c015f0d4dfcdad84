/** Numbers as files write them: told apart by what their signs can mean, and written anew once that is decided. */
import { plainForm } from './cells.ts'

export type DecimalSign = '.' | ','

/** A number of which nothing tells how it is to be read. */
export interface Undecided {
  readonly column: string
  readonly cell: string
}

export interface Parsed {
  readonly sign: string
  readonly digits: string
  readonly exponent: string
  readonly unit: string
  readonly form: Form
}

/**
 * How a number is written. `point` and `comma` can only be decimals; `point3` and `comma3` (1.234, 1,234) may be decimals
 * or thousands; `pointGroups` and `commaGroups` can only be thousands; `plain` has neither; `spaced` groups by blanks.
 */
export type Form = 'plain' | 'point' | 'comma' | 'point3' | 'comma3' | 'pointGroups' | 'commaGroups' | 'spaced'

// A unit needs a blank before it, or begins with a sign of its own: 12A is a name, 12 A and 5% are measured.
const number = /^([+-]?)(\d[\d.,' ]*|[.,]\d+)(?:[eEdD]([+-]?\d+))?(?:(?: +|(?=[%‰°µμ]))([^\d\s.,;:<>=+-][^\s]{0,11}))?$/
export const clock = /^(\d{1,3}):([0-5]\d):([0-5]\d(?:[.,]\d+)?)$/
export function parsed(cell: string): Parsed | null {
  const match = number.exec(plainSigns(cell))
  if (match === null) return null
  const [, sign, digits, exponent, unit] = match
  const body = digits!.trim()
  const form = formOf(body, exponent !== undefined)
  return form === null ? null : { sign: sign!, digits: body, exponent: exponent ?? '', unit: unit ?? '', form }
}

/** Typographic minus signs and blanks as plain ones. */
function plainSigns(cell: string): string {
  return cell.replace(/^[\u2212\u2013]/, '-').replaceAll(/[\u00a0\u202f\u2009]/g, ' ')
}

function formOf(digits: string, exponent: boolean): Form | null {
  if (/^\d+$/.test(digits)) return 'plain'
  if (/[ ']/.test(digits)) return /^\d{1,3}(?:[ ']\d{3})+(?:[.,]\d*)?$/.test(digits) ? 'spaced' : null
  if (/^[1-9]\d{0,2}(?:,\d{3})+\.\d*$/.test(digits)) return 'commaGroups'
  if (/^[1-9]\d{0,2}(?:\.\d{3})+,\d*$/.test(digits)) return 'pointGroups'
  if (/^[1-9]\d{0,2}(?:,\d{3}){2,}$/.test(digits)) return 'commaGroups'
  if (/^[1-9]\d{0,2}(?:\.\d{3}){2,}$/.test(digits)) return 'pointGroups'
  const open = !exponent && /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)
  if (/^\d*\.\d*$/.test(digits)) return open ? 'point3' : 'point'
  if (/^\d*,\d*$/.test(digits)) return open ? 'comma3' : 'comma'
  return null
}

/** Whether a cell is written as a number in any dialect, with a unit or without. */
export function looksNumeric(cell: string): boolean {
  return (
    plainForm(cell) !== null || /^[+-]?(?:nan|inf|infinity)$/i.test(cell) || clock.test(cell) || parsed(cell) !== null
  )
}

/** The number as JavaScript writes it; null where `decimal` does not fit it. */
export function rewritten({ sign, digits, exponent, form }: Parsed, decimal: DecimalSign | 'both'): string | null {
  const power = exponent === '' ? '' : `e${exponent}`
  const whole = (text: string): string => `${sign === '+' ? '' : sign}${text}${power}`
  if (form === 'plain') return whole(digits)
  if (form === 'spaced') return whole(digits.replaceAll(/[ ']/g, '').replace(',', '.'))
  const commas = form === 'comma' || form === 'pointGroups'
  const points = form === 'point' || form === 'commaGroups'
  const comma = decimal === ',' || (decimal === 'both' && commas)
  if ((comma && points) || (!comma && commas)) return null
  return whole(comma ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', ''))
}
