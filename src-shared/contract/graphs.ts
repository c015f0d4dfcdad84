/** The learned graph of a finished run, in words and numbers, with what the person called and placed. */
import * as v from 'valibot'
import { judgement } from '../domain/judgement.ts'
import type { Findings } from '../findings/finding.ts'
import { edge, endMark, standing } from '../graph/edge-schema.ts'
import { layoutNames } from '../graph-picture/placement.ts'
import { givenSchema, knowledgeSchema } from '../knowledge/knowledge.ts'
import { namingEvidence } from '../methods/naming-evidence.ts'
import { errorData, finite, id, label, modalityArray, path, type ReadonlyDeep, text, whole } from './shapes.ts'

/** What was found, in words with the shown names: the headline first, then what it rests on. */
const finding = v.object({
  headline: v.string(),
  provisional: v.boolean(),
  details: v.array(
    v.object({
      kind: v.picklist(['nodes', 'support', 'direction', 'meaning', 'clusters']),
      severity: v.picklist(['info', 'warning']),
      text: v.string(),
    }),
  ),
  notes: v.array(v.string()),
}) satisfies v.GenericSchema<unknown, Findings>

const position = v.object({ x: finite, y: finite })
const ends = v.object({ from: whole, to: whole, fromMark: endMark, toMark: endMark })

/** What people changed on a graph: kept in the project file together with its undo stack. */
export const annotations = v.object({
  /** Shown name of each node. */
  names: v.array(v.string()),
  /** Shown names of each node's categories. */
  categories: v.array(v.array(v.string())),
  /** Pinned position of each node in graph units, or null where the layout places it. */
  positions: v.array(v.nullable(position)),
  layout: v.picklist(layoutNames),
  /** What undo and redo would do ("Rename N1 to Topology"), null when there is nothing. */
  undo: v.nullable(v.string()),
  redo: v.nullable(v.string()),
})
export type GraphAnnotations = ReadonlyDeep<v.InferOutput<typeof annotations>>

export const graphView = v.object({
  run: id,
  runName: v.string(),
  finding,
  /** What was known when it was learnt, and what is known since; null where nothing was said. */
  given: v.nullable(givenSchema),
  /** What of it is known since the run was done; null where nothing is. */
  knownSince: v.nullable(givenSchema),
  /** Learned names; `annotations` has the shown ones. */
  nodes: v.array(
    v.object({
      name: v.string(),
      categories: v.array(v.string()),
      anchor: v.nullable(v.string()),
      standing,
      /** Share of samples in each category. */
      marginal: v.array(v.number()),
    }),
  ),
  edges: v.array(
    v.object({
      ...edge.entries,
      /** Mutual information between the two nodes, nats. */
      information: v.number(),
    }),
  ),
  /** E, [L][L]. */
  strength: v.array(v.array(v.number())),
  /** P(node | parents): a row for each combination of the parents' categories. */
  tables: v.array(
    v.object({
      node: whole,
      parents: v.array(whole),
      rows: v.array(v.object({ given: v.array(whole), probabilities: v.array(v.number()), samples: v.number() })),
    }),
  ),
  components: v.array(
    v.object({
      outcome: whole,
      /** Category of each node. */
      categories: v.array(whole),
      weight: v.number(),
      nearest: v.array(v.string()),
    }),
  ),
  /** Component means decoded, [C, ...shape], in the order of `components`. */
  decoded: v.array(modalityArray),
  /** Rival readings of which component is which outcome; null when anchors make them unnecessary. */
  assignment: v.nullable(
    v.object({ chosen: v.number(), rivals: v.array(v.number()), evidence: v.nullable(namingEvidence) }),
  ),
  judgement,
  annotations,
})
export type GraphView = ReadonlyDeep<v.InferOutput<typeof graphView>>

const change = v.variant('kind', [
  v.strictObject({ kind: v.literal('rename-node'), node: whole, name: label }),
  v.strictObject({ kind: v.literal('rename-category'), node: whole, category: whole, name: label }),
  /** Null unpins. Several nodes dragged at once are one step of undo. */
  v.strictObject({
    kind: v.literal('pin'),
    positions: v.pipe(
      v.array(v.strictObject({ node: whole, position: v.nullable(v.strictObject(position.entries)) })),
      v.minLength(1),
      v.maxLength(64),
    ),
  }),
  v.strictObject({ kind: v.literal('layout'), layout: v.picklist(layoutNames) }),
])
export type GraphChange = ReadonlyDeep<v.InferOutput<typeof change>>

