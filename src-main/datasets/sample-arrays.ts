/**
 * The per-sample arrays of a result, beside the project file as one .npz that NumPy opens too: ids, responsibilities
 * [n, C], latentMean and latentSd [n, latent], modalityError [n, M], modalities [M].
 */
import { createHash } from 'node:crypto'
import { failed } from '../../src-shared/errors.ts'
import type { SampleArrays } from '../../src-shared/domain/result.ts'
import { type NpyArray, isText, npzBytes, parseNpz } from './npz.ts'
import { readPlain } from './plain-file.ts'
import { writeWhole } from './whole-file.ts'

/** The arrays by name, as they stand in the file. */
export function sampleArrayEntries(arrays: SampleArrays): Record<string, NpyArray> {
  const n = arrays.ids.length
  return {
    ids: { shape: [n], values: arrays.ids },
    responsibilities: { shape: [n, arrays.components], values: arrays.responsibilities },
    latentMean: { shape: [n, arrays.latent], values: arrays.latentMean },
    latentSd: { shape: [n, arrays.latent], values: arrays.latentSd },
    modalityError: { shape: [n, arrays.modalities.length], values: arrays.modalityError },
    modalities: { shape: [arrays.modalities.length], values: arrays.modalities },
  }
}

/** Writes the arrays, whole or not at all; returns the file's SHA-256 (hex) and size. */
export function writeSampleArrays(path: string, arrays: SampleArrays): Promise<{ sha256: string; bytes: number }> {
  return writeWhole(path, [npzBytes(sampleArrayEntries(arrays))])
}

/** Reads the arrays; with `sha256` given, refuses a file whose content differs. Throws when the file is not whole. */
export async function readSampleArrays(path: string, sha256?: string): Promise<SampleArrays> {
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
  const missing = (name: string): Error => failed(`${path} holds no array "${name}".`, hint, { file: path })
  const text = (name: string): readonly string[] => {
    const values = arrays.get(name)?.values
    if (values === undefined || !isText(values)) throw missing(name)
    return values
  }
  const numbers = (name: string): { values: Float32Array; columns: number } => {
    const array = arrays.get(name)
    if (!(array?.values instanceof Float32Array)) throw missing(name)
    return { values: array.values, columns: array.shape[1] ?? 0 }
  }
  const responsibilities = numbers('responsibilities')
  const latentMean = numbers('latentMean')
  return {
    ids: text('ids'),
    responsibilities: responsibilities.values,
    latentMean: latentMean.values,
    latentSd: numbers('latentSd').values,
    modalityError: numbers('modalityError').values,
    components: responsibilities.columns,
    latent: latentMean.columns,
    modalities: text('modalities'),
  }
}
