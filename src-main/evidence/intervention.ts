/** What the joint distribution becomes when nodes are set from outside, and when they are only seen (evidence.md section 5; Pearl 2009). */
import type { Setting } from '../../src-shared/graph-questions/called.ts'

export interface Intervened {
  /** Each [C], row-major over the nodes. */
  readonly observational: readonly number[]
  /** do(node = value): the table of each set node replaced by the indicator of its value. */
  readonly interventional: readonly number[]
  /** Given that every node = value was seen; NaN where that never is. */
  readonly conditioned: readonly number[]
}

/** @param tables [L][C] P_l(a_l | its parents) at every joint outcome */
export function intervene(
  tables: readonly (readonly number[])[],
  categories: readonly number[],
  settings: readonly Setting[],
): Intervened {
  const outcomes = categories.reduce((product, k) => product * k, 1)
  const stride = (node: number): number => categories.slice(node + 1).reduce((product, k) => product * k, 1)
  const set = settings.map(({ node, value }) => ({ node, value, stride: stride(node), size: categories[node] ?? 1 }))
  const agrees = (outcome: number): boolean => set.every((s) => Math.floor(outcome / s.stride) % s.size === s.value)
  const isSet = (l: number): boolean => set.some(({ node }) => node === l)
  const joint = (uses: (l: number) => boolean): number[] =>
    Array.from({ length: outcomes }, (_, outcome) =>
      tables.reduce((product, table, l) => (uses(l) ? product * table[outcome]! : product), 1),
    )
  const observational = joint(() => true)
  const cut = joint((l) => !isSet(l))
  const seen = observational.reduce((sum, p, outcome) => (agrees(outcome) ? sum + p : sum), 0)
  return {
    observational,
    interventional: cut.map((p, outcome) => (agrees(outcome) ? p : 0)),
    conditioned: observational.map((p, outcome) => (agrees(outcome) ? p / seen : 0)),
  }
}
