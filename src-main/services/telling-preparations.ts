/**
 * Preparations made without being asked: of images and curves what does not depend on where in them something lies, if the
 * samples fall into clusters by it. Stripes of any phase or things at any place are one cloud as pixels, whatever a network
 * makes of them, and clusters as spectrum or texture; so are oscillations that begin anywhere. Where nothing divides nothing
 * is made.
 */
import type { Modality } from '../../src-shared/domain/dataset.ts'
import { CausalscopeError } from '../../src-shared/errors.ts'
import type { Recipe } from '../../src-shared/preparations/recipe.ts'
import { parseRecipe } from '../../src-shared/preparations/text.ts'
import { type ModalityData, sizeOf } from '../datasets/dataset.ts'
import {
  type Likeness,
  prepareModality,
  type PrepareOptions,
  type RawSamples,
} from '../datasets/preparations/prepare.ts'
import { clustersInView } from '../models/methods.ts'
import { gapGroups } from '../statistics/gap-directions.ts'
import { columnUnits, inUnits, type RealMatrix, realMatrix } from '../statistics/linear-algebra/real-matrix.ts'
import { apartByPlace } from '../statistics/apart-by-place.ts'
import { principalCoordinates } from '../statistics/linear-algebra/principal-coordinates.ts'
import { determines, fewestThatTellAll, together, type ViewDivision } from '../statistics/view-division.ts'
import { onFinerGrid } from '../datasets/preparations/finer-grid.ts'
import type { WorkOptions } from './preparations.ts'
import { mostPixels, type Trial, tried } from './telling-trials.ts'

/**
 * What images divide so many times more finely, leaving less than a share of it open, they show in part, and a network
 * learns the rest. Of circles seven clusters in pixels leave .36 of a radius open; of a lit plate three leave .35 of the
 * spot, which no network found without the view.
 */
const timesFiner = 2
const inPart = 0.5
/** Groups of which less than this is open are those already told, less clearly (lines laid over one another, .16). */
const blurred = 0.25
/** Among fewer samples chance leaves gaps in what varies continuously (tests/bench/views-of-continua.ts). */
const fewest = 600
/** Samples that are looked at before all are prepared. */
const most = 1200
/** Directions looked along: with more of them smaller differences count, with fewer less noise. */
const manyDirections = [2, 4, 8]
/** Directions of the images themselves: what the first ones show, a network learns anyway; ... */
const strongDirections = [2, 4]
/** ... and with more of them, what is a part of something finer. */
const weakDirections = [8]

/** The samples evenly spread over those that have the modality. */
function someOf(raw: RawSamples): RawSamples {
  const rows = rowsThatHave(raw)
  const count = Math.min(most, rows.length)
  const chosen = Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]!)
  return {
    modality: { ...raw.modality, present: count },
    ids: chosen.map((row) => raw.ids[row]!),
    read: (first, length) => {
      const size = sizeOf(raw.modality.shape)
      const data = new Float32Array(length * size)
      for (let i = 0; i < length; i++) data.set(raw.read(chosen[first + i]!, 1).data, i * size)
      return { data, present: new Uint8Array(length).fill(1) }
    },
  }
}

function rowsThatHave({ modality, ids, read }: RawSamples): number[] {
  const all = Array.from(ids.keys())
  if (modality.present === ids.length) return all
  return all.filter((row) => read(row, 1).present[0] === 1)
}

/** Features of a vector have units of their own: each counts by its spread. */
function matrixOf({ data, modality }: ModalityData): RealMatrix {
  const size = sizeOf(modality.shape)
  const rows = realMatrix(data.length / size, size, Float64Array.from(data))
  return modality.kind === 'vector' ? inUnits(rows, columnUnits(rows)) : rows
}

/** What the steps make of the samples; null where one of them cannot be put through: nobody asked for it. */
async function preparedIfPossible(
  raw: RawSamples,
  name: string,
  recipe: Recipe,
  options: PrepareOptions,
): Promise<ModalityData | null> {
  try {
    return await prepareModality(raw, name, recipe, options)
  } catch (error) {
    if (error instanceof CausalscopeError && error.code === 'refused') return null
    throw error
  }
}

/** The samples as they are, images coarsely. */
async function asTheyAre(some: RawSamples, options: PrepareOptions): Promise<RealMatrix | null> {
  const [height = 1, width = 1] = some.modality.shape
  const factor = some.modality.kind === 'image' ? Math.ceil(Math.max(height, width) / mostPixels) : 1
  if (factor === 1) return matrixOf({ ...some.read(0, some.ids.length), modality: some.modality })
  const coarse = await preparedIfPossible(some, some.modality.name, parseRecipe(`bin(factor=${factor})`), options)
  return coarse === null ? null : matrixOf(coarse)
}

