/** A page of a data set's samples with their values, as search and filter ask for it. */
import { type ErrorData, toErrorData } from '../../../src-shared/errors.ts'
import type { SampleFilter, SampleRow } from '../../../src-shared/contract/datasets.ts'
import { request } from '../../client.ts'
import { loadValues, type ModalityValues } from '../../state/sample-values.ts'

export interface SamplesQuery {
  readonly offset: number
  readonly limit: number
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

/** Rows of a page of the table. */
export const tableRows = 48

/** Bounds of a page of cards. */
const [fewestCards, mostCards] = [24, 48]

/** A card with its gap, px: the smallest it may be. */
const card = { width: 168, height: 122 }

/**
 * Cards of a page: about as many as a window of that size shows beside and below all else, in dozens. Every one is asked
 * for and drawn at each key of a search, those out of sight too.
 */
export function cardsFitting(width: number, height: number): number {
  const columns = Math.floor(Math.max(0, width - 600) / card.width)
  const rows = Math.ceil(Math.max(0, height - 220) / card.height)
  return Math.min(mostCards, Math.max(fewestCards, Math.ceil((columns * rows) / 12) * 12))
}

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
