/** A run's newest look inside: its latent points in a plane that turns little from one look to the next, and samples rebuilt. */
import type { Preview } from '../../../src-shared/contract/runs.ts'
import { load, on, request } from '../../client.ts'
import { alignedTo } from '../../charts/aligned.ts'
import type { ModalityValues, Values } from '../../state/sample-values.ts'

export interface Rebuilt {
  readonly modality: string
  readonly row: number
  readonly id: string
  /** Of one sample. */
  readonly shape: readonly number[]
  readonly measured: Values
  readonly rebuilt: Values
}

export interface Look {
  /** Epochs done; null: all. */
  readonly epoch: number | null
  /** [p, 2] */
  readonly points: Float32Array
  readonly explained: readonly [number, number]
  /** Component of each point, -1 before there are any, [p]. */
  readonly components: ArrayLike<number>
  readonly rebuilt: readonly Rebuilt[]
}

export class LivePreview {
  readonly run: number
  look = $state.raw<Look | null>(null)
  #asked = 0

  constructor(run: number) {
    this.run = run
  }

  /**
   * Follows the run until the returned function is called.
   * @param done the run has a result already
   */
  follow(done: boolean): () => void {
    const leave = on('run.preview', (preview) => {
      if (preview.run === this.run) void this.#take(preview)
    })
    // Without a look the view says what comes: nothing is lost.
    void this.#first(done).catch(() => undefined)
    return leave
  }

  async #first(done: boolean): Promise<void> {
    const { preview } = await request('run.preview', { run: this.run })
    if (this.#asked > 0) return
    if (preview !== null) await this.#take(preview)
    else if (done) await this.#takeResult()
  }

  /** Of a run that trained before the project was opened: where its samples ended up. */
  async #takeResult(): Promise<void> {
    const { projection, component } = await request('clusters.get', { run: this.run })
    const [points, components] = await Promise.all([load({ ...projection.points, dtype: 'float32' }), load(component)])
    this.look = { epoch: null, points, explained: projection.explained, components, rebuilt: [] }
  }

  async #take(preview: Preview): Promise<void> {
    const turn = ++this.#asked
    try {
      const [points, rebuilt] = await Promise.all([
        load({ ...preview.points, dtype: 'float32' }),
        Promise.all(preview.reconstructions.map(loadRebuilt)),
      ])
      // A newer look may have arrived before this one's arrays.
      if (turn !== this.#asked) return
      this.look = {
        epoch: preview.epoch,
        points: this.look === null ? points : alignedTo(this.look.points, points),
        explained: preview.explained,
        components: preview.components,
        rebuilt,
      }
    } catch {
      // Arrays of a look are let go of when newer ones need their room: the next look is on its way.
    }
  }
}

async function loadRebuilt({
  modality,
  row,
  id,
  measured,
  rebuilt,
}: Preview['reconstructions'][number]): Promise<Rebuilt> {
  const [seen, made] = await Promise.all([load(measured), load(rebuilt)])
  return { modality, row, id, shape: measured.shape.slice(1), measured: seen, rebuilt: made }
}

/** One array as the thumbnails take it. */
export function asValues(
  modality: string,
  kind: ModalityValues['kind'],
  shape: readonly number[],
  values: Values,
): ModalityValues {
  return { modality, kind, shape, samples: 1, values }
}
