/** A page of a data set's samples with their values, as search and filter ask for it. */
import { type ErrorData, toErrorData } from '../../../src-shared/errors.ts'
import type { SampleFilter, SampleRow } from '../../../src-shared/contract/datasets.ts'
import { request } from '../../client.ts'
import { loadValues, type ModalityValues } from '../../state/sample-values.ts'

export interface SamplesQuery {
  readonly offset: number
  readonly search: string
  /** Only samples without this modality; null: all. */
  readonly without: string | null
  readonly order: SampleOrder | null
  readonly filters: readonly SampleFilter[]
}

/** By a metadata column, null: by the id. */
export interface SampleOrder {
  readonly by: string | null
  readonly descending: boolean
}

export const pageSize = 48

export class SamplesPage {
  rows = $state.raw<readonly SampleRow[] | null>(null)
  values = $state.raw<readonly ModalityValues[]>([])
  total = $state(0)
  error = $state.raw<ErrorData | null>(null)
  readonly #dataset: number
  #asked = 0

  constructor(dataset: number) {
    this.#dataset = dataset
  }

  /** Only the newest question counts: an older answer that comes later is dropped. */
  async load(query: SamplesQuery): Promise<void> {
    const asked = ++this.#asked
    try {
      const answer = await request('dataset.samples', {
        dataset: this.#dataset,
        limit: pageSize,
        ...query,
        filters: [...query.filters],
      })
      const values = await loadValues(answer.modalities)
      if (asked !== this.#asked) return
      this.total = answer.total
      this.values = values
      this.rows = answer.rows
      this.error = null
    } catch (error) {
      if (asked === this.#asked) this.error = toErrorData(error)
    }
  }
}
