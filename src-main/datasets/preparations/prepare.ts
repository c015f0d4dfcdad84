/** A modality prepared: every sample through every step, the steps that take numbers from the samples fitted on the way. */
import { setImmediate } from 'node:timers/promises'
import { refused } from '../../../src-shared/errors.ts'
import type { Modality, Scaling } from '../../../src-shared/domain/dataset.ts'
import { describeSteps, refusedStep } from '../../../src-shared/preparations/describe.ts'
import type { Described, Fitted, Recipe } from '../../../src-shared/preparations/recipe.ts'
import { StepProblem } from '../../../src-shared/preparations/step.ts'
import { recipeText } from '../../../src-shared/preparations/text.ts'
import { type ModalityData, sizeOf } from '../dataset.ts'
import { robustRange } from '../display-range.ts'
import { SampleProblem, type SampleStep } from './sample-step.ts'
import { fitOf, workOf } from './work-of.ts'

/** The raw modality, read a few samples at a time. */
export interface RawSamples {
  readonly modality: Modality
  readonly ids: readonly string[]
  /** Stored values [count, ...shape] and presence [count] of `count` samples from `first` on. */
  readonly read: (first: number, count: number) => { readonly data: Float32Array; readonly present: Uint8Array }
}

/** The numbers that an earlier preparation was fitted to, for samples that are to be prepared alike. */
export interface Likeness {
  readonly fitted: readonly Fitted[]
  readonly fittedOn: string
  readonly scaling: Scaling
}

export interface PrepareOptions {
  readonly like?: Likeness
  /** What the samples are called in the words on what was fitted: "data set 1". */
  readonly where?: string
  readonly signal?: AbortSignal
  /** @param fraction 0 to 1 */
  readonly onProgress?: (fraction: number) => void
}

const samplesAtOnce = 64
/** Bytes of samples between two steps that are kept, so that the steps before are not done again. */
const mostKept = 256 * 2 ** 20
/** Bytes of a prepared modality: more is refused before the memory is gone. */
const mostBytes = 2 * 2 ** 30

/** [size] of one sample in the user's units. */
function userSample(
  { scaling: { offset, scale } }: Modality,
  data: Float32Array,
  start: number,
  size: number,
): Float64Array {
  return Float64Array.from({ length: size }, (_, k) => {
    const at = offset.length > 1 ? k : 0
    return offset[at]! + scale[at]! * data[start + k]!
  })
}

/** Steps one after the other, with what is wrong told of modality, step and sample. */
class Pipeline {
  readonly #modality: string
  readonly #recipe: Recipe
  readonly #works: SampleStep[]

  constructor(recipe: Recipe, described: readonly Described[], fitted: readonly Fitted[]) {
    this.#modality = described[0]!.name
    this.#recipe = recipe
    this.#works = fitted.map((numbers, k) => workOf(recipe[k]!, described[k]!, described[k + 1]!, numbers))
  }

  /** What the sample is after all steps of this pipeline. @param values it after the first `done` of them */
  of(values: Float64Array, id: string, done: number): Float64Array {
    return this.#works.reduce((before, work, place) => {
      if (place < done) return before
      const step = this.#recipe[place]!
      const wrong = (why: string, hint = ''): Error =>
        refusedStep(this.#modality, step, place, `sample ${id}: ${why}`, hint)
      let after: Float64Array
      try {
        after = work(before)
      } catch (error) {
        if (error instanceof SampleProblem) throw wrong(error.message, error.hint)
        throw error
      }
      const broken = after.findIndex((value) => !Number.isFinite(value))
      if (broken >= 0) throw wrong(`its value ${broken + 1} becomes ${after[broken]!}, which is no finite number`)
      return after
    }, values)
  }
}

/** Samples after the first steps of a recipe, where a pass over all of them had to make them anyway. */
interface Stage {
  /** Steps that are done. */
  readonly done: number
  /** Of the rows that have the modality. */
  readonly samples: ReadonlyMap<number, Float64Array>
}

/** Every sample that has the modality, in order, in pieces between which others may work; as the stage has it, if there is one. */
async function eachSample(
  raw: RawSamples,
  stage: Stage | null,
  { signal, onProgress }: PrepareOptions,
  share: readonly [from: number, to: number],
  work: (row: number, values: Float64Array) => void,
): Promise<void> {
  const size = sizeOf(raw.modality.shape)
  const n = raw.ids.length
  for (let first = 0; first < n; first += samplesAtOnce) {
    const count = Math.min(samplesAtOnce, n - first)
    const read = stage === null ? raw.read(first, count) : null
    for (let i = 0; i < count; i++) {
      const kept = stage?.samples.get(first + i)
      if (kept !== undefined) work(first + i, kept)
      else if (read?.present[i] === 1) work(first + i, userSample(raw.modality, read.data, i * size, size))
    }
    onProgress?.(share[0] + ((share[1] - share[0]) * (first + count)) / n)
    await setImmediate()
    signal?.throwIfAborted()
  }
}

/** The numbers of each step, fitted on all samples one step after the other. */
export async function fitSteps(raw: RawSamples, recipe: Recipe, options: PrepareOptions): Promise<Fitted[]> {
  return (await fittedSteps(raw, recipe, options)).fitted
}

