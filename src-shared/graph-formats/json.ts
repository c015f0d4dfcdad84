/**
 * graph.json, the graph with all that is known about it, for programs. The schema below is the format's documentation;
 * `version` rises when a field changes its meaning or goes. Nodes are referred to by name, and all matrices and tables
 * are in the order of `nodes`.
 */
import * as v from 'valibot'
import { refused } from '../errors.ts'
import { shown } from '../graph/edge.ts'
import { edgeSupport, endMark, standing } from '../graph/edge-schema.ts'
import type { Findings } from '../findings/finding.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { preparationRecord } from '../contract/runs.ts'
import type { Provenance } from '../domain/run.ts'
import { knowledgeOfGraph, knowledgeSchema } from '../knowledge/knowledge.ts'
import { conditionalTables, joint, marginals } from './probabilities.ts'
import { toldRecord } from './told.ts'

const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
const shownSupport = v.omit(edgeSupport, ['restarts'])
const matrix = v.array(v.array(probability))

export const graphDocumentSchema = v.object({
  format: v.literal('causalscope-graph'),
  version: v.literal(3),
  nodes: v.array(
    v.object({
      name: v.string(),
      categories: v.array(v.string()),
      /** Metadata column that ties the node to known values; null: the node's meaning rests on the assignment search. */
      anchor: v.nullable(v.string()),
      /** P(node = category). */
      probabilities: v.array(probability),
      standing,
    }),
  ),
  /**
   * The read-out graph, E_ij > 0.5, with the marks of its Markov-equivalence class: two tails where the data allow the
   * edge in either direction. `from` is the parent in the DAG that the tables belong to.
   */
  edges: v.array(
    v.object({
      from: v.string(),
      to: v.string(),
      /** What is at this end of the edge: tail, arrow or circle. */
      fromMark: endMark,
      toMark: endMark,
      /** E_ij at the final temperature. */
      strength: probability,
      /** Probabilities given the counts of all trainings, and in how many replicates the pair is more likely joined than not. */
      support: shownSupport,
      standing,
    }),
  ),
  /** E [L][L], row = from. */
  strength: matrix,
  /** P(node | parents in the read-out graph). */
  tables: v.array(
    v.object({
      node: v.string(),
      parents: v.array(v.string()),
      rows: v.array(
        v.object({
          /** Category of each parent. */
          given: v.array(v.string()),
          /** P(node = category | given). */
          probabilities: v.array(probability),
          /** P(given). */
          weight: probability,
        }),
      ),
    }),
  ),
  /** p(a) of every joint outcome, row-major over the nodes' categories. */
  joint: v.array(probability),
  /** What was known beforehand, by the nodes' names; absent where nothing was said. */
  given: v.exactOptional(knowledgeSchema),
  /** What may be stated of the graph, and what to be wary of; null for a graph that nobody has judged. */
  finding: v.nullable(v.object({ headline: v.string(), provisional: v.boolean(), cautions: v.array(v.string()) })),
  provenance: v.nullable(
    v.object({
      application: v.string(),
      versions: v.record(v.string(), v.string()),
      engine: v.string(),
      engineDetail: v.string(),
      threads: v.number(),
      seed: v.number(),
      datasetSha256: v.string(),
      preparations: v.exactOptional(v.array(preparationRecord)),
    }),
  ),
})

export type GraphDocument = v.InferOutput<typeof graphDocumentSchema>

export interface DocumentContext {
  readonly provenance?: Provenance | null
  readonly finding?: Findings | null
}

function provenanceOf({ preparations, ...provenance }: Provenance): NonNullable<GraphDocument['provenance']> {
  return {
    ...provenance,
    versions: { ...provenance.versions },
    ...(preparations === undefined ? {} : { preparations: preparations.map((record) => ({ ...record })) }),
  }
}

/** The graph as graph.json holds it. */
export function graphDocument(
  graph: LearnedGraph,
  { provenance = null, finding = null }: DocumentContext = {},
): GraphDocument {
  const name = (node: number): string => graph.nodes[node]?.name ?? ''
  const probabilities = marginals(graph)
  return {
    format: 'causalscope-graph',
    version: 3,
    nodes: graph.nodes.map((node, l) => ({
      name: node.name,
      categories: [...node.categories],
      anchor: node.anchor,
      probabilities: [...probabilities[l]!],
      standing: node.standing,
    })),
    edges: graph.edges.map(shown).map(({ from, to, support: { posterior, replicates }, ...edge }) => ({
      from: name(from),
      to: name(to),
      ...edge,
      support: { posterior, replicates },
    })),
    strength: graph.strength.map((row) => [...row]),
    tables: conditionalTables(graph).map(({ node, parents, rows }) => ({
      node: name(node),
      parents: parents.map(name),
      rows: rows.map((row) => ({
        given: row.given.map((k, i) => graph.nodes[parents[i]!]!.categories[k]!),
        probabilities: [...row.probabilities],
        weight: Math.min(1, row.weight),
      })),
    })),
    joint: [...joint(graph)],
    ...(graph.given === undefined ? {} : { given: knowledgeOfGraph(graph) }),
    finding: finding === null ? null : toldRecord(finding),
    provenance: provenance === null ? null : provenanceOf(provenance),
  }
}

export function graphToJson(graph: LearnedGraph, context: DocumentContext = {}): string {
  return `${JSON.stringify(graphDocument(graph, context), null, 2)}\n`
}

/** The graph of a graph.json's text. Throws `refused` that names the field when it is none of version 3. */
export function parseGraphJson(text: string): GraphDocument {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refused('The file is not JSON.', 'Choose a graph.json that Causalscope exported.')
  }
  const read = v.safeParse(graphDocumentSchema, value)
  if (read.success) return read.output
  const [issue] = read.issues
  const field = v.getDotPath(issue) ?? ''
  throw refused(
    `The file is not a Causalscope graph of version 3: ${field === '' ? '' : `${field}: `}${issue.message}.`,
    'Choose a graph.json that Causalscope exported.',
    { field },
  )
}
