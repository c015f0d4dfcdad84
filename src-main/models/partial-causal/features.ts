/** Components of a trained partial causal model, of each modality by itself, and their mean over those that a sample has. */
import * as tf from '@tensorflow/tfjs-core'
import { Matrix, solve } from 'ml-matrix'
import type { PartialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import { type Dataset, type ModalityData, sizeOf } from '../../datasets/dataset.ts'
import type { FeatureReader, ReadFeatures } from '../features.ts'
import type { Snapshot } from '../session.ts'
import { PartialCausalModel } from './model.ts'
import { readUnmixed } from './read-unmixed.ts'
import { openSnapshot } from './state.ts'
import { TrainingData } from './training-data.ts'

const rowsAtOnce = 1024

/** From a modality's outputs to its components, [1 + l, C]: unmixing is linear. */
type Unmixing = Matrix

export class PartialCausalFeatures implements FeatureReader {
  readonly width: number
  readonly columns: readonly string[] = []
  readonly #data: TrainingData
  readonly #model: PartialCausalModel
  readonly #unmixings: readonly Unmixing[]

  private constructor(data: TrainingData, model: PartialCausalModel, unmixings: readonly Unmixing[]) {
    this.#data = data
    this.#model = model
    this.#unmixings = unmixings
    this.width = unmixings[0]!.columns
  }

  /** Unmixes as when the run ended, from the same outputs with the same draws. */
  static async open(
    dataset: Dataset,
    config: PartialCausalConfig,
    seed: number,
    snapshot: Snapshot,
  ): Promise<PartialCausalFeatures> {
    const data = new TrainingData(dataset, config, seed)
    const model = new PartialCausalModel({ modalities: data.modalities, config }, seed)
    model.parameters.write(openSnapshot(snapshot).parameters)
    const { outputs, unmixed } = await readUnmixed({ model, data, config, seed })
    const { components } = unmixed
    const unmixings = outputs.map(({ rows, values: { values, columns } }, m) => {
      const table = unmixed.modalities[m]!.values
      const design = Array.from(rows, (_, at) => [1, ...values.subarray(at * columns, (at + 1) * columns)])
      const wanted = Array.from(rows, (row) => Array.from(table.subarray(row * components, (row + 1) * components)))
      return solve(new Matrix(design), new Matrix(wanted), true)
    })
    return new PartialCausalFeatures(data, model, unmixings)
  }

  get heldOut(): Int32Array {
    return this.#data.validation
  }

  async read(views: readonly ModalityData[]): Promise<ReadFeatures> {
    const rows = views[0]!.present.length
    const { width } = this
    const fused = new Float32Array(rows * width)
    const counts = new Float32Array(rows)
    const each: Float32Array[] = []
    for (const { modality, data, present } of views) {
      const m = this.#data.modalities.findIndex(({ name }) => name === modality.name)
      const values = await this.#components(m, this.#data.standardised(m, data), rows)
      each.push(values.map((value, at) => (present[Math.floor(at / width)] === 1 ? value : 0)))
      present.forEach((bit, row) => (counts[row]! += bit))
    }
    for (const values of each) values.forEach((value, at) => (fused[at]! += value / Math.max(1, counts[Math.floor(at / width)]!))) // prettier-ignore
    return { each, fused }
  }

  /** [rows, C] */
  async #components(m: number, x: Float32Array, rows: number): Promise<Float32Array> {
    const { shape } = this.#data.modalities[m]!
    const size = sizeOf(shape)
    const out = new Float32Array(rows * this.width)
    for (let start = 0; start < rows; start += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rows - start)
      const outputs = tf.tidy(() =>
        this.#model.encode(m, tf.tensor(x.subarray(start * size, (start + count) * size), [count, ...shape])),
      )
      const values = await outputs.data<'float32'>()
      const columns = outputs.shape[1]
      outputs.dispose()
      const design = Array.from({ length: count }, (_, at) => [1, ...values.subarray(at * columns, (at + 1) * columns)])
      out.set(new Matrix(design).mmul(this.#unmixings[m]!).to1DArray(), start * this.width)
    }
    return out
  }

  dispose(): void {
    this.#model.parameters.dispose()
  }
}
