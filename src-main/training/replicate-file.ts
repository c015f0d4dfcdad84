/**
 * What a replicate leaves behind: what it says of every sample of the data set, also of those it never saw. JSON, some
 * bytes a sample; the model itself is not kept.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { failed } from '../../src-shared/errors.ts'
import { facetNames } from '../../src-shared/methods/results.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import type { SessionResult } from '../models/session.ts'
import type { SubsampleRows } from '../evidence/subsample.ts'
import { componentsSaid, sayComponents } from './replicate-components.ts'
import { labelsSaid, sayLabels } from './replicate-labels.ts'

export const replicateName = 'replicate.json'

const natural = v.pipe(v.number(), v.integer(), v.minValue(0))

const envelope = {
  seed: natural,
  /** Rows that it did not train on, ascending. */
  leftOut: v.array(natural),
  /** Its score: the name is that of files of earlier versions. */
  elbo: v.number(),
  /** Of training. */
  seconds: v.number(),
}
const labelReplicate = v.object({ ...envelope, ...labelsSaid.entries })
const componentReplicate = v.object({ ...envelope, ...componentsSaid.entries })
const replicateSchema = v.union([labelReplicate, componentReplicate])

export type LabelReplicate = v.InferOutput<typeof labelReplicate>
export type ComponentReplicate = v.InferOutput<typeof componentReplicate>
type Replicate = LabelReplicate | ComponentReplicate

export const saysLabels = (replicate: Replicate): replicate is LabelReplicate => 'labels' in replicate
export const saysComponents = (replicate: Replicate): replicate is ComponentReplicate => 'modalities' in replicate

/** Writes what a replicate says; returns where it is and its SHA-256 (hex). */
export async function writeReplicate(
  folder: string,
  outcome: SessionResult,
  { inside, outside }: SubsampleRows,
  seed: number,
): Promise<{ file: string; sha256: string }> {
  const { result } = outcome
  const replicate: v.InferInput<typeof replicateSchema> = {
    ...{ seed, leftOut: Array.from(outside), elbo: result.score.value, seconds: result.seconds },
    ...(facetNames(result.method).includes('coupling') ? sayComponents(outcome) : sayLabels(outcome, inside)),
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
