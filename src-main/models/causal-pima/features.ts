/** Posterior means of a trained causalPIMA model: of each modality by itself, and fused over those that a sample has. */
import * as tf from '@tensorflow/tfjs-core'
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import type { Dataset, ModalityData } from '../../datasets/dataset.ts'
import { sizeOf } from '../../datasets/dataset.ts'
import type { FeatureReader, ReadFeatures } from '../features.ts'
import type { Snapshot } from '../session.ts'
import { trainedModel } from './inference.ts'
import type { CausalPimaModel } from './model.ts'
import type { TrainingData } from './training-data.ts'

const rowsAtOnce = 512

export class CausalPimaFeatures implements FeatureReader {
  readonly #data: TrainingData
  readonly #model: CausalPimaModel

  constructor(dataset: Dataset, config: CausalPimaConfig, seed: number, snapshot: Snapshot) {
    const { data, model } = trainedModel(dataset, config, seed, snapshot)
    this.#data = data
    this.#model = model
  }

  get width(): number {
    return this.#model.shape.latent
  }

  get heldOut(): Int32Array {
    return this.#data.validation
  }

  get columns(): readonly string[] {
    return this.#data.nodes.flatMap(({ anchor }) => (anchor === null ? [] : [anchor]))
  }

  async read(views: readonly ModalityData[]): Promise<ReadFeatures> {
    const own = this.#data.modalities.map(({ name }) => views.find(({ modality }) => modality.name === name)!)
    const rows = own[0]!.present.length
    const present = (row: number, m: number): number => own[m]!.present[row]!
    const alone: Float32Array[] = []
    for (const m of own.keys()) {
      const mean = await this.#means(own, rows, (row, k) => (k === m ? present(row, m) : 0))
      // Of a sample without the modality this is the prior's mean.
      alone.push(mean.map((value, at) => (present(Math.floor(at / this.width), m) === 1 ? value : 0)))
    }
    return {
      each: views.map((view) => alone[own.indexOf(view)]!),
      fused: await this.#means(own, rows, present),
    }
  }

  /** [rows, l], fused over what is seen. */
  async #means(
    own: readonly ModalityData[],
    rows: number,
    seen: (row: number, m: number) => number,
  ): Promise<Float32Array> {
    const out = new Float32Array(rows * this.width)
    for (let start = 0; start < rows; start += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rows - start)
      const mask = Float32Array.from({ length: count * own.length }, (_, at) =>
        seen(start + Math.floor(at / own.length), at % own.length),
      )
      const mean = tf.tidy(() => {
        const x = own.map(({ data, modality }) => {
          const size = sizeOf(modality.shape)
          return tf.tensor(data.subarray(start * size, (start + count) * size), [count, ...modality.shape])
        })
        return this.#model.posterior({ x, fusion: tf.tensor2d(mask, [count, own.length]) }).mean
      })
      out.set(await mean.data<'float32'>(), start * this.width)
      mean.dispose()
    }
    return out
  }

  dispose(): void {
    this.#model.parameters.dispose()
  }
}
