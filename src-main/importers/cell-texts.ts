/** Texts of cells as they are meant: without blanks around them, and without the apostrophe that disarms a formula. */

/** So many writings of one value are quoted in a warning. */
const mostQuoted = 3

const number = /^[+-]?[\d.,]+(e[+-]?\d+)?$/i

/** What a table writer puts before a text that a spreadsheet would run (export/csv-cells.ts), and people put there by hand. */
const disarmed = /^'+[=+\-@\t\r]/

/** By column and plain text: its writings. Only of texts that have blanks around them somewhere. */
function writingsOf(records: readonly (readonly string[])[]): Map<number, Map<string, Set<string>>> {
  const padded = new Map<number, Map<string, Set<string>>>()
  for (const record of records)
    record.forEach((cell, c) => {
      const plain = cell.trim()
      if (plain === cell || plain === '' || number.test(plain)) return
      if (!padded.has(c)) padded.set(c, new Map())
      padded.get(c)!.set(plain, new Set())
    })
  if (padded.size > 0)
    for (const record of records)
      for (const [c, writings] of padded) writings.get((record[c] ?? '').trim())?.add(record[c]!)
  return padded
}

/**
 * Cells in place without blanks around them. Returns a warning for each column in which this made one value of texts that
 * were written differently.
 */
export function plainCells(records: string[][], header: readonly string[] = records[0] ?? []): string[] {
  const padded = writingsOf(records)
  for (const record of records)
    for (let c = 0; c < record.length; c++) {
      const plain = record[c]!.trim()
      record[c] = disarmed.test(plain) ? plain.slice(1) : plain
    }
  return [...padded].flatMap(([c, writings]) => {
    const differ = [...writings].filter(([, each]) => each.size > 1)
    if (differ.length === 0) return []
    const [plain, each] = differ[0]!
    const name = header[c]?.trim() ?? ''
    const quoted = [...each].slice(0, mostQuoted).map((text) => `"${text}"`)
    const more = differ.length === 1 ? '' : `, and ${differ.length - 1} more alike`
    return [
      `column ${name === '' ? c + 1 : name}: blanks around texts do not count: ${quoted.join(' and ')} are one value, "${plain}"${more}`,
    ]
  })
}
