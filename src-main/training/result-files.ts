/**
 * What a finished run leaves in its folder: `samples.npz` with the arrays, a row a sample, then `result.json`, which
 * names the arrays by hash. A run is finished when result.json is there.
 */
import { join } from 'node:path'
import type { NamedArray, RunResult } from '../../src-shared/domain/result.ts'
import { writeSampleArrays } from '../datasets/sample-arrays.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import type { SessionResult } from '../models/session.ts'

const resultName = 'result.json'
const sampleArraysName = 'samples.npz'

/** The content of result.json: the result itself, and beside it where its arrays are. */
export interface ResultFile extends RunResult {
  /** `file` is relative to result.json; read it with readSampleArrays. */
  readonly arrays: {
    readonly file: string
    readonly sha256: string
    readonly bytes: number
    readonly named: Readonly<Record<string, Pick<NamedArray, 'dtype' | 'shape'>>>
  }
}

/** Writes both files, the arrays first, and returns where result.json is and its SHA-256 (hex). */
export async function writeResultFiles(
  folder: string,
  { result, arrays }: SessionResult,
): Promise<{ file: string; sha256: string }> {
  const written = await writeSampleArrays(join(folder, sampleArraysName), arrays)
  const named = Object.fromEntries(
    Object.entries(arrays.named).map(([name, { dtype, shape }]) => [name, { dtype, shape }]),
  )
  const content: ResultFile = { ...result, arrays: { file: sampleArraysName, ...written, named } }
  const file = join(folder, resultName)
  const { sha256 } = await writeWhole(file, [`${JSON.stringify(content, null, 1)}\n`])
  return { file, sha256 }
}
