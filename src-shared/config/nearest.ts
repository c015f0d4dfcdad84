/** Which of the valid names someone most likely meant. */

/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`, case ignored: Damerau-Levenshtein, restricted. */
export function editDistance(a: string, b: string): number {
  const from = a.toLowerCase()
  const to = b.toLowerCase()
  let before: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, j) => j)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[to.length]!
}

/**
 * The name closest to `wrong`; null when there are no names. A key written without its section is also compared with the
 * last part of dotted names: `epochs` finds `training.epochs`.
 */
export function nearestName(wrong: string, names: readonly string[]): string | null {
  const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
  const distance = (name: string): number => {
    const whole = editDistance(wrong, name)
    return wrong.includes('.') ? whole : Math.min(whole, editDistance(wrong, lastPart(name)) + 0.5)
  }
  let nearest: string | null = null
  let shortest = Infinity
  for (const name of names) {
    const d = distance(name)
    if (d < shortest) [nearest, shortest] = [name, d]
  }
  return nearest
}
