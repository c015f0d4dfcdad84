import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../src-main/compute/engine.ts'
import { networkCost } from '../../../../src-main/models/nn/network-specs.ts'
import { buildDecoder, buildEncoder } from '../../../../src-main/models/nn/networks.ts'
import { Parameters } from '../../../../src-main/models/nn/parameters.ts'
import type { Modality, ModalityKind } from '../../../../src-shared/domain/dataset.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const modality = (kind: ModalityKind, shape: readonly number[]): Modality => ({
  ...{ name: 'm', kind, shape, scaling: { offset: [0], scale: [1] }, present: 1, source: '' },
})

describe('the networks of a modality', () => {
  beforeAll(() => openEngine('cpu'))

  it.each([
    ['image', [28, 28, 3]],
    ['image', [7, 5, 1]],
    ['image', [33, 64, 2]],
    ['curve', [20]],
    ['curve', [7]],
    ['vector', [11]],
    ['embedding', [40]],
  ] as const)('of the kind %s and shape %j have as many parameters as their cost says, and fit it', (kind, shape) => {
    const parameters = new Parameters()
    const context = { parameters, random: RandomStream.of(1, 'networks') }
    const described = modality(kind, shape)
    const [encode, decode] = [buildEncoder(context, described, 3), buildDecoder(context, described, 3)]
    const built = parameters.entries().reduce((sum, [, variable]) => sum + variable.size, 0)
    const { parameters: told, work } = networkCost(described, 3)
    expect(told).toBe(built)
    expect(work).toBeGreaterThan(0)
    tf.tidy(() => {
      const { mean, logVar } = encode(tf.ones([2, ...shape]))
      expect([mean.shape, logVar.shape]).toEqual([
        [2, 3],
        [2, 3],
      ])
      expect(decode(mean).shape).toEqual(kind === 'image' ? [2, ...shape] : [2, shape[0]])
    })
    parameters.dispose()
  })

  it('cost the multiply-adds of their layers', () => {
    // 28 x 28 x 3: strided maps of 14 x 14 and 7 x 7, mirrored by the decoder.
    const maps = 196 * 27 * 32 + 49 * 288 * 64
    const dense = 3136 * 128 + 128 * 6 + 3 * 128 + 128 * 3136
    expect(networkCost(modality('image', [28, 28, 3]), 3).work).toBe(2 * maps + dense)
    expect(networkCost(modality('vector', [5]), 2).work).toBe(5 * 64 + 64 * 64 + 64 * 4 + 2 * 64 + 64 * 64 + 64 * 5)
  })
})
