import sharp from 'sharp'
import { expect, it } from 'vitest'
import { decodedModalities } from '../../../src-main/export/report/decoded.ts'
import { imageUri } from '../../../src-main/export/report/pictures.ts'
import { checkedRun } from '../../../src-main/export/finished-run.ts'
import { exampleRun } from './example-run.ts'

/** Grey levels of an inlined picture. */
async function greys(uri: string): Promise<number[]> {
  const png = Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64')
  return [...(await sharp(png).greyscale().raw().toBuffer())]
}

it('shows images that were stored unscaled between the values of their samples', async () => {
  const run = exampleRun()
  const at = run.dataset.modalities.findIndex(({ modality }) => modality.kind === 'image')
  const image = run.dataset.modalities[at]!
  const modality = { ...image.modality, scaling: { offset: [0], scale: [1] } }
  const unscaled = { ...image, modality, data: image.data.map((_, i) => (i % 2 === 0 ? 1000 : 3000)) }
  const dataset = { ...run.dataset, modalities: run.dataset.modalities.with(at, unscaled) }
  const decoded = decodedModalities(checkedRun({ ...run, dataset })).find(({ data }) => data.modality.kind === 'image')!
  expect(decoded.shown).toEqual([1000, 3000])
  const values = Array.from({ length: image.data.length / run.arrays.ids.length }, (_, i) =>
    i < modality.shape[2]! ? 2000 : 3000,
  )
  expect((await greys(await imageUri(modality, values, decoded.shown))).slice(0, 2)).toEqual([128, 255])
})