interface OwnDivisions {
  /** What a network learns of the samples anyway, together; none where they do not divide. */
  readonly strong: readonly ViewDivision[]
  /** What may be a part of something finer. */
  readonly weak: readonly ViewDivision[]
}

/** How the samples divide as they are; a network need not learn of groups that have one place. */
async function ownDivisions(some: RawSamples, options: PrepareOptions): Promise<OwnDivisions> {
  const rows = await asTheyAre(some, options)
  if (rows === null) return { strong: [], weak: [] }
  const along = (directions: readonly number[]): Promise<ViewDivision[]> =>
    clustersInView(rows, directions, `view/${some.modality.name}`)
  const divided = await along(strongDirections)
  const [coordinates] = principalCoordinates(rows, [Math.max(...strongDirections)])
  const strong = coordinates === undefined ? [] : divided.filter((one) => apartByPlace(coordinates, one))
  return { strong: strong.length === 0 ? [] : [strong.reduce(together)], weak: await along(weakDirections) }
}

/** What a trial makes of the samples looked at, and how they fall apart in it. */
interface Looked {
  readonly trial: Trial
  readonly as: string
  readonly recipe: Recipe
  readonly modality: Modality
  readonly division: ViewDivision
}

/** What the trial makes of the samples looked at; null where they do not fall apart in it. */
async function lookedAt(
  some: RawSamples,
  trial: Trial,
  as: string,
  recipe: Recipe,
  besideGaps: boolean,
  options: PrepareOptions,
): Promise<Looked | null> {
  const prepared = await preparedIfPossible(some, as, recipe, options)
  if (prepared === null || trial.worth?.(some, prepared.modality) === false) return null
  const view = matrixOf(prepared)
  const division =
    trial.asksOthers === true
      ? gapGroups(view)
      : finestAgreed(await clustersInView(view, manyDirections, `view/${as}`), besideGaps)
  return division === null ? null : { trial, as, recipe, modality: prepared.modality, division }
}

/** The recipe with directions whose groups may have any share of samples between them: only what they are is asked. */
function whateverLiesBetween(recipe: Recipe): Recipe {
  return recipe.map((step) =>
    step.step === 'gap-directions'
      ? { ...step, between: 1, upright: 1, ...(step.alone === undefined ? {} : { alone: 1 }) }
      : step,
  )
}

/**
 * What falls apart by its cause does so on any grid. An edge sharper than pixels lies between two of them: discs of any
 * radius have as many sizes as there are pixels to a radius, and on a finer grid other ones. What was
 * measured of both: docs/results.md, "Edges sharper than pixels".
 */
function fallsApartAlike({ division }: Looked, elsewhere: Looked | null): boolean {
  return elsewhere !== null && determines(elsewhere.division, division)
}

/** Whether one that is much finer shows the groups in part. */
function tellsInPart(finer: ViewDivision, division: ViewDivision): boolean {
  return finer.clusters >= timesFiner * division.clusters && determines(finer, division, inPart)
}

/** Whether the first shows the groups of the second, wholly or as far as something coarser can be. */
function showsToo({ division: first }: Looked, { division: second }: Looked): boolean {
  return determines(first, second, blurred) || tellsInPart(first, second)
}

/** Whether the samples themselves or what is shown of them tell the groups; in part, where they are finer. */
function isTold({ trial, division }: Looked, own: OwnDivisions, shown: readonly ViewDivision[]): boolean {
  const { evenIfSeen } = trial
  const again = evenIfSeen === 'always' || (evenIfSeen === 'two groups' && division.clusters === 2)
  const told = again ? shown : [...own.strong, ...shown]
  return (
    told.some((other) => determines(other, division, blurred)) ||
    [...own.strong, ...shown, ...own.weak].some((other) => tellsInPart(other, division))
  )
}

/**
 * The fewest of what samples fall apart in that tell the groups of all, made of all samples; one that cannot be made of all
 * is passed over.
 */
