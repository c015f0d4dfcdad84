/**
 * Directions along which samples fall into two groups with next to none between: independent components (FastICA; Hyvarinen
 * & Oja 2000) of the principal coordinates, turned by Fisher's discriminant of the groups along them. A cause that moves few
 * of many values a little is one, and is lost in what moves all of them a lot where samples are looked at along the
 * directions of largest spread.
 */
import { RandomStream } from '../../src-shared/random/stream.ts'
import { leadingAxes } from './linear-algebra/leading-axes.ts'
import { product, productWithTranspose } from './linear-algebra/products.ts'
import {
  centred,
  column,
  columnMeans,
  firstColumns,
  pickRows,
  type RealMatrix,
  realMatrix,
} from './linear-algebra/real-matrix.ts'
import type { Piecewise } from './piecewise.ts'
import { sharpnessOf } from './sharpness.ts'
import { fastIca, fastIcaTransform } from './unmixing/fast-ica.ts'
import { toldBeside } from './told-beside.ts'
import { fitTwoGaussians, probabilityOfSecond } from './two-gaussians.ts'
import { fewestThatTellAll, together, type ViewDivision } from './view-division.ts'

/** Principal coordinates that are turned: with more of them smaller differences count, with fewer less noise; ... */
const widths = [2, 4, 8, 16]
/** ... and more only where groups that stand alone are asked for: what is bent is folded into gaps in so many. */
const widthsAlone = [24, 36, 48]
/** Fewer samples a coordinate can be turned until they seem to fall apart. */
const samplesACoordinate = 25
/** Rows that the principal axes are taken from; for so many coordinates all, unless samples have more values than this. */
const mostForAxes = 400
const mostValuesForAll = 1024
/** The groups leave so little open: those of continua, also bent ones, have .95 and less. */
const leastSharpness = 0.98
/** Samples of the smaller group, as a share: fewer are the far end of a curve. */
const smallerGroup = 0.1
/** Half way from the mean of one group (0) to that of the other (1). */
const halfWay = [0.35, 0.65] as const
/**
 * Largest skewness of an upright group towards the other. What varies continuously is thin where it is bent, and thickens
 * towards the other group: mostly by .8 and more where it seems to fall apart with few between.
 */
const mostLeaning = 0.5
/** Groups that may leave more between leave less open: written digits, by the rows they fill, have .0101. */
const leastSharpnessUpright = 0.995
/**
 * Groups stand alone where what lies beside their direction tells no more of them than this (told-beside.ts). Of continua
 * that seem to fall apart it tells .74 and more, of causes that no other rule found .35 and less (docs/results.md,
 * "Groups that stand alone"). They may leave more open, ...
 */
const mostToldBeside = 0.5
const leastSharpnessAlone = 0.97
/**
 * It may tell so much where neither group leans towards the other and no more is open than elsewhere, if fewer lie between:
 * of straight groups it tells .82 where they are of a cause, .96 and more of a peak that moves.
 */
const mostToldBesideStraight = 0.9
const mostLeaningStraight = 0.35
const betweenStraight = 0.7
/** ... and what half of the samples foretells of them for the other still more, ... */
const leastSharpnessForetold = 0.93
/** ... but it foretells the groups of this share of the samples that the larger group alone would not tell. */
const leastForetoldAlone = 0.94
/** Directions whose groups are the same for this share of the samples are one. */
const sameGroups = 0.9
/** Directions that the fewest are chosen from. */
const mostDistinct = 8
const mostTurns = 10
/** Single values that are begun at, evenly spread over those of a sample. */
const mostValueStarts = 32
const settledTurn = 1e-3

export interface GapDirections {
  /** [d] */
  readonly mean: Float64Array
  /** Clearest first: a row times (values - mean) has unit variance, [k, d] */
  readonly weights: RealMatrix
}

