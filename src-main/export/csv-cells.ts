/** Values as CSV cells that lose nothing and that no spreadsheet runs. */

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection"), which an import
 * takes away again (importers/cell-texts.ts); so does one that looks as if it had got it. A plain negative number is no
 * formula: an id or category "-12" stays as it is.
 */
export function textCell(text: string | null): string {
  if (text === null) return ''
  return /^'*[=+\-@\t\r]/.test(text) && !/^-\d+(\.\d+)?$/.test(text) ? `'${text}` : text
}

/** The shortest decimal that reads back as the same float64; empty where there is no number. */
export function float64Cell(value: number): string {
  return Number.isNaN(value) ? '' : Object.is(value, -0) ? '-0' : String(value)
}

/** The shortest decimal that reads back as the same float32: nine digits always do, six often. */
export function float32Cell(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return float64Cell(value)
  // Subnormal numbers have fewer digits than six.
  for (let digits = Math.abs(value) < 2 ** -126 ? 1 : 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return String(rounded)
  }
  return String(Number(value.toPrecision(9)))
}
