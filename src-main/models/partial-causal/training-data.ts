/**
 * A data set as the partial causal model trains on it: samples that have every modality used, standardised, in a training
 * and a validation part, in batches that follow from the seed and the step alone.
 */
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { refused } from '../../../src-shared/errors.ts'
import type { PartialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import { heldOutPairs } from '../../../src-shared/methods/partial-causal/held-out.ts'
import { isUsed } from '../../../src-shared/config/used-modalities.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { type Dataset, type ModalityData, sizeOf } from '../../datasets/dataset.ts'
import { emptyRows } from '../../datasets/empty-rows.ts'
import { userValues } from '../../datasets/user-values.ts'
import type { BatchArrays } from './batch.ts'
import { type Breathe, breathless } from '../../statistics/piecewise.ts'
import { type Standard, standardOf } from '../nn/standard.ts'

/** Fewer pairs than this in a batch leave nothing to tell apart. */
const smallestBatch = 8

/** The modality with embeddings that are all zeros counted as absent: they say that there was nothing to encode. */
function withoutEmpty(data: ModalityData): ModalityData {
  const { modality, present } = data
  if (modality.kind !== 'embedding') return data
  const rows = Array.from(present.keys()).filter((row) => present[row] === 1)
  const empty = new Set(emptyRows(userValues(modality, data.data, present), sizeOf(modality.shape), rows))
  return empty.size === 0 ? data : { ...data, present: present.map((bit, row) => (empty.has(row) ? 0 : bit)) }
}

export class TrainingData {
  readonly ids: readonly string[]
  readonly modalities: readonly Modality[]
  /** Rows learnt from that have every modality, in order. */
  readonly complete: Int32Array
  readonly training: Int32Array
  readonly validation: Int32Array
  /** Rows of a batch. */
  readonly batchSize: number
  /** What was changed or left out, in words. */
  readonly warnings: readonly string[]
  /** Awaited between the parts of what is read of all samples. */
  readonly breathe: Breathe
  readonly #data: readonly ModalityData[]
  readonly #standards: readonly Standard[]
  readonly #seed: number
  #order: { readonly pass: number; readonly rows: Int32Array } | null = null

  /**
   * Refuses one modality alone, too few samples, and a modality that never changes.
   * @param learntFrom rows that may be learnt from, ascending: what is drawn and fitted is as in a data set of these alone
   */
  constructor(
    dataset: Dataset,
    config: PartialCausalConfig,
    seed: number,
    learntFrom: Int32Array = Int32Array.from(dataset.ids.keys()),
    breathe: Breathe = breathless,
  ) {
    this.breathe = breathe
    this.ids = dataset.ids
    this.#seed = seed
    const used = dataset.modalities.filter(({ modality }) => isUsed(config.modalities, modality))
    this.#data = used.map(withoutEmpty)
    this.modalities = this.#data.map(({ modality }) => modality)
    if (this.#data.length < 2)
      throw refused(
        `The partial causal model compares two kinds of measurement or more; this run has ${this.modalities.map(({ name }) => name).join(', ') || 'none'}.`,
        'Use a data set with two modalities or more, or choose another method.',
        { field: 'modalities' },
      )
    const n = learntFrom.length
    this.complete = learntFrom.filter((row) => this.#data.every(({ present }) => present[row] === 1))
    const count = this.complete.length
    if (count < 2 * smallestBatch)
      throw refused(
        `${count} of ${n} samples have every modality used (${this.modalities.map(({ name }) => name).join(', ')}); at least ${2 * smallestBatch} are needed.`,
        'Import more samples, or leave out a modality that few of them have.',
        { field: 'modalities' },
      )
    const order = RandomStream.of(seed, 'split').permutation(count)
    const validation = heldOutPairs(count, config.training.validationFraction)
    const rowAt = (i: number): number => this.complete[i]!
    this.validation = order.slice(0, validation).map(rowAt).sort()
    this.training = order.slice(validation).map(rowAt).sort()
    this.#standards = this.#data.map((data) => standardOf(data, this.training))
    this.batchSize = Math.min(config.training.batchSize, this.training.length)
    this.warnings = [
      ...(count < n
        ? [
            `${n - count} of ${n} samples lack a modality: pairs were learnt from the other ${count}; the values of those samples rest on the modalities that they have.`,
          ]
        : []),
      ...(this.batchSize < config.training.batchSize
        ? [
            `A batch of ${config.training.batchSize} is more than the ${this.training.length} samples to learn from: batches have ${this.batchSize}.`,
          ]
        : []),
      ...used.flatMap(({ modality, present }, m) => {
        const empty = present.reduce((sum, bit, row) => sum + Number(bit !== this.#data[m]!.present[row]), 0)
        return empty === 0
          ? []
          : [
              `${modality.name} of ${empty} of ${n} samples is all zeros and has no direction: they count as without it.`,
            ]
      }),
      ...this.#standards.flatMap(({ constant }, m) =>
        constant === 0
          ? []
          : [
              `${constant} of ${sizeOf(this.modalities[m]!.shape)} values of ${this.modalities[m]!.name} are the same in every sample and say nothing.`,
            ],
      ),
    ]
  }

  get samples(): number {
    return this.ids.length
  }

  get batchesPerPass(): number {
    return Math.max(1, Math.floor(this.training.length / this.batchSize))
  }

  /** Rows that have modality `m`, in order. */
  rowsWith(m: number): Int32Array {
    const { present } = this.#data[m]!
    return Int32Array.from({ length: this.samples }, (_, row) => row).filter((row) => present[row] === 1)
  }

  /** The rows of step `step`: a stretch of a random order of all training rows, a new order each pass. */
  rowsOfStep(step: number): Int32Array {
    const pass = Math.floor(step / this.batchesPerPass)
    if (this.#order?.pass !== pass) {
      const order = RandomStream.of(this.#seed, `shuffle/${pass}`).permutation(this.training.length)
      this.#order = { pass, rows: order.map((i) => this.training[i]!) }
    }
    const start = (step % this.batchesPerPass) * this.batchSize
    return this.#order.rows.slice(start, start + this.batchSize)
  }

  batch(rows: Int32Array): BatchArrays {
    return { rows: rows.length, x: this.#data.map((_, m) => this.values(m, rows)) }
  }

  /** Values of modality `m` from elsewhere, in stored scale, as an encoder sees them. */
  standardised(m: number, values: Float32Array): Float32Array {
    const { mean, scale } = this.#standards[m]!
    const size = sizeOf(this.modalities[m]!.shape)
    return values.map((value, at) => (value - mean[(at % size) % mean.length]!) * scale[(at % size) % scale.length]!)
  }

  /** Standardised values of modality `m`, [rows, values]. */
  values(m: number, rows: Int32Array): Float32Array {
    const { data, modality } = this.#data[m]!
    const size = sizeOf(modality.shape)
    const { mean, scale } = this.#standards[m]!
    const out = new Float32Array(rows.length * size)
    rows.forEach((row, i) => {
      for (let k = 0; k < size; k++)
        out[i * size + k] = (data[row * size + k]! - mean[k % mean.length]!) * scale[k % scale.length]!
    })
    return out
  }
}
