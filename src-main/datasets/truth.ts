/**
 * truth.json: what made a synthetic set, or what is known of a real one beyond what a method may see. Evaluation reads
 * it; an import never does. As it lies on disk:
 *
 *     { nodes: [{ name, categories }], edges: [[from, to]], factors: { id: [category per node] },
 *       latents?: { names, values: { id: [value per latent] } },
 *       causes?: { given, list: [{ name, of: [node or latent] }], test: [id] } }
 *
 * with categories as names, edges as node names and factors as positions in `categories`.
 */
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { readNamedText } from './named-file.ts'

const nodeRef = v.union([v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))])

export const truthFileSchema = v.looseObject({
  nodes: v.array(v.looseObject({ name: v.string(), categories: v.array(v.string()) })),
  edges: v.array(v.tuple([nodeRef, nodeRef])),
  factors: v.record(v.string(), v.array(v.union([v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))]))),
  latents: v.optional(v.looseObject({ names: v.array(v.string()), values: v.record(v.string(), v.array(v.number())) })),
  causes: v.optional(
    v.looseObject({
      given: v.string(),
      list: v.pipe(
        v.array(v.looseObject({ name: v.string(), of: v.pipe(v.array(v.string()), v.minLength(1)) })),
        v.minLength(1),
      ),
      test: v.optional(v.array(v.string()), []),
    }),
  ),
})

export type TruthFile = v.InferInput<typeof truthFileSchema>

/** Causes of a label that a representation is held against. */
export interface KnownCauses {
  /** The sufficient and necessary one: of the others it is asked what they tell beyond it. */
  readonly given: string
  /** Each is one or several of the nodes and latents. */
  readonly list: readonly { readonly name: string; readonly of: readonly string[] }[]
  /** Ids of the samples that are for testing; empty: none is set apart. */
  readonly test: readonly string[]
}

export interface Truth {
  readonly nodes: readonly { readonly name: string; readonly categories: readonly string[] }[]
  /** [from, to] node indices. */
  readonly edges: readonly (readonly [number, number])[]
  /** Category codes of each sample, one a node. */
  readonly factors: ReadonlyMap<string, readonly number[]>
  /** Names of the continuous latents; empty where there is none. */
  readonly latentNames: readonly string[]
  /** Value of each continuous latent for each sample. */
  readonly latents: ReadonlyMap<string, readonly number[]>
  readonly causes: KnownCauses | null
}

/** The truth in a file's content. Edges may also name nodes by position, and factors categories by name. */
export function parseTruth(content: unknown, file: string): Truth {
  const parsed = v.safeParse(truthFileSchema, content)
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw broken(`${v.getDotPath(issue) ?? 'its content'}: ${issue.message}`, file)
  }
  const { nodes, edges, factors, latents, causes } = parsed.output
  const nodeAt = (ref: string | number): number => {
    const index = typeof ref === 'number' ? ref : nodes.findIndex((node) => node.name === ref)
    if (nodes[index] === undefined) throw broken(`an edge names the node ${ref}, which is not listed`, file)
    return index
  }
  const arcOf = (from: number, to: number): [number, number] => {
    if (from === to) throw broken(`an edge joins the node ${nodes[from]!.name} to itself`, file)
    return [from, to]
  }
  const codes = Object.entries(factors).map(([id, row]): [string, number[]] => {
    if (row.length !== nodes.length)
      throw broken(`the sample ${id} has ${row.length} factors for ${nodes.length} nodes`, file)
    return [id, row.map((value, l) => codeOf(value, nodes[l]!, id, file))]
  })
  if (causes !== undefined) checkCauses(causes, [...nodes.map(({ name }) => name), ...(latents?.names ?? [])], file)
  return {
    nodes: nodes.map(({ name, categories }) => ({ name, categories })),
    edges: edges.map(([from, to]): [number, number] => arcOf(nodeAt(from), nodeAt(to))),
    factors: new Map(codes),
    latentNames: latents?.names ?? [],
    latents: new Map(Object.entries(latents?.values ?? {})),
    causes: causes ?? null,
  }
}

/** Reads a truth file; refuses one that is missing, no JSON or of another shape, saying where. */
export function readTruth(file: string): Truth {
  const text = readNamedText(file)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw broken(error instanceof Error ? error.message : String(error), file)
  }
  return parseTruth(content, file)
}

function checkCauses({ given, list }: KnownCauses, known: readonly string[], file: string): void {
  const names = list.map(({ name }) => name)
  if (!names.includes(given)) throw broken(`the causes are to be seen beyond ${given}, which is none of them`, file)
  for (const { name, of } of list) {
    const missing = of.find((part) => !known.includes(part))
    if (missing !== undefined)
      throw broken(`the cause ${name} is made of ${missing}, which is no node and no latent`, file)
  }
}

function codeOf(value: string | number, node: Truth['nodes'][number], id: string, file: string): number {
  const code = typeof value === 'number' ? value : node.categories.indexOf(value)
  if (node.categories[code] === undefined)
    throw broken(`the sample ${id} has the category ${value} for ${node.name}, which is not listed`, file)
  return code
}

function broken(why: string, file: string): Error {
  return refused(`${file} cannot be read as a truth file: ${why}.`, 'docs/cli.md describes truth.json.', { file })
}
