/** A filter of samples in words: "heat is hot", "mass is 1 to 2". */
import type { SampleFilter } from '../../../src-shared/contract/datasets.ts'
import { number } from '../../words/quantities.ts'

export function filterWords(filter: SampleFilter): string {
  if ('category' in filter) return `${filter.column} is ${filter.category}`
  const { column, from, to } = filter
  if (from === null) return to === null ? `${column} is known` : `${column} is at most ${number(to)}`
  return to === null ? `${column} is at least ${number(from)}` : `${column} is ${number(from)} to ${number(to)}`
}
