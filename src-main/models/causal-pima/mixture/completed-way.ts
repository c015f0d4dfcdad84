/**
 * What modalities alone show of some nodes, completed: each of its clusters is divided by what the modalities' latents hold
 * within it. A clustering of the whole fused latent may cut along a nuisance that spreads wider than a node does, through
 * clusters that one modality tells without doubt.
 */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { type Clustering, mixtureClusterings } from './mixture.ts'
import { sharpnessOf } from '../../../statistics/sharpness.ts'
import type { AloneLatent } from './partitions.ts'
import { membershipsOf, type Way } from './ways.ts'

/** Samples of a cluster for each piece it is divided into, at least. */
const fewestInPiece = 10

/** Coordinates to divide clusters in: one modality's latent, or those of all beside each other. */
interface Space {
  readonly name: string
  readonly width: number
  /** [n, width] */
  readonly points: Float64Array
}

function besideEachOther(latents: readonly AloneLatent[], n: number): Space {
  const width = latents.reduce((sum, latent) => sum + latent.width, 0)
  const points = new Float64Array(n * width)
  let from = 0
  for (const latent of latents) {
    latent.at.forEach((row, i) => {
      points.set(latent.points.subarray(row * latent.width, (row + 1) * latent.width), i * width + from)
    })
    from += latent.width
  }
  return { name: latents.map(({ modality }) => modality).join(' and '), width, points }
}

/**
 * The clustering [n, outcomes] whose clusters lie within those of the way, or null where a cluster has too few samples, or
 * no modality has all samples. Of the modalities the one divides whose pieces leave the least open; the gap is their mean one.
 */
export function* completedWay(
  way: Way,
  latents: readonly AloneLatent[],
  n: number,
  outcomes: number,
  random: RandomStream,
): Piecewise<Clustering | null> {
  const pieces = outcomes / way.cells.length
  const present = latents.filter(({ at }) => at.every((row) => row >= 0))
  const spaces = present.map((latent) => besideEachOther([latent], n))
  if (present.length > 1) spaces.push(besideEachOther(present, n))
  const rows = way.cells.map((code) => Array.from(way.codes.keys()).filter((i) => way.codes[i] === code))
  if (rows.some(({ length }) => length < fewestInPiece * pieces)) return null
  const sharp = ({ memberships }: Clustering): number => sharpnessOf(memberships, pieces)
  let best: { space: Space; within: readonly Clustering[]; gap: number; sharp: number } | null = null
  for (const space of spaces) {
    const within: Clustering[] = []
    for (const each of rows) {
      const points = each.flatMap((i) => [...space.points.subarray(i * space.width, (i + 1) * space.width)])
      const divided = yield* mixtureClusterings(points, space.width, pieces, random)
      within.push(divided.reduce((best, other) => (sharp(other) > sharp(best) ? other : best)))
      yield `dividing what modalities alone show by ${space.name}`
    }
    // The gap of a nuisance's pieces may be wide, but samples lie between them.
    const mean = within.reduce((sum, one) => sum + sharp(one), 0) / within.length
    const gap = Math.exp(within.reduce((sum, one) => sum + Math.log(one.gap), 0) / within.length)
    if (best === null || mean > best.sharp) best = { space, within, gap, sharp: mean }
  }
  if (best === null) return null
  const { within, space, gap } = best
  const cells = membershipsOf(way, n, way.cells.length)
  const memberships = new Float64Array(n * outcomes)
  way.cells.forEach((_, cell) => {
    const at = new Map(rows[cell]!.map((row, i) => [row, i]))
    for (let i = 0; i < n; i++) {
      const place = at.get(i)
      for (let piece = 0; piece < pieces; piece++)
        memberships[i * outcomes + cell * pieces + piece] =
          cells[i * way.cells.length + cell]! *
          (place === undefined ? 1 / pieces : within[cell]!.memberships[place * pieces + piece]!)
    }
  })
  return { how: `each divided into ${pieces} by ${space.name}`, memberships, gap: Math.min(gap, way.clarity) }
}
