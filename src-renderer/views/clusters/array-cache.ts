/** Arrays of a view, each fetched once. */
import type { ArrayRef } from '../../../src-shared/contract/shapes.ts'
import { load } from '../../client.ts'
import type { Values } from '../../state/sample-values.ts'

export class ArrayCache {
  readonly #arrays = new Map<string, Promise<Values>>()

  get(ref: ArrayRef): Promise<Values> {
    const known = this.#arrays.get(ref.url)
    if (known !== undefined) return known
    const values = load(ref)
    this.#arrays.set(ref.url, values)
    values.catch(() => this.#arrays.delete(ref.url))
    return values
  }
}
