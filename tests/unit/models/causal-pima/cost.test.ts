import { expect, it } from 'vitest'
import { namingSeconds } from '../../../../src-main/models/causal-pima/naming/search-effort.ts'
import { latentSize, pretrainingEpochs, sharesOfWork } from '../../../../src-main/models/causal-pima/cost.ts'
import { causalPimaRoom } from '../../../../src-main/models/causal-pima/room.ts'
import type { Modality } from '../../../../src-shared/domain/dataset.ts'
import { parseConfig } from '../../../../src-shared/config/parse.ts'

it('takes more epochs of pre-training where few samples make few steps, and none where none are wanted', () => {
  const config = parseConfig('causal-pima', {})
  expect(pretrainingEpochs(config, 1000)).toBe(Math.ceil(500 / 8))
  expect(pretrainingEpochs(config, 50_000)).toBe(20)
  expect(pretrainingEpochs(parseConfig('causal-pima', { training: { pretrainEpochs: 0, pretrainSteps: 9 } }), 64)).toBe(
    0,
  )
})

it('gives what several modalities show of their own directions besides those of the nodes, and none to one alone', () => {
  const automatic = parseConfig('causal-pima', {})
  const [image, pair] = [{ shape: [24, 24, 1] }, { shape: [2] }]
  expect(latentSize(automatic, 3, [image])).toBe(4)
  expect(latentSize(automatic, 3, [image, image])).toBe(8)
  expect(latentSize(automatic, 1, [image, pair])).toBe(5)
  expect(latentSize(automatic, 10, [image, image, image])).toBe(16)
  expect(latentSize(parseConfig('causal-pima', { latent: { size: 3 } }), 10, [image, pair])).toBe(3)
})

it('counts the search for names, which many outcomes make longer than the training, up to a limit', () => {
  const seconds = (categories: readonly number[]) => namingSeconds(categories, 2, 24)
  expect(seconds([2, 2, 2])).toBe(0)
  expect(seconds([3, 3, 3])).toBeGreaterThan(seconds([2, 2, 2, 2]))
  expect(seconds([16, 16])).toBe(seconds([4, 4, 4]))
  expect(seconds([4, 4, 4])).toBeLessThan(120)
  expect(namingSeconds([4, 4, 4], 0, 24)).toBe(0)
})

it('counts what pre-training again would add, and no pre-training at all of a table alone', () => {
  const config = parseConfig('causal-pima', {})
  const image = { name: 'images', kind: 'image', shape: [24, 24, 1], present: 1000 } as const
  const cost = (modalities: readonly unknown[]) =>
    causalPimaRoom.cost(config, { samples: 1000, modalities } as unknown as Parameters<typeof causalPimaRoom.cost>[1])
  const epochs = pretrainingEpochs(config, 1000)
  expect(cost([image])).toMatchObject({ pretraining: epochs, perhaps: config.mixture.retries * epochs })
  expect(cost([])).toMatchObject({ epochs: config.training.epochs, pretraining: 0, perhaps: 0 })
})

it('shares the work of the whole among its modalities', () => {
  const image = { name: 'images', kind: 'image', shape: [24, 24, 1], present: 9 } as unknown as Modality
  const vector = { name: 'assay', kind: 'vector', shape: [6], present: 9 } as unknown as Modality
  const [large = 0, small = 0] = sharesOfWork([image, vector], 8)
  expect(large + small).toBeCloseTo(1, 12)
  expect(large).toBeGreaterThan(10 * small)
})
