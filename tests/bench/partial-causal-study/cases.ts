/** The runs of the partial causal model's synthetic study: which there are, how each is trained, and what is published. */
import * as v from 'valibot'
import {
  type Conditional,
  conditionals,
  type Space,
} from '../../../src-main/datasets/synthetic/coupled/coupled-latents.ts'

interface Profile {
  readonly latents: number
  readonly batch: number
  readonly steps: number
  /** Widths of the hidden layers, in multiples of n. */
  readonly hidden: readonly number[]
  /** Of spaces whose usual rate is not taken. */
  readonly learningRate: Readonly<Record<Space, number>>
}

/** Narrow networks need a higher rate than the usual ones: at these the loss still falls after 5,000 steps. */
export const profiles: Readonly<Record<'quick' | 'full', Profile>> = {
  quick: {
    ...{ latents: 5, batch: 512, steps: 5000, learningRate: { sphere: 3e-3, convex: 2e-3 } },
    hidden: [10, 20, 20, 20, 20, 10],
  },
  full: {
    ...{ latents: 10, batch: 6144, steps: 100_000, learningRate: { sphere: 1e-4, convex: 1e-4 } },
    hidden: [10, 50, 50, 50, 50, 10],
  },
}

/** Per cent, as the paper has them: where its assumptions are met, and the range over settings where one is not. */
const published: Readonly<Record<Space, { readonly met: string; readonly violated: string }>> = {
  sphere: { met: 'R2 99.5 +- 0.1', violated: 'R2 88.5 - 96.3' },
  convex: { met: 'MCC 99.1 +- 0.1', violated: 'MCC 95.6 - 98.6' },
}

/** Theory assumes the first conditional of each space; the others violate it. */
export function publishedFor({ space, conditional }: Pick<Run, 'space' | 'conditional'>): string {
  return published[space][Object.keys(conditionals[space])[0] === conditional ? 'met' : 'violated']
}

export interface Run {
  readonly profile: keyof typeof profiles
  readonly privates: number
  readonly steps: number
  readonly space: Space
  readonly conditional: Conditional
  readonly seed: number
}

export function keyOf({ profile, privates, steps, space, conditional, seed }: Run): string {
  return [profile, privates, steps, space, conditional, seed].join('/')
}

/** Every conditional of both spaces, the seeds of one after the other. */
export function studyRuns(of: Pick<Run, 'profile' | 'privates' | 'steps'>, seeds: number): Run[] {
  return (['sphere', 'convex'] as const).flatMap((space) =>
    (Object.keys(conditionals[space]) as Conditional[]).flatMap((conditional) =>
      Array.from({ length: seeds }, (_, at) => ({ ...of, space, conditional, seed: at + 1 })),
    ),
  )
}

/** How a run ended, a line of the records file. */
export const outcomeSchema = v.object({
  ...{ key: v.string(), r2: v.number(), mcc: v.number(), loss: v.number(), tau: v.number() },
  ...{ seconds: v.number(), steps: v.number() },
})
export type Outcome = v.InferOutput<typeof outcomeSchema>
