/** One case of the calibration, from making the data to what the finding says and whether that is true. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { defaultReplicates } from '../../../src-shared/domain/replication.ts'
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import { causalscope, causalscopeTold } from '../command.ts'
import { evaluationSchema, type Findings, findingsSchema, heldAgainst, statedEdge, statedNode } from '../stated.ts'
import { type Case, keyOf } from './cases.ts'

const share = v.number()

/** As a line of the file that holds them. */
export const recordSchema = v.object({
  key: v.string(),
  half: v.picklist(['set', 'report']),
  kind: v.picklist(['positive', 'null']),
  headline: v.string(),
  jointNmi: v.nullable(share),
  /** Wall seconds of the main training, and of its replicates beside what was said of them beforehand. */
  seconds: share,
  replication: v.object({ replicates: v.number(), estimated: v.nullable(share), seconds: share }),
  nodes: v.array(statedNode),
  /** Readings of the clusters that fit as well, the chosen first. */
  readings: v.optional(v.array(v.object({ residual: v.nullable(share), agreement: v.record(v.string(), share) })), []),
  edges: v.array(statedEdge),
})
export type CaseRecord = v.InferOutput<typeof recordSchema>

const truthSchema = v.object({ nodes: v.array(v.object({ categories: v.array(v.string()) })) })
const trainedSchema = v.object({ id: v.number() })

/** A set without factors is asked for three nodes of two categories, as a person would begin. */
async function nodesOf(data: string): Promise<string> {
  const { nodes } = v.parse(truthSchema, JSON.parse(await readFile(join(data, 'truth.json'), 'utf8')))
  return nodes.length === 0 ? '2,2,2' : nodes.map(({ categories }) => categories.length).join()
}

/** A node that half of the replicates find again by less than this comes to no support even if all others find it entirely. */
const settled = 2 * evidenceThresholds.supportedNode - 1

/** The findings with the default replicates, or with half of them on a set that holds nothing where these have settled it. */
export async function replicated(
  run: readonly string[],
  kind: Case['kind'],
): Promise<{ replication: CaseRecord['replication']; findings: Findings }> {
  const first = kind === 'null' ? defaultReplicates / 2 : defaultReplicates
  const begun = performance.now()
  const { told } = await causalscopeTold('replicate', ...run, '--replicates', String(first))
  const seconds = (performance.now() - begun) / 1000
  let findings = v.parse(findingsSchema, await causalscope('findings', ...run))
  if (first < defaultReplicates && findings.nodes.some(({ replicability }) => (replicability ?? 1) >= settled)) {
    await causalscope('replicate', ...run, '--replicates', String(defaultReplicates))
    findings = v.parse(findingsSchema, await causalscope('findings', ...run))
  }
  return { replication: { replicates: first, estimated: estimateIn(told), seconds }, findings }
}

/** "about 1:18." as seconds. */
function estimateIn(told: string): number | null {
  const said = /about (?:(\d+):)?(\d+):(\d+)/.exec(told)
  return said === null ? null : Number(said[1] ?? 0) * 3600 + Number(said[2]) * 60 + Number(said[3])
}

/** Where a case's data and project are kept. */
const folderIn = (kept: string, one: Case): string => join(kept, keyOf(one).replaceAll(/ +/g, '-'))

/** @param kept where projects and truths go when they are to be judged again; null: nowhere */
export async function recordOf(one: Case, threads: number, kept: string | null): Promise<CaseRecord> {
  const folder = await mkdtemp(join(tmpdir(), 'calibration-'))
  try {
    const { data, run, seconds } = await trained(one, threads, folder)
    const { replication, findings } = await replicated(run, one.kind)
    return await told(one, { data, run, findings, seconds, replication })
  } finally {
    if (kept !== null) await cp(folder, folderIn(kept, one), { recursive: true })
    await rm(folder, { recursive: true, force: true })
  }
}

/** What this version says of a project that was kept. */
export async function recordAgain(one: Case, kept: string, earlier: CaseRecord): Promise<CaseRecord> {
  const folder = folderIn(kept, one)
  const run = ['--project', join(folder, projectName), '--run', '1', '--json']
  const findings = v.parse(findingsSchema, await causalscope('findings', ...run))
  return told(one, { ...earlier, data: join(folder, 'data'), run, findings })
}

const projectName = 'study.causalscope'

async function trained(
  one: Case,
  threads: number,
  folder: string,
): Promise<{ data: string; run: readonly string[]; seconds: number }> {
  const data = join(folder, 'data')
  const project = join(folder, projectName)
  await causalscope(
    ...['synth', one.name, '--out', data, '--seed', String(one.seed), '--samples', String(one.samples)],
    ...(one.structure === undefined ? [] : ['--structure', one.structure]),
    ...(one.overlap === undefined ? [] : ['--overlap', String(one.overlap)]),
  )
  await causalscope('import', data, '--project', project)
  const begun = performance.now()
  const { id } = v.parse(
    trainedSchema,
    await causalscope(
      ...['train', '--project', project, '--method', 'causal-pima', '--seed', String(one.seed), '--json'],
      ...['--nodes', await nodesOf(data), '--engine', 'wasm', '--threads', String(threads), '--replicates', '0'],
    ),
  )
  return {
    data,
    run: ['--project', project, '--run', String(id), '--json'],
    seconds: (performance.now() - begun) / 1000,
  }
}

interface Trained extends Pick<CaseRecord, 'seconds' | 'replication'> {
  readonly data: string
  readonly run: readonly string[]
  readonly findings: Findings
}

/** What is said, beside what is true. */
async function told(one: Case, { data, run, findings, seconds, replication }: Trained): Promise<CaseRecord> {
  const truth =
    one.kind === 'null'
      ? null
      : v.parse(evaluationSchema, await causalscope('evaluate', ...run, '--truth', join(data, 'truth.json')))
  return {
    key: keyOf(one),
    half: one.half,
    kind: one.kind,
    headline: findings.headline,
    jointNmi: truth?.jointNmi ?? null,
    seconds,
    replication,
    readings: findings.readings,
    ...heldAgainst(findings, truth),
  }
}
