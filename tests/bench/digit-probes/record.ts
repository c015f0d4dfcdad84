/** One training of images and curves, and what a few labels tell from its image encoder; or of what was measured. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { causalscope } from '../command.ts'
import { type SetName, setNames, writeSet } from './sets.ts'

/** What is probed: a measurement as it is, or what a run's image encoder makes of it. */
export const probedThings = ['pixels', 'curve', 'box', 'sphere'] as const
type Probed = (typeof probedThings)[number]

export interface Case {
  readonly set: SetName
  readonly probed: Probed
  /** Of the training and of the draw of labelled samples. */
  readonly seed: number
}

const score = v.object({
  features: v.picklist(['raw', 'ica', 'pca-ica']),
  head: v.picklist(['probe', 'cached']),
  ...{ shots: v.number(), seed: v.number(), test: v.string(), accuracy: v.number(), c: v.nullable(v.number()) },
})
export const recordSchema = v.object({
  ...{ set: v.picklist(setNames), probed: v.picklist(probedThings), seed: v.number() },
  /** What images and curves share at least, nats; null where nothing was trained. */
  shared: v.nullable(v.number()),
  seconds: v.number(),
  scores: v.array(score),
})
export type DigitRecord = v.InferOutput<typeof recordSchema>

export interface Settings {
  readonly latents: number
  readonly steps: number
  readonly batch: number
  readonly threads: number
}

/** A seed after the other, so that what is stopped early has a few of everything. */
export function digitCases(seeds: number): Case[] {
  const numbers = Array.from({ length: seeds }, (_, at) => at + 1)
  const all = numbers.flatMap((seed) =>
    setNames.flatMap((set) => probedThings.map((probed) => ({ set, probed, seed }))),
  )
  // Curves of shifted images are left out: there is nothing to probe.
  return all.filter(({ set, probed }) => set === 'plain' || probed !== 'curve')
}

export async function recordOf({ set, probed, seed }: Case, settings: Settings): Promise<DigitRecord> {
  const folder = await mkdtemp(join(tmpdir(), 'causalscope-digits-'))
  const project = ['--project', join(folder, 'digits.causalscope')]
  const start = performance.now()
  try {
    await writeSet(set, join(folder, 'data'))
    await causalscope('import', join(folder, 'data'), ...project)
    const trained = probed === 'box' || probed === 'sphere'
    const shared = trained ? await train(project, probed, seed, settings) : null
    const features = trained
      ? ['--run', '1', '--modality', 'images']
      : probed === 'pixels'
        ? ['--modality', 'images', '--principal', '100', '--components', '40']
        : ['--modality', 'strain-energy']
    const draw = ['--label', 'digit', '--seeds', '1', '--seed', `${seed}`]
    const domains = set === 'shifted' ? ['--domain', 'domain', '--source-domain', 'plain'] : []
    const answer = await causalscope('probe', ...project, ...features, ...draw, ...domains, '--json')
    const { scores } = v.parse(v.object({ scores: v.array(score) }), answer)
    return { set, probed, seed, shared, seconds: (performance.now() - start) / 1000, scores }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Trains run 1 and answers what the modalities share, nats. */
async function train(project: string[], geometry: string, seed: number, settings: Settings): Promise<number> {
  const { latents, steps, batch, threads } = settings
  const chosen = { geometry, 'latent.size': latents, 'training.steps': steps, 'training.batchSize': batch }
  const sets = Object.entries(chosen).flatMap(([name, value]) => ['--set', `${name}=${value}`])
  const run = ['--method', 'partial-causal', '--replicates', '0', '--seed', `${seed}`, '--threads', `${threads}`]
  const answer = await causalscope('train', ...project, ...run, ...sets, '--json')
  return v.parse(v.object({ score: v.number() }), answer).score
}
