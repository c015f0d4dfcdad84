/** Counts over joint outcomes, kept apart by which nodes were set in the samples. */
import type { Regimes } from '../../../src-shared/knowledge/intervened.ts'
import type { Matrix } from '../../../src-shared/domain/result.ts'
import type { Counts } from '../../evidence/counts.ts'
import { outcomesOf } from '../../evidence/counts.ts'

/**
 * Responsibilities summed over the samples, [C].
 * @param regimes null where no node was set in any
 */
export function countsOfShares(
  { values, columns }: Matrix,
  categories: readonly number[],
  regimes: Regimes | null,
): Counts {
  const all = new Float64Array(columns)
  const parts = (regimes?.targets ?? []).map(() => new Float64Array(columns))
  values.forEach((share, at) => {
    const a = at % columns
    all[a]! += share
    if (regimes !== null) parts[regimes.of[Math.floor(at / columns)]!]![a]! += share
  })
  return counted(categories, all, parts, regimes)
}

/**
 * The counts of a replicate by regime: of the rows that it trained on, each in the outcome that it most likely has. Its soft
 * counts are not kept apart by regime.
 */
export function countsOfLabels(
  labels: readonly ArrayLike<number>[],
  categories: readonly number[],
  leftOut: readonly number[],
  regimes: Regimes,
): Counts {
  const size = categories.reduce((product, k) => product * k, 1)
  const all = new Float64Array(size)
  const parts = regimes.targets.map(() => new Float64Array(size))
  const outside = new Set(leftOut)
  outcomesOf(labels, categories).forEach((outcome, row) => {
    if (outside.has(row)) return
    all[outcome]! += 1
    parts[regimes.of[row]!]![outcome]! += 1
  })
  return counted(categories, all, parts, regimes)
}

function counted(
  categories: readonly number[],
  values: Float64Array,
  parts: readonly Float64Array[],
  regimes: Regimes | null,
): Counts {
  if (regimes === null) return { categories, values }
  return { categories, values, regimes: regimes.targets.map((set, at) => ({ set, values: parts[at]! })) }
}
