/**
 * Directions along which samples fall into two groups with next to none between: independent components (FastICA; Hyvarinen
 * & Oja 2000) of the principal coordinates, turned by Fisher's discriminant of the groups along them. A cause that moves few
 * of many values a little is one, and is lost in what moves all of them a lot where samples are looked at along the
 * directions of largest spread.
 */
import { RandomStream } from '../../src-shared/random/stream.ts'
import { fitGaussianMixture, mixturePosteriors } from './gaussian-mixture.ts'
import { likeliest } from './likeliest.ts'
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
import { type Piecewise, whole } from './piecewise.ts'
import { sharpnessOf } from './sharpness.ts'
import { fastIca, fastIcaTransform } from './unmixing/fast-ica.ts'
import { together, type ViewDivision } from './view-division.ts'

/** Principal coordinates that are turned: with more of them smaller differences count, with fewer less noise. */
const widths = [2, 4, 8, 16]
/** Fewer samples a coordinate can be turned until they seem to fall apart. */
const samplesACoordinate = 25
/** Rows that the principal axes are taken from. */
const mostForAxes = 400
/** The groups leave so little open: those of continua, also bent ones, have .95 and less. */
const leastSharpness = 0.98
/** Samples of the smaller group, as a share: fewer are the far end of a curve. */
const smallerGroup = 0.1
/** Directions whose groups are the same for this share of the samples are one. */
const sameGroups = 0.9
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
  /** Of all samples, [n] */
  readonly groups: Int32Array
  readonly sharpness: number
}

/**
 * Those that all samples show and a random half of them predicts for the other; null where there are none. The same rows
 * always give the same.
 *
 * @param rows [n, d]
 * @param most directions kept
 */
export function* gapDirections(rows: RealMatrix, most: number): Piecewise<GapDirections | null> {
  const random = RandomStream.of(0, 'gap-directions')
  const order = random.permutation(rows.rows)
  const half = order.slice(0, order.length >> 1).sort()
  const other = order.slice(order.length >> 1).sort()
  const everyone = Int32Array.from({ length: rows.rows }, (_, i) => i)
  const found = yield* directionsFrom(rows, everyone, everyone, random)
  const foretold = found.length === 0 ? [] : yield* directionsFrom(rows, half, other, random)
  const distinct: Direction[] = []
  for (const direction of found.sort((a, b) => b.sharpness - a.sharpness))
    if (
      distinct.length < most &&
      foretold.some((one) => haveSameGroups(direction, one)) &&
      !distinct.some((one) => haveSameGroups(direction, one))
    )
      distinct.push(direction)
  if (distinct.length === 0) return null
  const weights = realMatrix(distinct.length, rows.columns)
  distinct.forEach((direction, k) => weights.values.set(direction.weights, k * rows.columns))
  return { mean: columnMeans(rows), weights }
}

/** Directions fitted on some samples that fall apart among others. */
function* directionsFrom(
  rows: RealMatrix,
  on: Int32Array,
  among: Int32Array,
  random: RandomStream,
): Piecewise<Direction[]> {
  const fitted = pickRows(rows, on)
  const mean = columnMeans(fitted)
  const step = Math.max(1, on.length / mostForAxes)
  const some = Array.from({ length: Math.min(on.length, mostForAxes) }, (_, i) => Math.floor(i * step))
  const axes = leadingAxes(pickRows(centred(fitted, mean), some), widths.at(-1)!)
  const coordinates = productWithTranspose(centred(rows, mean), axes)
  const directions: Direction[] = []
  for (const width of new Set(widths.map((most) => Math.min(most, axes.rows)))) {
    if (width === 0 || on.length < samplesACoordinate * width) continue
    const first = firstColumns(coordinates, width)
    const ica = fastIca(pickRows(first, on), { components: width, seed: 0 })
    const components = fastIcaTransform(ica, first)
    const toComponents = product(ica.unmixing, pickRows(axes, [...Array(width).keys()]))
    for (const start of startsAmong(components, rows, on)) {
      const turned = turnedToGap(components, start, on, random)
      const groups = groupsAlong(productWithTranspose(components, turned).values, on, among, random)
      if (groups !== null) directions.push({ ...groups, weights: product(turned, toComponents).values })
      yield 'directions along which samples fall apart'
    }
  }
  return directions
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
 * @returns [1, width], of unit length
 */
function turnedToGap(components: RealMatrix, start: Float64Array, on: Int32Array, random: RandomStream): RealMatrix {
  const turned = realMatrix(1, components.columns, start.slice())
  for (let turn = 0; turn < mostTurns; turn++) {
    const { memberships } = twoGroups(productWithTranspose(components, turned).values, on, random)
    const next = differenceAlong(components, on, (i) => memberships[2 * i + 1]!)
    if (next === null) break
    const cosine = next.reduce((sum, value, j) => sum + value * turned.values[j]!, 0)
    turned.values.set(next)
    if (1 - Math.abs(cosine) < settledTurn) break
  }
  return turned
}

/** The two groups along one direction; null where they do not stand apart among the samples looked at. */
function groupsAlong(
  values: Float64Array,
  on: Int32Array,
  among: Int32Array,
  random: RandomStream,
): Pick<Direction, 'groups' | 'sharpness'> | null {
  const { groups, memberships } = twoGroups(values, on, random)
  const sharpness = sharpnessOf(
    Float64Array.from({ length: 2 * among.length }, (_, at) => memberships[2 * among[at >> 1]! + (at & 1)]!),
    2,
  )
  const second = among.reduce((sum, i) => sum + groups[i]!, 0) / among.length
  return sharpness < leastSharpness || Math.min(second, 1 - second) < smallerGroup ? null : { groups, sharpness }
}

/** Two Gaussians fitted on some samples: what they say of all, [n, 2], and the likelier of each, [n]. */
function twoGroups(
  values: Float64Array,
  on: Int32Array,
  random: RandomStream,
): { readonly groups: Int32Array; readonly memberships: Float64Array } {
  const fitted = Float64Array.from(on, (i) => values[i]!)
  const mixture = whole(fitGaussianMixture(fitted, 1, { components: 2, starts: 1 }, random))
  const memberships = whole(mixturePosteriors(mixture, values))
  return { memberships, groups: likeliest(memberships, 2) }
}

/** The groups of samples along directions with a gap, those of all directions at once. @param along [n, k] */
export function gapGroups(along: RealMatrix): ViewDivision {
  const random = RandomStream.of(0, 'gap-groups')
  const everyone = Int32Array.from({ length: along.rows }, (_, i) => i)
  return Array.from({ length: along.columns }, (_, k): ViewDivision => {
    const values = column(along, k)
    return { clusters: 2, labels: twoGroups(values, everyone, random).groups }
  }).reduce(together)
}

function haveSameGroups(a: Pick<Direction, 'groups'>, b: Pick<Direction, 'groups'>): boolean {
  const same = a.groups.reduce((sum, group, i) => sum + Number(group === b.groups[i]), 0) / a.groups.length
  return Math.max(same, 1 - same) >= sameGroups
}