interface Direction {
  /** [d] */
  readonly weights: Float64Array
  /** Where each sample lies, of mean 0 over those it was fitted on, [n] */
  readonly along: Float64Array
  /** Of all samples, [n] */
  readonly groups: Int32Array
  readonly sharpness: number
  /** Share of the samples that lie half way from one group to the other. */
  readonly between: number
  /** Neither group leans towards the other, and next to nothing is open. */
  readonly upright: boolean
  /** Neither leans there at all, whatever is open. */
  readonly straight: boolean
}

/** Most samples half way between the groups of a direction, as a share. */
export interface Between {
  /** A continuum that a spectrum has bent seems to fall apart along some direction, and yet is crossed by a few samples on their way. */
  readonly any: number
  /** Where neither group leans towards the other, and next to nothing is open. */
  readonly upright: number
  /** Where what lies beside the direction does not tell them, and a half of the samples foretells nearly all; 0: those count as others. */
  readonly alone: number
}

/**
 * Those that all samples show and a random half of them predicts for the other; null where there are none. The same rows
 * always give the same.
 *
 * @param rows [n, d]
 * @param most directions kept
 */
export function* gapDirections(
  rows: RealMatrix,
  most: number,
  between: Between = { any: 1, upright: 1, alone: 0 },
): Piecewise<GapDirections | null> {
  const random = RandomStream.of(0, 'gap-directions')
  const order = random.permutation(rows.rows)
  const half = order.slice(0, order.length >> 1).sort()
  const other = order.slice(order.length >> 1).sort()
  const everyone = Int32Array.from({ length: rows.rows }, (_, i) => i)
  const alone = between.alone > 0
  const found = yield* directionsFrom(rows, everyone, everyone, alone, alone ? leastSharpnessAlone : leastSharpness)
  const least = alone ? leastSharpnessForetold : leastSharpness
  const foretold =
    found.directions.length === 0 ? [] : (yield* directionsFrom(rows, half, other, alone, least)).directions
  const distinct: Direction[] = []
  for (const direction of found.directions.sort((a, b) => b.sharpness - a.sharpness)) {
    if (distinct.length === mostDistinct) break
    if (distinct.some((one) => haveSameGroups(direction, one))) continue
    if (
      isForetold(direction, between, foretold) ||
      (alone && standsAlone(direction, between.alone, foretold, found.coordinates))
    )
      distinct.push(direction)
    yield 'whether groups stand alone'
  }
  if (distinct.length === 0) return null
  const needed = fewestThatTellAll(distinct.map(({ groups }) => ({ clusters: 2, labels: groups })))
    .slice(0, most)
    .map((place) => distinct[place]!)
  const weights = realMatrix(needed.length, rows.columns)
  needed.forEach((direction, k) => weights.values.set(direction.weights, k * rows.columns))
  return { mean: columnMeans(rows), weights }
}

/** Whether its groups leave little open, few enough lie between them, and others foretell them. */
function isForetold(direction: Direction, between: Between, foretold: readonly Direction[]): boolean {
  const most = direction.upright ? Math.max(between.any, between.upright) : between.any
  return (
    direction.sharpness >= leastSharpness &&
    direction.between <= most &&
    foretold.some((one) => one.sharpness >= leastSharpness && haveSameGroups(direction, one))
  )
}

/** Whether what lies beside it tells little of its groups, few enough lie between them, and others foretell nearly all. */
function standsAlone(
  { between, along, groups, sharpness, straight }: Direction,
  most: number,
  foretold: readonly Direction[],
  coordinates: RealMatrix,
): boolean {
  const share = groups.reduce((sum, group) => sum + group, 0) / groups.length
  const least = 1 - (1 - leastForetoldAlone) * Math.min(share, 1 - share)
  if (between > most || !foretold.some((one) => haveSameGroups({ groups }, one, least))) return false
  const isStraight = straight && sharpness >= leastSharpness && between <= betweenStraight * most
  return toldBeside(coordinates, along, groups) <= (isStraight ? mostToldBesideStraight : mostToldBeside)
}

