/** Values of the column that says which node was set from outside in a sample. */

/** Words for "none was set", besides an empty cell. */
const none = ['', 'none', 'observed', '-']

/**
 * Indices of the nodes that a value names, ascending: by their own name or by that of the column which they are anchored
 * to, several joined by +. Null where it names something else.
 */
export function targetsOfValue(
  value: string,
  nodes: readonly { readonly name: string; readonly anchor: string | null }[],
): readonly number[] | null {
  if (none.includes(value.trim().toLowerCase())) return []
  const whole = nodeCalled(value.trim(), nodes)
  const found = whole >= 0 ? [whole] : value.split('+').map((part) => nodeCalled(part.trim(), nodes))
  return found.includes(-1) ? null : [...new Set(found)].sort((a, b) => a - b)
}

function nodeCalled(text: string, nodes: readonly { readonly name: string; readonly anchor: string | null }[]): number {
  const named = nodes.findIndex(({ name }) => name === text)
  return named >= 0 ? named : nodes.findIndex(({ anchor }) => anchor === text)
}

/** Samples under one regime: which nodes were set in them. */
export interface Regimes {
  /** Nodes set in each regime; the first is the one in which none was. */
  readonly targets: readonly (readonly number[])[]
  /** Regime of each sample, [n]. */
  readonly of: Int32Array
}

/** Null where no sample has a node set. Unknown values count as none. */
export function regimesOf(
  codes: ArrayLike<number>,
  categories: readonly string[],
  nodes: readonly { readonly name: string; readonly anchor: string | null }[],
): Regimes | null {
  const targets: (readonly number[])[] = [[]]
  const regimeOfCode = categories.map((value) => {
    const set = targetsOfValue(value, nodes) ?? []
    const known = targets.findIndex((other) => other.join() === set.join())
    return known >= 0 ? known : targets.push(set) - 1
  })
  const of = Int32Array.from({ length: codes.length }, (_, row) => regimeOfCode[codes[row]!] ?? 0)
  return of.some((regime) => regime > 0) ? { targets, of } : null
}
