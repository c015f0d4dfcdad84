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

export const componentsSaid = v.object({
  modalities: v.array(
    v.object({
      name: v.string(),
      /** [n, C], NaN where a sample has it not; in the file the bytes of little-endian float32. */
      values: floats,
    }),
  ),
  /** C, at most that of the run. */
  components: v.pipe(v.number(), v.integer(), v.minValue(0)),
})

export function sayComponents({ result, arrays }: SessionResult): v.InferInput<typeof componentsSaid> {
  const { modalities, components } = facetOf(result, 'coupling')
  return {
    modalities: modalities.map(({ name, values: array }) => {
      const { values } = matrixOf(arrays, array)
      return { name, values: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64') }
    }),
    components: components.length,
  }
}
