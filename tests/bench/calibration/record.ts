/** One case of the calibration, from making the data to what the finding says and whether that is true. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { causalscope } from '../command.ts'
import { type Case, keyOf } from './cases.ts'

const share = v.number()

/** As a line of the file that holds them. */
export const recordSchema = v.object({
  key: v.string(),
  half: v.picklist(['set', 'report']),
  kind: v.picklist(['positive', 'null']),
  headline: v.string(),
  jointNmi: v.nullable(share),
  /** Seconds of the main training, and of it with its replicates. */
  seconds: share,
  wall: share,
  /** NMI of a node with the factor it is matched to; null: the data hold none for it. */
  nodes: v.array(v.object({ status: v.string(), replicability: v.nullable(share), nmi: v.nullable(share) })),
  edges: v.array(
    v.object({
      joined: share,
      forward: share,
      backward: share,
      claimed: v.boolean(),
      directed: v.boolean(),
      replicates: share,
      /** What the truth has there; `none` where a node is no factor. */
      truth: v.picklist(['none', 'forward', 'backward']),
      /** The least NMI of its two nodes. */
      nmi: share,
    }),
  ),
})
export type CaseRecord = v.InferOutput<typeof recordSchema>

const truthSchema = v.object({ nodes: v.array(v.object({ categories: v.array(v.string()) })) })
const trainedSchema = v.object({ id: v.number(), seconds: v.number() })
const findingsSchema = v.object({
  headline: v.string(),
  nodes: v.array(v.object({ name: v.string(), status: v.string(), replicability: v.nullable(v.number()) })),
  edges: v.array(
    v.object({
      from: v.string(),
      to: v.string(),
      joined: v.number(),
      forward: v.number(),
      backward: v.number(),
      claimed: v.boolean(),
      directed: v.boolean(),
      replicates: v.number(),
    }),
  ),
})
const evaluationSchema = v.object({
  jointNmi: v.number(),
  nodeFactors: v.array(v.nullable(v.string())),
  nodeNmi: v.array(v.nullable(v.number())),
  trueEdges: v.array(v.tuple([v.string(), v.string()])),
})

/** A set without factors is asked for three nodes of two categories, as a person would begin. */
async function nodesOf(data: string): Promise<string> {
  const { nodes } = v.parse(truthSchema, JSON.parse(await readFile(join(data, 'truth.json'), 'utf8')))
  return nodes.length === 0 ? '2,2,2' : nodes.map(({ categories }) => categories.length).join()
}

export async function recordOf(one: Case, threads: number): Promise<CaseRecord> {
  const folder = await mkdtemp(join(tmpdir(), 'calibration-'))
  try {
    const data = join(folder, 'data')
    const project = join(folder, 'study.causalscope')
    await causalscope(
      ...['synth', one.name, '--out', data, '--seed', String(one.seed), '--samples', String(one.samples)],
      ...(one.structure === undefined ? [] : ['--structure', one.structure]),
      ...(one.overlap === undefined ? [] : ['--overlap', String(one.overlap)]),
    )
    await causalscope('import', data, '--project', project)
    const begun = performance.now()
    const trained = v.parse(
      trainedSchema,
      await causalscope(
        ...['train', '--project', project, '--method', 'causal-pima', '--seed', String(one.seed), '--json'],
        ...['--nodes', await nodesOf(data), '--engine', 'wasm', '--threads', String(threads)],
      ),
    )
    const wall = (performance.now() - begun) / 1000
    const run = ['--project', project, '--run', String(trained.id), '--json']
    const findings = v.parse(findingsSchema, await causalscope('findings', ...run))
    const truth =
      one.kind === 'null'
        ? null
        : v.parse(evaluationSchema, await causalscope('evaluate', ...run, '--truth', join(data, 'truth.json')))
    const at = (name: string): number => findings.nodes.findIndex((node) => node.name === name)
    const factor = (name: string): string | null => truth?.nodeFactors[at(name)] ?? null
    const nmi = (name: string): number | null => truth?.nodeNmi[at(name)] ?? null
    return {
      key: keyOf(one),
      half: one.half,
      kind: one.kind,
      headline: findings.headline,
      jointNmi: truth?.jointNmi ?? null,
      seconds: trained.seconds,
      wall,
      nodes: findings.nodes.map(({ name, status, replicability }) => ({ status, replicability, nmi: nmi(name) })),
      edges: findings.edges.map(({ from, to, ...edge }) => {
        const holds = (a: string, b: string): boolean =>
          truth?.trueEdges.some(([cause, effect]) => cause === factor(a) && effect === factor(b)) ?? false
        return {
          ...edge,
          truth: holds(from, to) ? ('forward' as const) : holds(to, from) ? ('backward' as const) : ('none' as const),
          nmi: Math.min(nmi(from) ?? 0, nmi(to) ?? 0),
        }
      }),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
