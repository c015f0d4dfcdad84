/** One case: made, imported, trained with its replicates and judged through the command line, beside what is true. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { writeFiles } from '../../../src-main/datasets/synthetic/write.ts'
import { causalscope } from '../command.ts'
import { evaluationSchema, findingsSchema, heldAgainst, statedEdge, statedNode } from '../stated.ts'
import { type Case, kinds } from './cases.ts'

const called = { from: v.string(), to: v.string() }

export const recordSchema = v.object({
  kind: v.picklist(kinds),
  what: v.string(),
  seed: v.number(),
  seconds: v.number(),
  headline: v.string(),
  cautions: v.array(v.string()),
  details: v.array(v.string()),
  jointNmi: v.number(),
  nodes: v.array(v.object({ ...statedNode.entries, name: v.string() })),
  edges: v.array(v.object({ ...statedEdge.entries, ...called })),
  trueEdges: v.array(v.tuple([v.string(), v.string()])),
})
export type CaseRecord = v.InferOutput<typeof recordSchema>

const trainedSchema = v.object({ id: v.number() })

export async function recordOf(one: Case, seed: number, threads: number): Promise<CaseRecord> {
  const folder = await mkdtemp(join(tmpdir(), 'robustness-'))
  try {
    const data = join(folder, 'data')
    const project = join(folder, 'study.causalscope')
    await mkdir(data)
    await writeFiles(await one.make(seed), data)
    await causalscope('import', data, '--project', project)
    const begun = performance.now()
    const { id } = v.parse(
      trainedSchema,
      await causalscope(
        ...['train', '--project', project, '--method', 'causal-pima', '--seed', String(seed), '--json'],
        ...['--engine', 'wasm', '--threads', String(threads), ...one.flags],
      ),
    )
    const seconds = (performance.now() - begun) / 1000
    const run = ['--project', project, '--run', String(id), '--json']
    const findings = v.parse(findingsSchema, await causalscope('findings', ...run))
    const truth = await causalscope('evaluate', ...run, '--truth', join(data, 'truth.json'))
    const evaluation = v.parse(evaluationSchema, truth)
    const { nodes, edges } = heldAgainst(findings, evaluation)
    const factor = (name: string): string => {
      const at = findings.nodes.findIndex((node) => node.name === name)
      return evaluation.nodeFactors[at] ?? name
    }
    return {
      ...{ kind: one.kind, what: one.what, seed, seconds },
      ...{ headline: findings.headline, cautions: findings.cautions, details: findings.details },
      jointNmi: evaluation.jointNmi,
      nodes: nodes.map((node, l) => ({ ...node, name: factor(findings.nodes[l]!.name) })),
      edges: edges.map((edge, at) => ({
        ...edge,
        from: factor(findings.edges[at]!.from),
        to: factor(findings.edges[at]!.to),
      })),
      trueEdges: evaluation.trueEdges,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
