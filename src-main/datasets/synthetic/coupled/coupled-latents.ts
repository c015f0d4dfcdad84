/**
 * The latents of the partial causal model's synthetic study (partial-causal.md section 5): one side uniform, the other
 * drawn around it, each measured with private latents of its own through a map of its own.
 */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { type Deviation, deviations, normalised, onSphere, vonMisesFisher } from './draws.ts'
import { mixingNetwork } from './mixing-network.ts'

export const spaces = ['sphere', 'convex'] as const
export type Space = (typeof spaces)[number]
export type Conditional = 'vmf' | Deviation

/** Conditionals of each space, the one that theory assumes first, with the scale that is used where none is given. */
export const conditionals: Readonly<Record<Space, Readonly<Partial<Record<Conditional, number>>>>> = {
  sphere: { vmf: 20, laplace: 0.05, normal: 0.05, 'generalised-normal': 0.05 },
  convex: { laplace: 0.05, normal: 0.05, 'generalised-normal': 0.05 },
}

export interface CoupledDesign {
  readonly space: Space
  /** n */
  readonly latents: number
  /** Latents of each side that the other knows nothing of, N(0, I). */
  readonly privates: number
  readonly conditional: Conditional
  /** kappa of `vmf`, the scale of the others. */
  readonly spread: number
}

/** One sample: semantic latents of both sides, [n] each, and their measurements, [n + privates] each. */
export interface CoupledSample {
  readonly zx: Float64Array
  readonly zt: Float64Array
  readonly x: Float64Array
  readonly t: Float64Array
}

/** Numbers of each measurement. */
export function measuredSize({ latents, privates }: Pick<CoupledDesign, 'latents' | 'privates'>): number {
  return latents + privates
}

/** z_t given z_x: on the sphere projected back onto it, in the box each coordinate drawn again until it lies inside. */
function drawAround(
  zx: Float64Array,
  { space, conditional, spread }: CoupledDesign,
  random: RandomStream,
): Float64Array {
  if (conditional === 'vmf') return vonMisesFisher(zx, spread, random)
  const deviate = deviations[conditional]
  if (space === 'sphere') return normalised(zx.map((value) => value + deviate(spread, random)))
  return zx.map((value) => {
    let drawn: number
    do drawn = value + deviate(spread, random)
    while (drawn < 0 || drawn > 1)
    return drawn
  })
}

/** Samples one after the other; `maps` draws what makes the measurements, once. */
export function coupledSampler(design: CoupledDesign, maps: RandomStream): (random: RandomStream) => CoupledSample {
  const size = measuredSize(design)
  const [makeX, makeT] = [mixingNetwork(size, maps), mixingNetwork(size, maps)]
  return (random) => {
    const zx =
      design.space === 'sphere'
        ? onSphere(design.latents, random)
        : Float64Array.from({ length: design.latents }, () => random.uniform())
    const zt = drawAround(zx, design, random)
    const withPrivate = (z: Float64Array): Float64Array =>
      Float64Array.from([...z, ...Array.from({ length: design.privates }, () => random.normal())])
    return { zx, zt, x: makeX(withPrivate(zx)), t: makeT(withPrivate(zt)) }
  }
}