async function fewestMade(
  apart: readonly Looked[],
  make: (looked: Looked) => Promise<ModalityData | null>,
): Promise<{ readonly looked: Looked; readonly whole: ModalityData }[]> {
  const needed = fewestThatTellAll(apart.map(({ division }) => division)).map((place) => apart[place]!)
  const chosen = needed
    .toSorted((a, b) => b.division.clusters - a.division.clusters)
    .reduce<readonly Looked[]>((kept, one) => (kept.some((other) => showsToo(other, one)) ? kept : [...kept, one]), [])
  const wholes: { readonly looked: Looked; readonly whole: ModalityData }[] = []
  for (const looked of chosen) {
    const whole = await make(looked)
    if (whole === null)
      return fewestMade(
        apart.filter((one) => one !== looked),
        make,
      )
    wholes.push({ looked, whole })
  }
  return wholes
}

/**
 * The preparations of one imported modality that divide its samples into clusters which neither the measurements themselves
 * nor one of the others shows; none for other kinds and for few samples.
 * @param taken names that the data set has already
 */
export async function tellingPreparations(
  raw: RawSamples,
  taken: ReadonlySet<string>,
  options: WorkOptions = {},
): Promise<ModalityData[]> {
  const { name, kind, present } = raw.modality
  const nameOf = ({ called }: Trial): string => `${name}_${called}`
  const trials = tried[kind]?.filter((trial) => !taken.has(nameOf(trial))) ?? []
  if (trials.length === 0 || present < fewest) return []
  const some = someOf(raw)
  const finer = kind === 'image' ? onFinerGrid(some) : null
  // How far the whole is, the trials tell.
  const quietly: PrepareOptions = options.signal === undefined ? {} : { signal: options.signal }
  const shown: ViewDivision[] = []
  const made: ModalityData[] = []
  let own: OwnDivisions | null = null
  let done = 0
  const look = async (trial: Trial): Promise<Looked | null> => {
    options.onProgress?.(done++ / trials.length)
    options.signal?.throwIfAborted()
    const recipe = parseRecipe(trial.steps(Math.min(...some.modality.shape.slice(0, 2))))
    const looking = (at: RawSamples, as: Recipe): Promise<Looked | null> =>
      lookedAt(at, trial, nameOf(trial), as, shown.length > 0, quietly)
    const looked = await looking(some, recipe)
    if (looked === null) return null
    own ??= await ownDivisions(some, quietly)
    if (isTold(looked, own, shown)) return null
    return finer === null || fallsApartAlike(looked, await looking(finer, whateverLiesBetween(recipe))) ? looked : null
  }
  const make = async ({ trial, as, recipe, modality, division }: Looked): Promise<ModalityData | null> => {
    const like = trial.asksOthers === true ? { like: fitOf(modality, present) } : {}
    const whole = await preparedIfPossible(raw, as, recipe, { ...options, ...like })
    return whole === null ? null : { ...whole, modality: dividing(whole.modality, division.clusters) }
  }
  const take = (looked: Looked, whole: ModalityData): void => {
    shown.push(looked.division)
    made.push(whole)
  }
  const apart: Looked[] = []
  for (const trial of trials.filter(({ asksOthers }) => asksOthers === true)) {
    const looked = await look(trial)
    if (looked !== null) apart.push(looked)
  }
  for (const { looked, whole } of await fewestMade(apart, make)) take(looked, whole)
  for (const trial of trials.filter(({ asksOthers }) => asksOthers !== true)) {
    const looked = await look(trial)
    const whole = looked === null ? null : await make(looked)
    if (looked !== null && whole !== null) take(looked, whole)
  }
  return made
}

/** The numbers that were looked at, so that what is made shows the groups that were seen. */
function fitOf({ prepared, scaling, present }: Modality, all: number): Likeness {
  const { fitted = [], fittedOn = '' } = prepared ?? {}
  return { fitted, scaling, fittedOn: present === all ? fittedOn : `${present} of ${all} samples, evenly spread` }
}

/**
 * The finest division that another number of directions shows as well, in whole or in part: a chance gap in one is none.
 * @param whole in whole only: what is finer than groups with nothing between is mostly a cluster cut in two
 */
function finestAgreed(divisions: readonly ViewDivision[], whole: boolean): ViewDivision | null {
  const agrees = (one: ViewDivision, other: ViewDivision): boolean =>
    whole ? determines(other, one) && determines(one, other) : determines(other, one) || determines(one, other)
  return divisions
    .filter((one) => divisions.some((other) => other !== one && agrees(one, other)))
    .reduce<ViewDivision | null>((best, one) => (one.clusters > (best?.clusters ?? 1) ? one : best), null)
}

/** Used beside what it was made from, for the clusters in it. */
export function dividing(modality: Modality, divides: number): Modality {
  return modality.prepared === undefined ? modality : { ...modality, prepared: { ...modality.prepared, divides } }
}
