/** The order that a person put a table into. */
export interface Order {
  readonly by: string
  readonly descending: boolean
}

const collator = new Intl.Collator('en', { numeric: true })

/** Items by their values: numbers by size, texts as people count; what has no value comes last either way. Stable. */
export function ordered<T>(
  items: readonly T[],
  valueOf: (item: T) => string | number | null,
  descending: boolean,
): readonly T[] {
  const turn = descending ? -1 : 1
  return items
    .map((item) => ({ item, value: valueOf(item) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null)
      if (typeof a === 'number' && typeof b === 'number') return turn * (a - b)
      return turn * collator.compare(String(a), String(b))
    })
    .map(({ item }) => item)
}
