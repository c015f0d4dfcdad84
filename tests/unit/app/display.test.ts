import { expect, it } from 'vitest'
import { DataStore } from '../../../src-main/app/data-store.ts'
import { Display } from '../../../src-main/app/display.ts'
import { readRows } from '../../../src-main/project/samples.ts'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { projectFolder, smallDataset } from '../project/project-folder.ts'

const lab = projectFolder()

/** Pictures of the given values, stored as they are; the second sample has none. */
function unscaledPictures(values: readonly number[]): Dataset {
  const dataset = smallDataset(values.length / 6)
  const [picture] = dataset.modalities
  const present = Uint8Array.from({ length: values.length / 6 }, (_, i) => (i === 1 ? 0 : 1))
  const scaling = { offset: [0], scale: [1] }
  const data = Float32Array.from(values, (value, i) => (Math.floor(i / 6) === 1 ? 0 : value))
  return { ...dataset, modalities: [{ modality: { ...picture!.modality, scaling }, data, present }] }
}

it('shows unscaled images between the values of their data set, not white', async () => {
  const project = lab.open()
  const values = Array.from({ length: 18 }, (_, i) => 1000 + 100 * i)
  const { id } = await lab.ingest(project, unscaledPictures(values))
  const display = new Display(new DataStore(), project.database, id)
  const [rows] = readRows(project.database, id, [0, 1])
  const shown = [...display.values(rows!.modality, rows!.data, rows!.present)]
  // Black at 1000, white at 2700; the absent sample is 0.
  expect(shown).toEqual([0, 15, 30, 45, 60, 75, 0, 0, 0, 0, 0, 0])
  // One sample alone is shown as it is beside the others.
  const [last] = readRows(project.database, id, [2])
  expect([...display.values(last!.modality, last!.data, last!.present)]).toEqual([180, 195, 210, 225, 240, 255])
  expect([...display.values(last!.modality, Float32Array.of(0, 1000, 1850, 2700, 9999, 1000))]).toEqual([
    0, 0, 128, 255, 255, 0,
  ])
})

it('shows scaled images by their scale, and curves in the user’s units', async () => {
  const project = lab.open()
  const { id } = await lab.ingest(project)
  const display = new Display(new DataStore(), project.database, id)
  const [picture, curve] = readRows(project.database, id, [3, 2])
  expect([...display.values(picture!.modality, picture!.data, picture!.present)].slice(0, 3)).toEqual([18, 19, 20])
  expect([...display.values(curve!.modality, curve!.data, curve!.present)]).toEqual([0, 0, 0, 0, 17, 19, 21, 23])
})
