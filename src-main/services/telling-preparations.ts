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
import { eventMoves } from '../statistics/alignment.ts'
import { gapGroups } from '../statistics/gap-directions.ts'
import { columnSpreads, inUnits, type RealMatrix, realMatrix } from '../statistics/linear-algebra/real-matrix.ts'
import { apartByPlace } from '../statistics/apart-by-place.ts'
import { principalCoordinates } from '../statistics/linear-algebra/principal-coordinates.ts'
import { determines, together, type ViewDivision } from '../statistics/view-division.ts'
import type { WorkOptions } from './preparations.ts'

/** What is tried of a kind, and what it is called behind the modality's name. */
interface Trial {
  readonly called: string
  readonly steps: (side: number) => string
  /** The step asks itself whether other samples fall apart alike. */
  readonly asksOthers?: true
  /**
   * Made even where the measurements themselves show it, if no more finely: what a network learns of one of them is not kept
   * apart in what it learns of all (isotherms and transmissions beside contents of elements).
   */
  readonly evenIfSeen?: 'always' | 'two groups'
  /** Whether what was looked at is worth making, whatever it divides. */
  readonly worth?: (some: RawSamples, looked: Modality) => boolean
}

/** Along these, what moves few values a little is not lost in what moves all of them a lot. */
const gaps: Trial = { called: 'gaps', steps: () => 'gap-directions', asksOthers: true }

/**
 * In what a step makes of images and curves, where a continuum is bent until it seems to fall apart along some direction,
 * and yet more of its samples lie half way between such groups. Drawn on continua of the kinds of
 * tests/bench/views-of-continua.ts, which tells how many views it lets through.
 */
const mostBetween = 0.007

/** The directions with a gap of what a step makes. */
function gapsOf(called: string, steps: (side: number) => string): Trial {
  return { ...gaps, called, steps: (side) => `${steps(side)}|gap-directions(between=${mostBetween})` }
}

/** A trial, and before it the directions with a gap of what it makes. */
function andItsGaps(trial: Trial): readonly Trial[] {
  return [gapsOf(`${trial.called}_gaps`, trial.steps), trial]
}

/** Of images of at most so many pixels a side. */
const mostFinePixels = 48

function finely(side: number, steps: string): string {
  const factor = Math.ceil(side / mostFinePixels)
  return factor > 1 ? `bin(factor=${factor})|${steps}` : steps
}

/** The step "align" moved the curves. */
function isAligned(some: RawSamples, { prepared }: Modality): boolean {
  const template = Float64Array.from(prepared?.fitted[0]?.template ?? [])
  const curves = Array.from({ length: some.ids.length }, (_, i) => Float64Array.from(some.read(i, 1).data))
  return eventMoves(curves, template)
}

const tried: Readonly<Partial<Record<Modality['kind'], readonly Trial[]>>> = {
  image: [
    ...andItsGaps({ called: 'radial', steps: () => 'radial-spectrum' }),
    ...andItsGaps({
      called: 'orientation',
      steps: (side) => `orientation-spectrum(bins=${Math.min(usualBins, side)})`,
    }),
    ...andItsGaps({ called: 'texture', steps: () => 'texture' }),
    gapsOf('turns_gaps', (side) => finely(side, 'turn-spectrum')),
    gapsOf('rows_gaps', (side) => finely(side, 'line-spectrum')),
    gapsOf('columns_gaps', (side) => finely(side, 'line-spectrum(along=columns)')),
    gapsOf('quantiles_gaps', () => 'quantiles'),
    gapsOf('granulometry_gaps', (side) => finely(side, 'granulometry')),
    { called: 'colour', steps: () => 'colour' },
    {
      ...gaps,
      steps: (side) =>
        [...(side > mostPixels ? [`bin(factor=${Math.ceil(side / mostPixels)})`] : []), gaps.steps(side)].join('|'),
    },
  ],
  curve: [
    ...andItsGaps({ called: 'spectrum', steps: () => 'power-spectrum' }),
    gapsOf('power_gaps', () => 'power-spectrum(scale=linear)'),
    gapsOf('envelope_gaps', () => 'envelope'),
    gapsOf('bands_gaps', () => 'octave-bands'),
    { ...gapsOf('aligned_gaps', () => 'align'), worth: isAligned },
    gapsOf('quantiles_gaps', () => 'quantiles'),
    // More groups of curves are named wrongly beside what the curves show of them (growth of cells).
    { ...gaps, evenIfSeen: 'two groups' },
  ],
  vector: [{ ...gaps, evenIfSeen: 'always' }],
  embedding: [{ ...gaps, evenIfSeen: 'always' }],
}
/** More directions than an image has pixels a side it does not tell apart. */
const usualBins = 18
/**
 * What images divide so many times more finely, leaving less than a share of it open, they show in part, and a network
 * learns the rest. Of circles seven clusters in pixels leave .36 of a radius open; of a lit plate three leave .35 of the
 * spot, which no network found without the view.
 */