/** Node of this graph that each of the other's is, null for one that it does not have; left out: as proposed. */
const mapping = v.exactOptional(v.pipe(v.array(v.nullable(whole)), v.maxLength(200)))

/** What a graph may be compared with. */
export const comparedWith = v.variant('kind', [
  v.strictObject({ kind: v.literal('run'), run: id, nodes: mapping }),
  v.strictObject({ kind: v.literal('truth'), file: path, nodes: mapping }),
])
export type ComparedWith = ReadonlyDeep<v.InferOutput<typeof comparedWith>>

/** What is known since a run was done. */
const knownFrom = v.variant('kind', [
  v.strictObject({ kind: v.literal('file'), file: path }),
  v.strictObject({ kind: v.literal('knowledge'), knowledge: knowledgeSchema }),
  /** Forgotten again. */
  v.strictObject({ kind: v.literal('none') }),
])
export type KnownFrom = ReadonlyDeep<v.InferOutput<typeof knownFrom>>

/** `given` as in the view: where it differs from what is shown, the graph is another and has to be asked for again. */
const changed = v.object({
  annotations,
  finding,
  given: v.nullable(givenSchema),
  knownSince: v.nullable(givenSchema),
})
const ofRun = v.strictObject({ run: id })

export const graphRequests = {
  /** Refused while the run has no result. */
  'graph.get': { request: ofRun, response: graphView },
  'graph.change': { request: v.strictObject({ run: id, change }), response: changed },
  /** Why `graph.know` would refuse it, while it is being written; null: it would not. Nothing is kept. */
  'graph.check': {
    request: v.strictObject({ run: id, knowledge: knowledgeSchema }),
    response: v.object({ why: v.nullable(errorData) }),
  },
  /** Of the graphs of the class those are left that agree with it; refused where none does. A step of undo. */
  'graph.know': { request: v.strictObject({ run: id, known: knownFrom }), response: changed },
  'graph.undo': { request: ofRun, response: changed },
  'graph.redo': { request: ofRun, response: changed },
  /** The graph as text with the shown names, to copy. */
  'graph.text': {
    request: v.strictObject({ run: id, format: v.picklist(['dot', 'graphml', 'json', 'dagitty', 'bif']) }),
    response: v.object({ fileName: v.string(), text: v.string() }),
  },
  /** Which node of another graph is proposed for which: by how both divide the same samples, else by name. */
  'graph.match': {
    request: v.strictObject({ run: id, with: comparedWith }),
    response: v.object({
      title: text(300),
      /** Samples that both divide; 0: too few, so names alone were compared. */
      samples: whole,
      /** The other's; agreement beyond chance with each of this graph's nodes (adjusted mutual information). */
      nodes: v.array(v.object({ name: v.string(), agreement: v.nullable(v.array(v.number())) })),
      proposed: v.array(v.nullable(whole)),
    }),
  },
  /** Against another run, or a truth.json. */
  'graph.compare': {
    request: v.strictObject({ run: id, with: comparedWith }),
    response: v.object({
      title: text(300),
      /** Nodes of this graph that the other has as well, with their names there. */
      matched: v.array(v.object({ node: whole, there: v.string() })),
      /** Pairs that both join, with the same marks. */
      shared: v.array(ends),
      /** With other marks: one fixes a direction that the other leaves open. Told with the marks of this graph. */
      loose: v.array(ends),
      /** As directed here; the other has the opposite. */
      reversed: v.array(ends),
      onlyHere: v.array(ends),
      onlyThere: v.array(ends),
      /** Structural Hamming distance of the equivalence classes, and of the two DAGs that were read out of them. */
      cpdagShd: whole,
      shd: whole,
      /** Nodes of the other graph that this one does not have. */
      unmatched: v.array(v.string()),
    }),
  },
} as const
