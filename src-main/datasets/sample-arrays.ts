/** The per-sample arrays of a result, beside the project file as one .npz that NumPy opens too: `ids`, and each array by name. */
import { createHash } from 'node:crypto'
import { failed } from '../../src-shared/errors.ts'
import type { NamedArray, SampleArrays } from '../../src-shared/domain/result.ts'
import { type NpyArray, isText, npzBytes, parseNpz } from './npz.ts'
import { readPlain } from './plain-file.ts'
import { writeWhole } from './whole-file.ts'

/** The arrays by name, as they stand in the file. */
export function sampleArrayEntries({ ids, named }: SampleArrays): Record<string, NpyArray> {
  return { ids: { shape: [ids.length], values: ids }, ...named }
}

/** Writes the arrays, whole or not at all; returns the file's SHA-256 (hex) and size. */
export function writeSampleArrays(path: string, arrays: SampleArrays): Promise<{ sha256: string; bytes: number }> {
  return writeWhole(path, [npzBytes(sampleArrayEntries(arrays))])
}

/**
 * Reads the arrays; with `sha256` given, refuses a file whose content differs. Throws when the file is not whole, or
 * has not a row a sample in each array of the names `required`.
 */
export async function readSampleArrays(
  path: string,
  sha256?: string,
  required: readonly string[] = [],
): Promise<SampleArrays> {
  const hint = 'Export or train the run again.'
  let bytes: Buffer
  try {
    bytes = await readPlain(path)
  } catch (error) {
    throw failed(`The result's arrays could not be read from ${path}.`, hint, { file: path }, error)
  }
  if (sha256 !== undefined && createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw failed(`${path} was changed after it was written.`, hint, { file: path })
  const arrays = parseNpz(bytes, path)
  const ids = arrays.get('ids')?.values
  if (ids === undefined || !isText(ids)) throw failed(`${path} holds no array "ids".`, hint, { file: path })
  const named: Record<string, NamedArray> = {}
  for (const [name, { shape, values }] of arrays)
    if (values instanceof Float32Array) named[name] = { dtype: 'float32', shape, values }
  for (const name of required)
    if (named[name]?.shape[0] !== ids.length || named[name].shape.length !== 2)
      throw failed(`${path} holds no array "${name}" with a row a sample.`, hint, { file: path })
  return { ids, named }
}
