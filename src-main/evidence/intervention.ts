/** What the joint distribution becomes when one node is set from outside, and when it is only seen (evidence.md section 5; Pearl 2009). */

export interface Intervened {
  /** Each [C], row-major over the nodes. */
  readonly observational: readonly number[]
  /** do(node = value): its own table replaced by the indicator of the value. */
  readonly interventional: readonly number[]
  /** Given that node = value was seen. */
  readonly conditioned: readonly number[]
}

/** @param tables [L][C] P_l(a_l | its parents) at every joint outcome */
export function intervene(
  tables: readonly (readonly number[])[],
  categories: readonly number[],
  node: number,
  value: number,
): Intervened {
  const stride = categories.slice(node + 1).reduce((product, k) => product * k, 1)
  const outcomes = categories.reduce((product, k) => product * k, 1)
  const size = categories[node] ?? 1
  const agrees = (outcome: number): boolean => Math.floor(outcome / stride) % size === value
  const joint = (without: number): number[] =>
    Array.from({ length: outcomes }, (_, outcome) =>
      tables.reduce((product, table, l) => (l === without ? product : product * table[outcome]!), 1),
    )
  const observational = joint(-1)
  const cut = joint(node)
  const seen = observational.reduce((sum, p, outcome) => (agrees(outcome) ? sum + p : sum), 0)
  return {
    observational,
    interventional: cut.map((p, outcome) => (agrees(outcome) ? p : 0)),
    conditioned: observational.map((p, outcome) => (agrees(outcome) ? p / seen : 0)),
  }
}