const timesFiner = 2
const inPart = 0.5
/** Among fewer samples chance leaves gaps in what varies continuously (tests/bench/views-of-continua.ts). */
const fewest = 600
/** Samples that are looked at before all are prepared. */
const most = 1200
/** Images are looked at as they are with at most so many pixels a side. */
const mostPixels = 16
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
  if (modality.kind !== 'vector') return rows
  return inUnits(
    rows,
    columnSpreads(rows).map((spread) => (spread > 0 ? spread : 1)),
  )
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
  const { name, kind, present, shape } = raw.modality
  const trials = tried[kind]
  if (trials === undefined || present < fewest) return []
  const some = someOf(raw)
  // How far the whole is, the trials tell.
  const quietly: PrepareOptions = options.signal === undefined ? {} : { signal: options.signal }
  const shown: ViewDivision[] = []
  let own: OwnDivisions | null = null
  const made: ModalityData[] = []
  for (const [place, { called, steps, asksOthers, evenIfSeen, worth }] of trials.entries()) {
    options.onProgress?.(place / trials.length)
    options.signal?.throwIfAborted()
    const as = `${name}_${called}`
    if (taken.has(as)) continue
    const recipe = parseRecipe(steps(Math.min(...shape.slice(0, 2))))
    const looked = await preparedIfPossible(some, as, recipe, quietly)
    if (looked === null || worth?.(some, looked.modality) === false) continue
    const view = matrixOf(looked)
    const finest =
      asksOthers === true ? gapGroups(view) : finestAgreed(await clustersInView(view, manyDirections, `view/${as}`))
    if (finest === null) continue
    own ??= await ownDivisions(some, quietly)
    const again = evenIfSeen === 'always' || (evenIfSeen === 'two groups' && finest.clusters === 2)
    const told = again ? shown : [...own.strong, ...shown]
    const finer = [...own.strong, ...shown, ...own.weak].filter(
      ({ clusters }) => clusters >= timesFiner * finest.clusters,
    )
    if (told.some((other) => determines(other, finest)) || finer.some((other) => determines(other, finest, inPart)))
      continue
    const like = asksOthers === true ? { like: fitOf(looked.modality, raw.modality.present) } : {}
    const whole = await preparedIfPossible(raw, as, recipe, { ...options, ...like })
    if (whole === null) continue
    shown.push(finest)
    made.push({ ...whole, modality: dividing(whole.modality, finest.clusters) })
  }
  return made
}

/** The numbers that were looked at, so that what is made shows the groups that were seen. */
function fitOf({ prepared, scaling, present }: Modality, all: number): Likeness {
  const { fitted = [], fittedOn = '' } = prepared ?? {}
  return { fitted, scaling, fittedOn: present === all ? fittedOn : `${present} of ${all} samples, evenly spread` }
}

/** The finest division that another number of directions shows as well, in whole or in part: a chance gap in one is none. */
function finestAgreed(divisions: readonly ViewDivision[]): ViewDivision | null {
  return divisions
    .filter((one) => divisions.some((other) => other !== one && (determines(other, one) || determines(one, other))))
    .reduce<ViewDivision | null>((best, one) => (one.clusters > (best?.clusters ?? 1) ? one : best), null)
}

/** Used beside what it was made from, for the clusters in it. */
export function dividing(modality: Modality, divides: number): Modality {
  return modality.prepared === undefined ? modality : { ...modality, prepared: { ...modality.prepared, divides } }
}
