import { expect, it } from 'vitest'
import { prepareModality } from '../../../../src-main/datasets/preparations/prepare.ts'
import { parseRecipe } from '../../../../src-shared/preparations/text.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { rawSamples } from './raw-samples.ts'

it('the step "gap-directions" takes groups that stand alone where it is told how much may lie between them', async () => {
  const random = RandomStream.of(8, 'alone')
  const samples = Array.from({ length: 600 }, () => {
    const side = random.uniform() < 0.5 ? -1 : 1
    return Array.from({ length: 10 }, (_, j) => (j === 0 ? side * (1 - 0.4 * random.normal()) : 0.2 * random.normal()))
  })
  const raw = rawSamples({ kind: 'curve', shape: [10], samples, grid: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] })
  const prepared = (steps: string): ReturnType<typeof prepareModality> =>
    prepareModality(raw, 'made', parseRecipe(steps))
  await expect(prepared('gap-directions(between=0.007,upright=0.02)')).rejects.toThrow('fall apart along no direction')
  const { modality } = await prepared('gap-directions(between=0.007,upright=0.02,alone=0.05)')
  expect(modality.shape).toEqual([1])
})
