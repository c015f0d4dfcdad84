/** Measured values of samples by row, each fetched once as long as it is among those last asked for. */
import { request } from '../../client.ts'
import { loadValues, type ModalityValues } from '../../state/sample-values.ts'

const mostKept = 200

export class GalleryCache {
  readonly #run: number
  /** Those asked for longest ago first. */
  readonly #kept = new Map<number, Promise<readonly ModalityValues[]>>()

  constructor(run: number) {
    this.#run = run
  }

  /** Of every modality, one sample each. */
  get(row: number): Promise<readonly ModalityValues[]> {
    const known = this.#kept.get(row)
    const values = known ?? this.#fetch(row)
    this.#kept.delete(row)
    this.#kept.set(row, values)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest)
    return values
  }

  #fetch(row: number): Promise<readonly ModalityValues[]> {
    const values = request('clusters.gallery', { run: this.#run, rows: [row] }).then(({ modalities }) =>
      loadValues(modalities),
    )
    values.catch(() => this.#kept.delete(row))
    return values
  }
}
