/**
 * A data set as this model trains on it: the modalities chosen, anchors as known categories, a train and a validation
 * part, and batches as tensors. All draws come from seeded streams named after what they are for, so that a resumed run
 * meets the same batches.
 */
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import { thresholds } from '../../../src-shared/methods/causal-pima/thresholds.ts'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { refused } from '../../../src-shared/errors.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { edgeConstraints, type EdgeConstraints } from '../../../src-shared/knowledge/constraints.ts'
import { type Regimes, regimesOf } from '../../../src-shared/knowledge/intervened.ts'
import { type Given, givenOf, isEmpty } from '../../../src-shared/knowledge/knowledge.ts'
import type { Counts } from '../../evidence/counts.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import { type Breathe, breathless } from '../../statistics/piecewise.ts'
import { sharpnessOf } from '../../statistics/sharpness.ts'
import { type Dataset, type ModalityData, sizeOf } from '../../datasets/dataset.ts'
import { type BatchArrays, type BatchRoom, tensorsOf } from './batch.ts'
import type { Batch } from './model.ts'
import type { Scope } from './naming/scoped-names.ts'
import { countOutcomes, outcomeTable } from './outcomes.ts'

/** Added to the evidence of an outcome that contradicts an anchor: exp of it is 0 in every float format. */
const contradiction = -1e30
/** Membership that a guide leaves every outcome: clear data may still decide otherwise. */
const guideFloor = 1e-6
const { guidance, guidanceDoubt, guidanceGrowth, guideHeld, guideOpen } = thresholds
/** A validation part smaller than this says nothing: such sets train on every sample. */
const smallestValidation = 16

interface AnchoredNode {
  readonly node: number
  /** [n], -1 unknown */
  readonly codes: Float64Array
}

export interface DataNode {
  readonly name: string
  readonly categories: readonly string[]
  readonly anchor: string | null
}

export class TrainingData {
  readonly ids: readonly string[]
  readonly modalities: readonly Modality[]
  readonly nodes: readonly DataNode[]
  /** K_l */
  readonly categories: readonly number[]
  /** Awaited between parts of a pass over the samples. */
  readonly breathe: Breathe
  readonly training: Int32Array
  readonly validation: Int32Array
  readonly anchors: readonly AnchoredNode[]
  /** Which nodes were set from outside in which samples; null where none was in any. */
  readonly regimes: Regimes | null
  /** What is known of the nodes, as it is told with the result; null where nothing was said. */
  readonly given: Given | null
  readonly constraints: EdgeConstraints | null
  /** Nodes that act on some of the modalities alone. */
  readonly scopes: readonly Scope[]
  /** Some modality is missing from some sample. */
  readonly incomplete: boolean
  readonly #data: readonly ModalityData[]
  /** [C][L] */
  readonly #outcomes: readonly Int32Array[]
  readonly #seed: number
  /** Log memberships of the training rows [rows, C], and the place of each sample among them, -1 outside. */
  #guide: { readonly log: Float32Array; readonly at: Int32Array; readonly likeliest: Int32Array } | null = null
  #guidance = 0
  #mostGuidance = 0
  /** Share of the samples that a model puts where the guide does, if it holds the guide. */
  guideHeld = 1

