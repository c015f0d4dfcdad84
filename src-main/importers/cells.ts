/** Cells of text tables as numbers, categories or missing values. */

/** What people and programs write where a value is missing. NaN is not among them: it is a number gone wrong. */
const missingWords = new Set(
  ['', 'na', 'n/a', '#n/a', 'n.a.', 'nd', 'n.d.', 'null', 'none', 'missing', '-', '--', '---', '\u2013', '\u2014', '?', '.'], // prettier-ignore
)

const pointNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const commaNumber = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/
const nonFinite = /^[+-]?(?:nan|inf|infinity|1\.#inf|1\.#qnan)$/i

const [minus, point, zero, nine] = [45, 46, 48, 57]

/** How a number is written as most programs do; every cell of a table is asked, so no expression is. */
export type PlainForm = 'plain' | 'point' | 'point3' | null

/**
 * `plain` without a point, `point` with decimals, `point3` where its three decimals might be thousands (1.234); null for
 * all else, numbers written otherwise among it.
 */
export function plainForm(cell: string): PlainForm {
  const first = cell.charCodeAt(0) === minus ? 1 : 0
  let at = -1
  for (let i = first; i < cell.length; i++) {
    const code = cell.charCodeAt(i)
    if (code >= zero && code <= nine) continue
    if (code !== point || at !== -1 || i === first) return null
    at = i
  }
  if (at === -1) return cell.length > first ? 'plain' : null
  if (at === cell.length - 1) return null
  const open = cell.length - at === 4 && at - first <= 3 && cell.charCodeAt(first) !== zero
  return open ? 'point3' : 'point'
}

export function isMissing(cell: string): boolean {
  // No such word begins with a digit.
  const code = cell.charCodeAt(0)
  if (code >= zero && code <= nine) return false
  return missingWords.has(cell.toLowerCase())
}

export function isNonFinite(cell: string): boolean {
  return nonFinite.test(cell)
}

/** A number, NaN and infinity included. */
export function isNumeric(cell: string, decimalComma: boolean): boolean {
  return (
    plainForm(cell) !== null ||
    (decimalComma ? commaNumber : pointNumber).test(cell) ||
    (decimalComma && pointNumber.test(cell)) ||
    nonFinite.test(cell)
  )
}

/** The number in a cell; NaN for NaN, missing and anything else, infinities as such. */
export function numberOf(cell: string, decimalComma: boolean): number {
  if (plainForm(cell) !== null) return Number(cell)
  if (nonFinite.test(cell)) return /nan/i.test(cell) ? Number.NaN : cell.startsWith('-') ? -Infinity : Infinity
  if (pointNumber.test(cell)) return Number(cell)
  if (decimalComma && commaNumber.test(cell)) return Number(cell.replace(',', '.'))
  return Number.NaN
}

const idName =
  /^(?:ids?|uid|key|(?:sample|specimen|probe|proben|case|part|item)(?:[ _.-]?(?:ids?|names?|no\.?|nr\.?|number|nummer|code))?|file(?:[ _-]?names?)?|image(?:[ _-]?(?:ids?|names?|files?))?)$/i
const runningName =
  /^(?:#|no\.?|nr\.?|n|i|run|row|line|index|idx|order|pos(?:ition)?|count(?:er)?|step|seq(?:uence)?|lfd\.?|repl?(?:icate)?|repeat|measurement|messung|test)(?:[ _.-]?(?:no\.?|nr\.?|number|nummer|index))?$/i

/** Whether a column of this name is likely to hold the ids of samples. */
export function isIdName(name: string): boolean {
  return idName.test(name)
}

/** Whether a column of this name is likely to count rows, runs or repetitions, whatever sample they belong to. */
export function isRunningName(name: string): boolean {
  return runningName.test(name)
}

/** `stress (MPa)`, `stress [MPa]` or `stress / MPa` as label and unit; in `stress / MPa@0.5` a point of a grid stands behind. */
export function labelAndUnit(name: string): { label: string; unit?: string } {
  const match = /^(.*\S)\s*(?:\(([^()]+)\)|\[([^[\]]+)\]|\s\/\s([^\s@]+))$/.exec(name)
  const unit = match?.[2] ?? match?.[3] ?? match?.[4]
  return match === null || unit === undefined ? { label: name } : { label: match[1]!, unit }
}

const collator = new Intl.Collator('en', { numeric: true })

/** Order for people: s2 before s10. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