/** Directions fitted on some samples that fall apart among others, so sharply at least. */
function* directionsFrom(
  rows: RealMatrix,
  on: Int32Array,
  among: Int32Array,
  alone: boolean,
  least: number,
): Piecewise<{ readonly directions: Direction[]; readonly coordinates: RealMatrix }> {
  const fitted = pickRows(rows, on)
  const mean = columnMeans(fitted)
  const tried = alone ? [...widths, ...widthsAlone] : widths
  const most = alone && rows.columns <= mostValuesForAll ? on.length : mostForAxes
  const step = Math.max(1, on.length / most)
  const some = Array.from({ length: Math.min(on.length, most) }, (_, i) => Math.floor(i * step))
  const axes = leadingAxes(pickRows(centred(fitted, mean), some), tried.at(-1)!)
  const coordinates = productWithTranspose(centred(rows, mean), axes)
  const directions: Direction[] = []
  for (const width of new Set(tried.map((width) => Math.min(width, axes.rows)))) {
    if (width === 0 || on.length < samplesACoordinate * width) continue
    const first = firstColumns(coordinates, width)
    const ica = fastIca(pickRows(first, on), { components: width, seed: 0 })
    const components = fastIcaTransform(ica, first)
    const toComponents = product(ica.unmixing, pickRows(axes, [...Array(width).keys()]))
    const before: RealMatrix[] = []
    for (const start of startsAmong(components, rows, on)) {
      const turned = turnedToGap(components, start, on, before)
      if (turned === null) continue
      before.push(turned)
      const along = productWithTranspose(components, turned).values
      const groups = groupsAlong(along, on, among, least)
      if (groups !== null) directions.push({ ...groups, along, weights: product(turned, toComponents).values })
      yield 'directions along which samples fall apart'
    }
  }
  return { directions, coordinates }
}

/** Where to begin: each component, and what the components hold of single values. [starts][width] */
function startsAmong(components: RealMatrix, rows: RealMatrix, on: Int32Array): Float64Array[] {
  const { columns: width } = components
  const own = Array.from({ length: width }, (_, k) => Float64Array.from({ length: width }, (__, j) => Number(j === k)))
  const count = Math.min(rows.columns, mostValueStarts)
  const ofValues = Array.from({ length: count }, (_, at) => {
    const value = Math.floor((at * rows.columns) / count)
    return differenceAlong(components, on, (i) => rows.values[i * rows.columns + value]!)
  })
  return [...own, ...ofValues.filter((start) => start !== null)]
}

/** E[(weight - its mean) x component], of unit length; null where the weight does not vary. [width] */
function differenceAlong(
  { columns: width, values }: RealMatrix,
  on: Int32Array,
  weight: (i: number) => number,
): Float64Array | null {
  const mean = on.reduce((sum, i) => sum + weight(i), 0) / on.length
  const difference = new Float64Array(width)
  for (const i of on) {
    const by = weight(i) - mean
    for (let j = 0; j < width; j++) difference[j]! += by * values[i * width + j]!
  }
  const length = Math.sqrt(difference.reduce((sum, value) => sum + value * value, 0))
  return length > 1e-9 * on.length ? difference.map((value) => value / length) : null
}

/**
 * A direction turned to where its two groups are furthest apart: the one that tells them best (Fisher's, in white
 * components the difference of the groups' means), until the groups along it are the same. Causes that depend on one
 * another are no independent components, and yet each has a direction with a gap.
 * @param components white over the samples `on`, [n, width]
 * @param before directions that others came to rest at
 * @returns [1, width], of unit length; null where it is one of those
 */
