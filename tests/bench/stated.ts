/** What a finding states of nodes and edges, held against the truth of the set that it was found in. */
import * as v from 'valibot'
import { causalscope } from './command.ts'

const share = v.number()
const interval = v.nullable(v.tuple([share, share]))

/** What is used of `findings --json`. */
export const findingsSchema = v.object({
  headline: v.string(),
  nodes: v.array(v.object({ name: v.string(), status: v.string(), replicability: v.nullable(share), interval })),
  readings: v.array(v.object({ residual: v.nullable(v.number()), agreement: v.record(v.string(), v.number()) })),
  cautions: v.array(v.string()),
  details: v.array(v.string()),
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
export type Findings = v.InferOutput<typeof findingsSchema>

/** What is used of `evaluate --json`. */
export const evaluationSchema = v.object({
  jointNmi: v.number(),
  nodeFactors: v.array(v.nullable(v.string())),
  nodeNmi: v.array(v.nullable(v.number())),
  trueEdges: v.array(v.tuple([v.string(), v.string()])),
})

export const statedNode = v.object({
  status: v.string(),
  replicability: v.nullable(share),
  interval: v.optional(interval, null),
  /** With the factor it is matched to; null: the data hold none for it. */
  nmi: v.nullable(share),
})

export const statedEdge = v.object({
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
})

export interface Stated {
  readonly nodes: v.InferOutput<typeof statedNode>[]
  readonly edges: v.InferOutput<typeof statedEdge>[]
}

/** @param truth null where the set holds nothing to find */
export function heldAgainst(findings: Findings, truth: v.InferOutput<typeof evaluationSchema> | null): Stated {
  const at = (name: string): number => findings.nodes.findIndex((node) => node.name === name)
  const factor = (name: string): string | null => truth?.nodeFactors[at(name)] ?? null
  const nmi = (name: string): number | null => truth?.nodeNmi[at(name)] ?? null
  return {
    nodes: findings.nodes.map(({ name, ...node }) => ({ ...node, nmi: nmi(name) })),
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
}

/** A node is a factor from this NMI on. */
export const factorFrom = 0.9

/** Heads of the cells of `statedCells`. */
export const statedHeads = ['replicability', 'supported nodes that are found', 'claimed edges that are there'] as const

/**
 * What a run states after these replicates, as cells of a table: "2 of 3" nodes that are supported are found, edges that
 * are claimed are there.
 */
export async function statedCells(
  run: readonly string[],
  replicates: string,
  truth: v.InferOutput<typeof evaluationSchema>,
): Promise<string[]> {
  await causalscope('replicate', ...run, '--replicates', replicates)
  const { nodes, edges } = heldAgainst(v.parse(findingsSchema, await causalscope('findings', ...run)), truth)
  const supported = nodes.filter(({ status }) => status === 'supported')
  const claimed = edges.filter((edge) => edge.claimed)
  const right = supported.filter(({ nmi }) => (nmi ?? 0) >= factorFrom).length
  const there = claimed.filter((edge) => edge.truth !== 'none' && edge.nmi >= factorFrom).length
  return [
    nodes.map(({ replicability }) => replicability?.toFixed(2) ?? '').join(' '),
    `${right} of ${supported.length}`,
    `${there} of ${claimed.length}`,
  ]
}
