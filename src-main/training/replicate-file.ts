/**
 * What a replicate leaves behind: how it labels every sample of the data set, also those it never saw, and the counts
 * over the ones it trained on. JSON, some bytes a sample; the model itself is not kept.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { matrixOf } from '../../src-shared/domain/result.ts'
import { failed } from '../../src-shared/errors.ts'
import { facetOf } from '../../src-shared/methods/results.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import type { SessionResult } from '../models/session.ts'
import type { SubsampleRows } from '../evidence/subsample.ts'
import { likeliest } from '../statistics/likeliest.ts'

export const replicateName = 'replicate.json'

const natural = v.pipe(v.number(), v.integer(), v.minValue(0))

const replicateSchema = v.object({
  seed: natural,
  /** K of each node. */
  categories: v.array(natural),
  /** [L][n]: the most probable category of each sample in each node. */
  labels: v.array(v.array(natural)),
  /** [C]: responsibilities summed over the samples trained on. */
  counts: v.array(v.number()),
  /**
   * What the components could be called, the reading that the labels follow first: the component of each outcome, [C], and
   * what it costs; empty where nothing was searched for. Absent in files of earlier versions.
   */
  readings: v.optional(v.array(v.object({ order: v.array(natural), residual: v.number() })), []),
  /** Rows that it did not train on, ascending. */
  leftOut: v.array(natural),
  elbo: v.number(),
  /** Of training. */
  seconds: v.number(),
})
export type Replicate = v.InferOutput<typeof replicateSchema>

/** Category of each sample in each node, [L][n], by its most responsible joint outcome. */
function labelsOf({ result, arrays }: SessionResult): number[][] {
  const clusters = facetOf(result, 'clusters')
  const { values, columns } = matrixOf(arrays, clusters.responsibilities)
  const categoriesOf = new Map(clusters.components.map(({ outcome, categories }) => [outcome, categories]))
  const outcomes = Array.from(likeliest(values, columns))
  return facetOf(result, 'graph').nodes.map((_, node) => outcomes.map((a) => categoriesOf.get(a)?.[node] ?? 0))
}

function countsOver({ result, arrays }: SessionResult, rows: Int32Array): number[] {
  const { values, columns } = matrixOf(arrays, facetOf(result, 'clusters').responsibilities)
  const counts = new Array<number>(columns).fill(0)
  for (const row of rows) for (let a = 0; a < columns; a++) counts[a]! += values[row * columns + a]!
  return counts
}

function readingsOf({ result }: SessionResult): Replicate['readings'] {
  const { assignment } = facetOf(result, 'clusters')
  if (assignment === null) return []
  return [assignment.chosen, ...assignment.rivals].map(({ order, residual }) => ({ order: [...order], residual }))
}

/** Writes a replicate's labels; returns where they are and their SHA-256 (hex). */
export async function writeReplicate(
  folder: string,
  outcome: SessionResult,
  { inside, outside }: SubsampleRows,
  seed: number,
): Promise<{ file: string; sha256: string }> {
  const replicate: Replicate = {
    seed,
    categories: facetOf(outcome.result, 'graph').nodes.map((node) => node.categories.length),
    labels: labelsOf(outcome),
    counts: countsOver(outcome, inside),
    readings: readingsOf(outcome),
    leftOut: Array.from(outside),
    elbo: outcome.result.score.value,
    seconds: outcome.result.seconds,
  }
  const file = join(folder, replicateName)
  const { sha256 } = await writeWhole(file, [JSON.stringify(replicate)])
  return { file, sha256 }
}

/** Throws `failed` for a file that is missing, changed or not a replicate. */
export async function readReplicate(file: string, sha256: string): Promise<Replicate> {
  const hint = 'Run the replicates again.'
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch (error) {
    throw failed(`The replicate ${file} cannot be read.`, hint, { file }, error)
  }
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw failed(`${file} was changed after it was written.`, hint, { file })
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), replicateSchema), bytes.toString('utf8'))
  if (!parsed.success) throw failed(`${file} is no replicate that this version can read.`, hint, { file })
  return parsed.output
}