  /** Refuses what cannot be trained: unknown names, anchors whose categories differ, too few samples. */
  constructor(dataset: Dataset, config: CausalPimaConfig, seed: number, breathe: Breathe = breathless) {
    this.breathe = breathe
    this.ids = dataset.ids
    this.#seed = seed
    this.#data = chooseModalities(dataset, config.modalities)
    this.modalities = this.#data.map((d) => d.modality)
    this.nodes = config.nodes.map((node, index) => describeNode(dataset, node, index))
    this.categories = this.nodes.map((node) => node.categories.length)
    this.#outcomes = outcomeTable(this.categories)
    const components = this.#outcomes.length
    this.anchors = this.nodes.flatMap((node, index) => {
      const column = dataset.metadata.find((m) => m.column.column === node.anchor)
      return column === undefined ? [] : [{ node: index, codes: column.values }]
    })
    this.regimes = regimesIn(dataset, config.knowledge.intervened, this.nodes)
    this.given = isEmpty(config.knowledge)
      ? null
      : givenOf(
          config.knowledge,
          this.nodes.map(({ name }) => name),
          targetsOf(this.regimes),
        )
    this.constraints = edgeConstraints(this.given, this.nodes.length)
    this.scopes = (this.given?.scopes ?? []).map(({ node, modalities }) => ({
      node,
      modalities: modalities.map((name) => this.modalities.findIndex((one) => one.name === name)),
    }))
    this.incomplete = this.#data.some((d) => d.present.includes(0))
    const n = dataset.ids.length
    if (this.#data.length > 0 && n < 2 * components)
      throw refused(
        `${n} samples are too few for ${components} components (${this.categories.join(' x ')} categories).`,
        `Use fewer nodes or categories: at least two samples a component are needed, and ten or more make sense.`,
        { field: 'nodes' },
      )
    if (this.#data.length === 0 && this.anchors.length < this.nodes.length)
      throw refused(
        `The data set has no modality, so every node must be anchored to a metadata column.`,
        `Anchor ${this.nodes
          .filter((node) => node.anchor === null)
          .map((node) => node.name)
          .join(', ')}, or remove them.`,
        { field: 'nodes' },
      )
    const order = RandomStream.of(seed, 'split').permutation(n)
    const held = Math.floor(n * config.training.validationFraction)
    const validation = held >= smallestValidation && this.#data.length > 0 ? held : 0
    this.validation = order.slice(0, validation).sort()
    this.training = order.slice(validation).sort()
  }

  get samples(): number {
    return this.ids.length
  }

  /** Training rows in the order of epoch `epoch`, [n]. */
  shuffled(epoch: number): Int32Array {
    return RandomStream.of(this.#seed, `shuffle/${epoch}`)
      .permutation(this.training.length)
      .map((i) => this.training[i]!)
  }

  /** [n, values] of modality `m`, stored scale. */
  values(m: number): Float32Array {
    return this.#data[m]!.data
  }

  /** Data [rows, values] and mask [rows] of modality `m` for the given rows. */
  rowsOf(m: number, rows: Int32Array): { values: Float32Array; present: Uint8Array } {
    const { modality, present } = this.#data[m]!
    const values = this.#gather(m, rows, new Float32Array(rows.length * sizeOf(modality.shape)))
    return { values, present: Uint8Array.from(rows, (row) => present[row]!) }
  }

  #gather(m: number, rows: Int32Array, into: Float32Array): Float32Array {
    const { modality, data } = this.#data[m]!
    const size = sizeOf(modality.shape)
    rows.forEach((row, i) => into.set(data.subarray(row * size, (row + 1) * size), i * size))
    return into
  }

  isPresent(m: number, row: number): boolean {
    return this.#data[m]!.present[row] === 1
  }

  /** Known category of `node` for `row`, or -1. */
  known(node: number, row: number): number {
    return this.anchors.find((anchor) => anchor.node === node)?.codes[row] ?? -1
  }

  /** The sample has a known category for some node. */
  isLabelled(row: number): boolean {
    return this.anchors.some((anchor) => anchor.codes[row]! >= 0)
  }

  /**
   * From now on what is known of the training rows includes memberships found outside the model, [rows, C] in the order of
   * `training`; null: no longer.
   */
  guideBy(memberships: Float32Array | null): void {
    const at = new Int32Array(this.samples).fill(-1)
    this.training.forEach((row, i) => (at[row] = i))
    this.#guide =
      memberships === null
        ? null
        : {
            log: memberships.map((m) => Math.log(m + guideFloor)),
            at,
            likeliest: likeliest(memberships, this.#outcomes.length),
          }
    this.guideHeld = 1
    if (memberships === null) return
    const open = 1 - sharpnessOf(Float64Array.from(memberships), this.#outcomes.length)
    const doubt = open / guidanceDoubt
    this.#guidance = guidance / (1 + doubt)
    this.#mostGuidance = Math.max(this.#guidance, (guidance * guidanceGrowth) / (1 + doubt * doubt))
    this.guideHeld = Math.min(guideHeld, 1 - guideOpen * open)
  }

  /**
   * alpha: what classifying the samples as the guide does counts in the objective; 0 without one.
   * @param growth times that it counts more than at first
   */
  guidance(growth: number): number {
    return this.#guide === null ? 0 : Math.min(this.#guidance * growth, this.#mostGuidance)
  }

  /** The outcome that a guide holds for the likeliest of a sample, -1 where none speaks of it. */
  guidedTo(row: number): number {
    if (this.#guide === null) return -1
    const i = this.#guide.at[row]!
    return i < 0 ? -1 : this.#guide.likeliest[i]!
  }

  /** Adds what is known of `row` to the log evidence of the outcomes, out [C]: `contradiction` where one disagrees with an anchor. */
  addKnown(row: number, out: Float64Array | Float32Array, offset = 0): void {
    if (this.#guide !== null) {
      const { log, at } = this.#guide
      const components = this.#outcomes.length
      const i = at[row]!
      if (i >= 0) for (let a = 0; a < components; a++) out[offset + a]! += log[i * components + a]!
    }
    for (const { node, codes } of this.anchors) {
      const code = codes[row]!
      if (code < 0) continue
      this.#outcomes.forEach((categories, a) => {
        if (categories[node] !== code) out[offset + a] = contradiction
      })
    }
  }

  /**
   * Sums over samples as counts.
   * @param values [C]
   * @param byRegime the same for each regime, [R][C]
   */
  countsOf(values: Float64Array, byRegime: readonly Float64Array[]): Counts {
    const { categories, regimes } = this
    if (regimes === null) return { categories, values }
    return { categories, values, regimes: regimes.targets.map((set, at) => ({ set, values: byRegime[at]! })) }
  }

  /**
   * Memberships summed over rows as counts.
   * @param values their sum, [C]
   * @param memberships [rows, C]
   */
  countsOfRows(values: Float64Array, rows: Int32Array, memberships: ArrayLike<number>): Counts {
    const byRegime = (this.regimes?.targets ?? []).map(() => new Float64Array(values.length))
    if (this.regimes !== null)
      for (const [i, row] of rows.entries()) {
        const part = byRegime[this.regimes.of[row]!]!
        for (let a = 0; a < part.length; a++) part[a]! += memberships[i * part.length + a]!
      }
    return this.countsOf(values, byRegime)
  }

  /** Tensors of the given rows; the caller disposes them. */
  batch(rows: Int32Array, latent: number, draws: BatchDraws): Batch {
    return tensorsOf(this.batchArrays(rows, latent, draws), { modalities: this.modalities, latent })
  }

  /** The given rows as plain arrays; with a room, the measurements lie there until its next batch. */
  batchArrays(rows: Int32Array, latent: number, draws: BatchDraws, room: BatchRoom | null = null): BatchArrays {
    const n = rows.length
    const fusion = this.#data.length > 1 || this.incomplete ? this.#fusion(rows, draws) : null
    const components = countOutcomes(this.categories)
    const known = this.anchors.length > 0 || this.#guide !== null ? new Float32Array(n * components) : null
    if (known !== null) rows.forEach((row, i) => this.addKnown(row, known, i * components))
    return {
      rows: n,
      x: this.#data.map(({ modality }, m) => {
        const values = n * sizeOf(modality.shape)
        return this.#gather(m, rows, room?.floats(`x/${m}`, values) ?? new Float32Array(values))
      }),
      present: this.incomplete ? this.#presence(rows) : null,
      fusion,
      known,
      regime: this.regimes === null ? null : this.#regimeOf(this.regimes, rows),
      noise: draws.random === null ? new Float32Array(n * latent) : draws.random.normals(n * latent),
    }
  }

  #regimeOf({ targets, of }: Regimes, rows: Int32Array): Float32Array {
    const columns = targets.length
    const one = new Float32Array(rows.length * columns)
    rows.forEach((row, i) => (one[i * columns + of[row]!] = 1))
    return one
  }