function turnedToGap(
  components: RealMatrix,
  start: Float64Array,
  on: Int32Array,
  before: readonly RealMatrix[],
): RealMatrix | null {
  const turned = realMatrix(1, components.columns, start.slice())
  for (let turn = 0; turn < mostTurns; turn++) {
    const { second } = twoGroups(productWithTranspose(components, turned).values, on)
    const next = differenceAlong(components, on, (i) => second[i]!)
    if (next === null) break
    const turnedBy = 1 - Math.abs(cosineOf(next, turned.values))
    turned.values.set(next)
    if (turnedBy < settledTurn) break
    if (before.some((other) => 1 - Math.abs(cosineOf(next, other.values)) < settledTurn)) return null
  }
  return turned
}

/** Of vectors of unit length. */
function cosineOf(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + value * b[j]!, 0)
}

/** The two groups along one direction; null where they do not stand apart among the samples looked at. */
function groupsAlong(
  values: Float64Array,
  on: Int32Array,
  among: Int32Array,
  least: number,
): Omit<Direction, 'weights' | 'along'> | null {
  const { groups, second } = twoGroups(values, on)
  const sharpness = sharpnessOf(
    Float64Array.from({ length: 2 * among.length }, (_, at) => {
      const probability = second[among[at >> 1]!]!
      return at % 2 === 0 ? 1 - probability : probability
    }),
    2,
  )
  const share = among.reduce((sum, i) => sum + groups[i]!, 0) / among.length
  if (sharpness < least || Math.min(share, 1 - share) < smallerGroup) return null
  return { groups, sharpness, ...betweenOf(values, groups, sharpness) }
}

/** Share of the values that lie half way between the means of the two groups, and whether neither leans there. */
function betweenOf(
  values: Float64Array,
  groups: Int32Array,
  sharpness: number,
): Pick<Direction, 'between' | 'upright' | 'straight'> {
  const [first, second] = [momentsOf(values, groups, 0), momentsOf(values, groups, 1)]
  const apart = second.mean - first.mean
  const onTheWay = values.filter((value) => {
    const way = (value - first.mean) / apart
    return way > halfWay[0] && way < halfWay[1]
  })
  const towards = Math.sign(apart)
  const leaning = Math.max(towards * first.skewness, -towards * second.skewness)
  return {
    between: onTheWay.length / values.length,
    upright: leaning <= mostLeaning && sharpness >= leastSharpnessUpright,
    straight: leaning <= mostLeaningStraight,
  }
}

function momentsOf(
  values: Float64Array,
  groups: Int32Array,
  group: number,
): { readonly mean: number; readonly skewness: number } {
  const own = values.filter((_, i) => groups[i] === group)
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length
  const central = (power: number): number => own.reduce((sum, value) => sum + (value - mean) ** power, 0) / own.length
  return { mean, skewness: central(3) / central(2) ** 1.5 }
}

/** Two Gaussians fitted on some samples: how probable all are in the second, [n], and the likelier of each, [n]. */
function twoGroups(
  values: Float64Array,
  on: Int32Array,
): { readonly groups: Int32Array; readonly second: Float64Array } {
  const fit = fitTwoGaussians(Float64Array.from(on, (i) => values[i]!))
  const second = probabilityOfSecond(fit, values)
  return { second, groups: Int32Array.from(second, (probability) => Number(probability > 0.5)) }
}

/** The groups of samples along directions with a gap, those of all directions at once. @param along [n, k] */
export function gapGroups(along: RealMatrix): ViewDivision {
  const everyone = Int32Array.from({ length: along.rows }, (_, i) => i)
  return Array.from({ length: along.columns }, (_, k): ViewDivision => {
    const values = column(along, k)
    return { clusters: 2, labels: twoGroups(values, everyone).groups }
  }).reduce(together)
}

function haveSameGroups(a: Pick<Direction, 'groups'>, b: Pick<Direction, 'groups'>, least = sameGroups): boolean {
  const same = a.groups.reduce((sum, group, i) => sum + Number(group === b.groups[i]), 0) / a.groups.length
  return Math.max(same, 1 - same) >= least
}
