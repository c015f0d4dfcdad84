/**
 * A data set as the causal complete cause is trained on it: labelled samples in three parts, standardised, in batches that
 * follow from the seed and the step alone.
 */
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { refused } from '../../../src-shared/errors.ts'
import { isUsed } from '../../../src-shared/config/used-modalities.ts'
import type { CausalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { type Dataset, type ModalityData, sizeOf } from '../../datasets/dataset.ts'
import { type Breathe, breathless } from '../../statistics/piecewise.ts'
import { type Standard, standardOf } from '../nn/standard.ts'
import type { OpenFeatures } from '../features.ts'
import type { BatchArrays } from './batch.ts'
import { codedViews, featureCautions, fixedParts, type Seen } from './seen.ts'
import { type Labels, labelsOf } from './labels.ts'
import { leakingFeatures } from './leak.ts'
import { type Split, stratifiedSplit } from './split.ts'

export class TrainingData {
  readonly ids: readonly string[]
  readonly modalities: readonly Modality[]
  readonly labels: Labels
  readonly split: Split
  /** Rows with at least one modality, labelled or not, in order. */
  readonly measured: Int32Array
  readonly batchSize: number
  /** What was changed or left out, in words. */
  readonly warnings: readonly string[]
  /** What makes the prediction worth less than it looks. */
  readonly cautions: readonly string[]
  /** Numbers that a finished run makes of a sample, where it is learnt on instead of the measurements. */
  readonly fused: number | null
  /** Awaited between the parts of what is read of all samples. */
  readonly breathe: Breathe
  /** As measured. */
  readonly #measured: readonly ModalityData[]
  readonly #features: OpenFeatures | null
  /** What is learnt on: the measurements, or what a finished run makes of each, with what it makes of all of them. */
  readonly #seen: Seen
  readonly #standards: readonly Standard[]
  readonly #fusedStandard: Standard | null
  readonly #seed: number
  #order: { readonly pass: number; readonly rows: Int32Array } | null = null

  /** Refuses what cannot be learnt from: no column, one class, a class of one sample, a modality that never changes. */
  constructor(
    dataset: Dataset,
    config: CausalCompleteConfig,
    seed: number,
    features?: OpenFeatures,
    breathe: Breathe = breathless,
  ) {
    this.breathe = breathe
    this.ids = dataset.ids
    this.#seed = seed
    this.#measured = dataset.modalities.filter(({ modality }) => isUsed(config.modalities, modality))
    this.#features = features ?? null
    this.fused = features?.reader.width ?? null
    this.#seen = features === undefined ? { views: this.#measured, fused: null } : codedViews(this.#measured, features)
    this.modalities = this.#seen.views.map(({ modality }) => modality)
    if (this.#measured.length === 0)
      throw refused('The run uses no modality.', 'Use at least one.', { field: 'modalities' })
    const hasAny = (row: number): boolean => this.#measured.some(({ present }) => present[row] === 1)
    this.measured = Int32Array.from(dataset.ids.keys()).filter(hasAny)
    this.labels = labelsOf(dataset, config.label, hasAny)
    const { testFraction, validationFraction, batchSize } = config.training
    const shares = { test: testFraction, validation: validationFraction }
    const parts = fixedParts(dataset, config.training.split, features ?? null)
    this.split = stratifiedSplit(this.labels.values, this.labels.classes, shares, seed, parts)
    const { training } = this.split
    this.#standards = this.#seen.views.map((data) => {
      const rows = training.filter((row) => data.present[row] === 1)
      if (rows.length > 0) return standardOf(data, rows)
      throw refused(
        `No sample to learn from has the modality ${data.modality.name}.`,
        'Leave it out, or use another seed.',
        { field: 'modalities' },
      )
    })
    const { fused } = this.#seen
    this.#fusedStandard = fused === null ? null : standardOf(fused, training)
    this.batchSize = Math.min(batchSize, training.length)
    this.warnings = [...this.labels.warnings, ...this.#constant()]
    this.cautions = [...this.labels.cautions, ...this.#leaks(), ...featureCautions(this)]
  }

  #constant(): string[] {
    return this.#standards.flatMap(({ constant: still }, m) =>
      still === 0
        ? []
        : [
            `${still} of ${sizeOf(this.modalities[m]!.shape)} values of ${this.modalities[m]!.name} are the same in every sample and say nothing.`,
          ],
    )
  }

  #leaks(): string[] {
    return this.#measured.flatMap((data) => {
      const features = leakingFeatures(data, this.labels.values)
      if (features.length === 0) return []
      const shown = features.slice(0, 3).join(', ') + (features.length > 3 ? ` and ${features.length - 3} more` : '')
      return [
        `${shown} of ${data.modality.name} ${features.length === 1 ? 'tells' : 'each tell'} every label of "${this.labels.column}" alone. If ${features.length === 1 ? 'it was' : 'they were'} made from the label, the prediction is worth nothing: leave ${features.length === 1 ? 'it' : 'them'} out.`,
      ]
    })
  }

  /** The labelled rows that a result is measured on: those kept from training, as far as there are any. */
  get judged(): { readonly part: 'test' | 'validation' | 'training'; readonly rows: Int32Array } {
    const { test, validation, training } = this.split
    if (test.length > 0) return { part: 'test', rows: test }
    if (validation.length > 0) return { part: 'validation', rows: validation }
    return { part: 'training', rows: training }
  }

  get samples(): number {
    return this.ids.length
  }

  get classes(): number {
    return this.labels.classes.length
  }

  get batchesPerPass(): number {
    return Math.ceil(this.split.training.length / this.batchSize)
  }

  /** Rows with modality `m` among the given. */
  rowsWith(m: number, rows: Int32Array): Int32Array {
    const { present } = this.#measured[m]!
    return rows.filter((row) => present[row] === 1)
  }

  /** The rows of step `step`: a stretch of a random order of all training rows, a new order each pass. */
  rowsOfStep(step: number): Int32Array {
    const { training } = this.split
    const pass = Math.floor(step / this.batchesPerPass)
    if (this.#order?.pass !== pass) {
      const order = RandomStream.of(this.#seed, `shuffle/${pass}`).permutation(training.length)
      this.#order = { pass, rows: order.map((i) => training[i]!) }
    }
    const start = (step % this.batchesPerPass) * this.batchSize
    return this.#order.rows.slice(start, start + this.batchSize)
  }

  batch(rows: Int32Array): BatchArrays {
    return { ...this.batchOf(this.#seen, rows), labels: Int32Array.from(rows, (row) => this.labels.values[row]!) }
  }

  /** Measured rows as every modality shows them, for others to change. */
  views(rows: Int32Array): ModalityData[] {
    return this.#measured.map(({ modality, data, present }) => {
      const size = sizeOf(modality.shape)
      const picked = new Float32Array(rows.length * size)
      rows.forEach((row, at) => picked.set(data.subarray(row * size, (row + 1) * size), at * size))
      return { modality, data: picked, present: Uint8Array.from(rows, (row) => present[row]!) }
    })
  }

  /** The modalities as they are measured. */
  get measurements(): readonly Modality[] {
    return this.#measured.map(({ modality }) => modality)
  }

  /** The finished run that is learnt on; null where the measurements are. */
  get source(): OpenFeatures | null {
    return this.#features
  }

  /** Measurements from elsewhere, or changed ones, as what is learnt on. */
  async seen(views: readonly ModalityData[]): Promise<Seen> {
    if (this.#features === null) return { views, fused: null }
    const samples = await this.#features.reader.read(views)
    return codedViews(views, { ...this.#features, samples })
  }

  dispose(): void {
    this.#features?.reader.dispose()
  }

  /** Samples as a batch; they have no label. */
  batchOf({ views, fused }: Seen, rows: Int32Array): BatchArrays {
    const count = views.length
    const mask = new Float32Array(rows.length * count)
    rows.forEach((row, i) => {
      views.forEach(({ present }, m) => (mask[i * count + m] = present[row]!))
    })
    return {
      rows: rows.length,
      x: views.map((view, m) => standardised(view, this.#standards[m]!, rows)),
      mask: mask.every((present) => present === 1) ? null : mask,
      fused: fused === null ? null : standardised(fused, this.#fusedStandard!, rows),
      labels: new Int32Array(rows.length).fill(-1),
    }
  }

  /** Standardised values of modality `m`, [rows, values]; 0 where absent. */
  values(m: number, rows: Int32Array): Float32Array {
    return standardised(this.#seen.views[m]!, this.#standards[m]!, rows)
  }

  /** 1 where a value of modality `m` is not the same in every sample, [values]. */
  moving(m: number): Float32Array {
    const { scale } = this.#standards[m]!
    return Float32Array.from({ length: sizeOf(this.modalities[m]!.shape) }, (_, k) =>
      Number(scale[k % scale.length]! > 0),
    )
  }

  /** Rows with these changes of the standardised values of modality `m`, [rows, values], in stored scale. */
  moved(m: number, rows: Int32Array, change: Float32Array): Float32Array {
    const { data, modality } = this.#measured[m]!
    const size = sizeOf(modality.shape)
    const { scale } = this.#standards[m]!
    return change.map((step, at) => {
      const [row, k] = [rows[Math.floor(at / size)]!, at % size]
      const unit = scale[k % scale.length]!
      return data[row * size + k]! + (unit > 0 ? step / unit : 0)
    })
  }
}

/** Standardised values of rows, [rows, values]; 0 where absent. */
function standardised(
  { data, modality, present }: ModalityData,
  { mean, scale }: Standard,
  rows: Int32Array,
): Float32Array {
  const size = sizeOf(modality.shape)
  const out = new Float32Array(rows.length * size)
  rows.forEach((row, i) => {
    if (present[row] !== 1) return
    for (let k = 0; k < size; k++)
      out[i * size + k] = (data[row * size + k]! - mean[k % mean.length]!) * scale[k % scale.length]!
  })
  return out
}