  #presence(rows: Int32Array): Float32Array {
    const modalities = this.#data.length
    const mask = new Float32Array(rows.length * modalities)
    rows.forEach((row, i) => {
      for (let m = 0; m < modalities; m++) mask[i * modalities + m] = this.#data[m]!.present[row]!
    })
    return mask
  }

  /** Modality dropout: with the given probability a random non-empty subset enters the fusion of the whole batch. */
  #fusion(rows: Int32Array, { random, dropout, only = null }: BatchDraws): Float32Array {
    const modalities = this.#data.length
    const mask = this.#presence(rows)
    if (only !== null) return mask.map((here, at) => (at % modalities === only ? here : 0))
    if (random === null || modalities < 2 || random.uniform() >= dropout) return mask
    const subset = 1 + random.integer(2 ** modalities - 1)
    for (let i = 0; i < rows.length; i++) {
      const kept = Array.from(
        { length: modalities },
        (_, m) => (subset & (1 << m)) !== 0 && mask[i * modalities + m] === 1,
      )
      // A sample that has none of the subset keeps all it has.
      if (kept.includes(true)) kept.forEach((keep, m) => (mask[i * modalities + m] = keep ? 1 : 0))
    }
    return mask
  }
}

export interface BatchDraws {
  /** Null: no noise and no dropout, as when posteriors are read. */
  readonly random: RandomStream | null
  readonly dropout: number
  /** The one modality that enters the fusion; null or none: all. */
  readonly only?: number | null
}

