/**
 * What is tried of images, curves and tables without being asked, and what it is called: steps that do not depend on where
 * in a sample something lies, and directions along which samples fall apart.
 */
import type { Modality } from '../../src-shared/domain/dataset.ts'
import type { RawSamples } from '../datasets/preparations/prepare.ts'
import { eventMoves } from '../statistics/alignment.ts'

/** What is tried of a kind, and what it is called behind the modality's name. */
export interface Trial {
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

/**
 * A continuum that is bent seems to fall apart along some direction, and yet more of its samples lie half way between such
 * groups. Drawn on continua of the kinds of tests/bench/views-of-continua.ts, which tells how many views it lets through.
 */
const mostBetween = 0.007
/**
 * The same, of groups that do not lean towards one another: upright directions of such continua had .035 and more between.
 */
const mostBetweenUpright = 0.02

/**
 * The same, of groups that nothing beside their direction tells, as it would of a bent continuum: drawn on the plain
 * instruments of docs/results.md, "Groups that stand alone".
 */
const mostBetweenAlone = 0.05

const gapDirections = `gap-directions(between=${mostBetween},upright=${mostBetweenUpright})`

const ownGapDirections = `gap-directions(between=${mostBetween},upright=${mostBetweenUpright},alone=${mostBetweenAlone})`

/** Along these, what moves few values a little is not lost in what moves all of them a lot. */
const gaps: Trial = { called: 'gaps', steps: () => ownGapDirections, asksOthers: true }
/** Numbers of tables are not bent: what lies between their groups is noise, of a doping as much as of its dilution. */
const tableGaps: Trial = { ...gaps, steps: () => 'gap-directions', evenIfSeen: 'always' }

/** The directions with a gap of what a step makes. */
function gapsOf(called: string, steps: (side: number) => string): Trial {
  return { ...gaps, called, steps: (side) => `${steps(side)}|${gapDirections}` }
}

/** A trial, and before it the directions with a gap of what it makes. */
function andItsGaps(trial: Trial): readonly Trial[] {
  return [gapsOf(`${trial.called}_gaps`, trial.steps), trial]
}

/** Images are looked at as they are with at most so many pixels a side. */
export const mostPixels = 16
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

export const tried: Readonly<Partial<Record<Modality['kind'], readonly Trial[]>>> = {
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
    // More groups of curves are named wrongly beside what the curves show of them (growth of cells).
    { ...gaps, evenIfSeen: 'two groups' },
  ],
  vector: [tableGaps],
  embedding: [tableGaps],
}
/** More directions than an image has pixels a side it does not tell apart. */
const usualBins = 18
