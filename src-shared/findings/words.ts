/** English for lists, counts and numbers in findings. */
import type { Estimate } from '../domain/judgement.ts'

/** "A", "A and B", "A, B and C". */
export function list(items: readonly string[], last = 'and'): string {
  if (items.length <= 1) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)!}`
}

/**
 * The text as a sentence's beginning. Only a plain lower-case word is capitalised: "pH", "n1" and "E" are symbols, which
 * mean something else in another case.
 */
export function sentence(text: string): string {
  return /^\p{Ll}{3,}(?![\p{L}\p{N}_])/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}

/** Two numbers with as many decimals as it takes to tell them apart, two at least, four at most. */
export function tellApart(a: number, b: number): readonly [string, string] {
  for (const digits of [2, 3])
    if (a.toFixed(digits) !== b.toFixed(digits)) return [a.toFixed(digits), b.toFixed(digits)]
  return [a.toFixed(4), b.toFixed(4)]
}

/** A share as a percentage; almost all is not all, almost none not none. */
export function percent(share: number, digits = 0): string {
  const rounded = (share * 100).toFixed(digits)
  const step = 10 ** -digits
  if (share < 1 && Number(rounded) === 100) return `over ${(100 - step).toFixed(digits)} %`
  if (share > 0 && Number(rounded) === 0) return `under ${step.toFixed(digits)} %`
  return `${rounded} %`
}

const cardinals = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** "three"; digits beyond twelve. */
export function cardinal(count: number): string {
  return cardinals[count] ?? String(count)
}

/** A probability to two digits; almost certain is not certain. */
export function probability(p: number): string {
  const rounded = p.toFixed(2)
  if (p < 1 && rounded === '1.00') return 'over 0.99'
  if (p > 0 && rounded === '0.00') return 'under 0.01'
  return rounded
}

/** "0.98 (0.97 to 0.99)" */
export function estimateText({ mean, interval: [low, high] }: Estimate): string {
  return `${mean.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`
}