function regimesIn(dataset: Dataset, column: string | null, nodes: readonly DataNode[]): Regimes | null {
  const found = dataset.metadata.find((one) => one.column.column === column)
  return found === undefined ? null : regimesOf(found.values, found.column.categories ?? [], nodes)
}

/** The sets of nodes that were set, with the number of samples of each. */
function targetsOf(regimes: Regimes | null): { nodes: readonly number[]; samples: number }[] {
  return (regimes?.targets ?? []).flatMap((nodes, at) =>
    nodes.length === 0 ? [] : [{ nodes, samples: regimes!.of.filter((regime) => regime === at).length }],
  )
}

function chooseModalities(dataset: Dataset, names: readonly string[]): ModalityData[] {
  if (names.length === 0) return [...dataset.modalities]
  return names.map((name) => {
    const found = dataset.modalities.find((m) => m.modality.name === name)
    if (found === undefined)
      throw refused(
        `${dataset.name} has no modality called ${name}.`,
        `It has ${dataset.modalities.map((m) => m.modality.name).join(', ') || 'none'}.`,
        { field: 'modalities' },
      )
    return found
  })
}

function describeNode(dataset: Dataset, node: CausalPimaConfig['nodes'][number], index: number): DataNode {
  const field = `nodes[${index}]`
  if (node.anchor === null)
    return {
      name: node.name,
      categories: Array.from({ length: node.categories }, (_, k) => String(k)),
      anchor: null,
    }
  const column = dataset.metadata.find((m) => m.column.column === node.anchor)?.column
  const columns = dataset.metadata.filter((m) => m.column.kind === 'category').map((m) => m.column.column)
  if (column?.kind !== 'category')
    throw refused(
      `Node ${node.name} cannot be anchored to ${node.anchor}: ${column === undefined ? 'there is no such metadata column' : 'its values are numbers, not categories'}.`,
      `Category columns: ${columns.join(', ') || 'none'}.`,
      { field },
    )
  const categories = column.categories ?? []
  if (categories.length !== node.categories)
    throw refused(
      `Node ${node.name} has ${node.categories} categories, but its anchor ${node.anchor} has ${categories.length}: ${categories.join(', ')}.`,
      `Give the node ${categories.length} categories.`,
      { field },
    )
  return { name: node.name, categories: [...categories], anchor: node.anchor }
}
