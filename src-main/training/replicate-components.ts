/** What a replicate of a run with coupled components says: the value of every sample on each, as each modality tells it. */
import * as v from 'valibot'
import { matrixOf } from '../../src-shared/domain/result.ts'
import { facetOf } from '../../src-shared/methods/results.ts'
import type { SessionResult } from '../models/session.ts'

const floats = v.pipe(
  v.string(),
  v.base64(),
  v.transform((text): Float32Array => {
    const bytes = Buffer.from(text, 'base64')
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 4 * Math.floor(bytes.length / 4)))
  }),
)

const natural = v.pipe(v.number(), v.integer(), v.minValue(0))

export const componentsSaid = v.object({
  modalities: v.array(
    v.object({
      name: v.string(),
      /** [n, C], NaN where a sample has it not; in the file the bytes of little-endian float32. */
      values: floats,
    }),
  ),
  /** C, at most that of the run. */
  components: natural,
  /** What modalities vary in alone, [n, components] each; absent in files of earlier versions. */
  privates: v.optional(v.array(v.object({ name: v.string(), values: floats, components: natural })), []),
})

export function sayComponents({ result, arrays }: SessionResult): v.InferInput<typeof componentsSaid> {
  const { modalities, components, privates } = facetOf(result, 'coupling')
  const bytes = (array: string): string => {
    const { values } = matrixOf(arrays, array)
    return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')
  }
  return {
    modalities: modalities.map(({ name, values }) => ({ name, values: bytes(values) })),
    components: components.length,
    privates: privates.map(({ modality: name, values, components: own }) => ({
      ...{ name, values: bytes(values), components: own.length },
    })),
  }
}