/** The same, and the samples as the last step that was fitted found them, where they are few enough to be kept. */
async function fittedSteps(
  raw: RawSamples,
  recipe: Recipe,
  options: PrepareOptions,
): Promise<{ readonly fitted: Fitted[]; readonly stage: Stage | null }> {
  const fitted: Fitted[] = []
  let stage: Stage | null = null
  const passes = recipe.filter((step) => fitOf(step, raw.modality) !== null).length
  let pass = 0
  for (const [place, step] of recipe.entries()) {
    const described = describeSteps(raw.modality, recipe.slice(0, place), fitted)
    const fit = fitOf(step, described[place]!)
    if (fit === null) {
      fitted.push(null)
      continue
    }
    const before = new Pipeline(recipe, described, fitted)
    const samples = new Map<number, Float64Array>()
    const keeps = raw.modality.present * sizeOf(described[place]!.shape) * 8 <= mostKept
    const from = stage?.done ?? 0
    await eachSample(raw, stage, options, [pass / (passes + 1), (pass + 1) / (passes + 1)], (row, values) => {
      const reached = before.of(values, raw.ids[row]!, from)
      if (keeps) samples.set(row, reached)
      fit.add(reached)
    })
    stage = keeps ? { done: place, samples } : stage
    pass++
    try {
      fitted.push(await fit.done())
    } catch (error) {
      if (error instanceof StepProblem) throw refusedStep(raw.modality.name, step, place, error.message, error.hint)
      throw error
    }
  }
  return { fitted, stage }
}

/** About [0, 1]: images, curves and embeddings by one range, vectors by one a feature; of the samples that are there. */
function scalingFor(kind: Modality['kind'], size: number, values: Float32Array): Scaling {
  const ranges =
    kind === 'vector'
      ? Array.from({ length: size }, (_, k) =>
          robustRange(Float32Array.from({ length: values.length / size }, (__, i) => values[i * size + k]!)),
        )
      : [robustRange(values)]
  return { offset: ranges.map(([low]) => low), scale: ranges.map(([low, high]) => (high > low ? high - low : 1)) }
}

/** The samples of these rows as the steps make them, in the user's units. */
export function applySteps(
  raw: RawSamples,
  recipe: Recipe,
  fitted: readonly Fitted[],
  rows: readonly number[],
): { readonly described: Described; readonly values: readonly Float64Array[] } {
  const described = describeSteps(raw.modality, recipe, fitted)
  const pipeline = new Pipeline(recipe, described, fitted)
  const size = sizeOf(raw.modality.shape)
  const values = rows.map((row) => {
    const { data } = raw.read(row, 1)
    return pipeline.of(userSample(raw.modality, data, 0, size), raw.ids[row]!, 0)
  })
  return { described: described.at(-1)!, values }
}

/**
 * The modality `name`, made from the raw one by the recipe. The same samples, recipe and `like` give the same bytes.
 *
 * @throws CausalscopeError `refused` naming modality, step and, where one sample is to blame, the sample
 */
export async function prepareModality(
  raw: RawSamples,
  name: string,
  recipe: Recipe,
  options: PrepareOptions = {},
): Promise<ModalityData> {
  describeSteps(raw.modality, recipe)
  const n = raw.ids.length
  const here = raw.modality.present
  if (here === 0) throw refused(`No sample has ${raw.modality.name}: there is nothing to prepare.`, '', { field: name })
  const { fitted, stage } =
    options.like === undefined ? await fittedSteps(raw, recipe, options) : { fitted: options.like.fitted, stage: null }
  const described = describeSteps(raw.modality, recipe, fitted)
  const { kind, shape, grid, gridLabel, gridUnit, valueLabel, valueUnit, features } = described.at(-1)!
  const size = sizeOf(shape)
  if (n * size * 4 > mostBytes)
    throw refused(
      `${name} would take ${((n * size * 4) / 2 ** 30).toFixed(1)} GiB, more than the ${mostBytes / 2 ** 30} GiB that a prepared modality may.`,
      'Crop, bin or resample first.',
      { field: name },
    )
  const pipeline = new Pipeline(recipe, described, fitted)
  const present = new Uint8Array(n)
  // Values of those that are there, one after the other, until the range of all is known.
  const packed = new Float32Array(here * size)
  const rows: number[] = []
  const passes = options.like === undefined ? fitted.filter((numbers) => numbers !== null).length : 0
  await eachSample(raw, stage, options, [passes / (passes + 1), 1], (row, values) => {
    packed.set(pipeline.of(values, raw.ids[row]!, stage?.done ?? 0), rows.length * size)
    present[row] = 1
    rows.push(row)
  })
  const scaling = options.like?.scaling ?? scalingFor(kind, size, packed)
  const data = new Float32Array(n * size)
  rows.forEach((row, i) => {
    for (let k = 0; k < size; k++) {
      const at = scaling.offset.length > 1 ? k : 0
      data[row * size + k] = (packed[i * size + k]! - scaling.offset[at]!) / scaling.scale[at]!
    }
  })
  const modality: Modality = {
    name,
    kind,
    shape,
    scaling,
    present: rows.length,
    source: `${raw.modality.name}: ${recipeText(recipe)}`,
    ...(grid === undefined ? {} : { grid }),
    ...(gridLabel === undefined ? {} : { gridLabel }),
    ...(gridUnit === undefined ? {} : { gridUnit }),
    ...(valueLabel === undefined ? {} : { valueLabel }),
    ...(valueUnit === undefined ? {} : { valueUnit }),
    ...(features === undefined ? {} : { features }),
    prepared: {
      from: raw.modality.name,
      recipe,
      fitted,
      fittedOn: fitted.some((numbers) => numbers !== null)
        ? (options.like?.fittedOn ??
          `all ${rows.length} samples${options.where === undefined ? '' : ` of ${options.where}`}`)
        : '',
    },
  }
  return { modality, data, present }
}
