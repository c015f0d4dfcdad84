/** Raw modalities in memory, stored without scaling so that their values stay what the test says. */
import type { RawSamples } from '../../../../src-main/datasets/preparations/prepare.ts'
import type { Modality } from '../../../../src-shared/domain/dataset.ts'

interface Raw extends Partial<Modality> {
  readonly kind: Modality['kind']
  readonly shape: readonly number[]
  /** Values of each sample; null where it has none. */
  readonly samples: readonly (readonly number[] | null)[]
}

export function rawSamples({ samples, ...described }: Raw): RawSamples {
  const size = described.shape.reduce((product, n) => product * n, 1)
  const data = new Float32Array(samples.length * size)
  samples.forEach((values, row) => values !== null && data.set(values, row * size))
  const present = Uint8Array.from(samples, (values) => (values === null ? 0 : 1))
  return {
    modality: {
      name: 'raw',
      scaling: { offset: [0], scale: [1] },
      present: samples.filter((values) => values !== null).length,
      source: 'a test',
      ...described,
    },
    ids: samples.map((_, row) => `s${row}`),
    read: (first, count) => ({
      data: data.subarray(first * size, (first + count) * size),
      present: present.subarray(first, first + count),
    }),
  }
}
