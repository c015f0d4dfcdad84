import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPack } from '../../../src-main/datasets/pack.ts'
import { listDatasets, readDataset } from '../../../src-main/project/datasets.ts'
import { packsFolder } from '../../../src-main/project/folders.ts'
import { contentSha256, packFor, readWholeDataset } from '../../../src-main/project/packs.ts'
import { removePrepared } from '../../../src-main/project/preparations.ts'
import { insertRun, removeRun } from '../../../src-main/project/runs.ts'
import { readPresence, readRows } from '../../../src-main/project/samples.ts'
import { prepareInto, prepareLike, previewPreparation } from '../../../src-main/services/preparations.ts'
import { checkRun } from '../../../src-main/services/run-check.ts'
import { usedRowsOf } from '../../../src-main/services/used-rows.ts'
import { stepsFor } from '../../../src-shared/preparations/steps.ts'
import { parseRecipe } from '../../../src-shared/preparations/text.ts'
import { anyStep } from '../datasets/preparations/any-step.ts'
import { newRun, projectFolder, smallDataset } from '../project/project-folder.ts'

const lab = projectFolder()

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

describe.each([
  ['inside the project file', {}],
  ['beside the project file', { largestInside: 0 }],
])('a prepared modality of a data set %s', (_, options) => {
  it('lies beside the raw ones, whose bytes stay, and goes without a trace', async () => {
    const project = lab.open()
    const { database } = project
    const original = smallDataset(300)
    const { id, sha256 } = await lab.ingest(project, original, options)
    const request = { datasetId: id, from: 'curve', as: 'curve_snv', recipe: parseRecipe('snv') }
    const made = await prepareInto(database, request)
    expect(made).toMatchObject({ kind: 'curve', shape: [4], present: 150, source: 'curve: snv' })
    const { modalities, sha256: after } = readDataset(database, id)
    expect(modalities.map(({ name }) => name)).toEqual(['picture', 'curve', 'curve_snv'])
    expect(after).toBe(sha256)
    expect(readPresence(database, id, 'curve_snv')).toEqual(readPresence(database, id, 'curve'))
    const [row] = readRows(database, id, [298], ['curve_snv'])
    const user = [...row!.data].map((x) => made.scaling.offset[0]! + made.scaling.scale[0]! * x)
    ;[-1.1619, -0.3873, 0.3873, 1.1619].forEach((x, k) => expect(user[k]).toBeCloseTo(x, 4))
    // As imported, bit for bit, whoever does not name it.
    const raw = await packFor(database, id)
    expect([raw.sha256, hashOf(raw.packFile)]).toEqual([sha256, sha256])
    expect(await readWholeDataset(database, id)).toEqual(original)

    const content = { names: ['curve_snv'], sha256: contentSha256(database, id, ['curve_snv']) }
    expect(content.sha256).not.toBe(sha256)
    const pack = await packFor(database, id, content)
    expect(hashOf(pack.packFile)).toBe(content.sha256)
    const trained = await readPack(pack.packFile, content.sha256)
    expect(trained).toEqual(await readWholeDataset(database, id, content))
    expect(trained.modalities.slice(0, 2)).toEqual(original.modalities)
    expect(trained.modalities[2]!.modality).toEqual(made)
    expect(trained.metadata).toEqual(original.metadata)

    removePrepared(database, id, 'curve_snv')
    expect(listDatasets(database)[0]!.modalities).toEqual(original.modalities.map(({ modality }) => modality))
    expect(hashOf((await packFor(database, id)).packFile)).toBe(sha256)
    expect(readdirSync(packsFolder(project.file))).not.toContain(`${content.sha256}.pack`)
  })

  it('is refused where it was changed after it was prepared', async () => {
    const project = lab.open()
    const { database } = project
    const { id } = await lab.ingest(project, smallDataset(), options)
    await prepareInto(database, { datasetId: id, from: 'picture', as: 'p', recipe: parseRecipe('contrast') })
    const content = { names: ['p'], sha256: contentSha256(database, id, ['p']) }
    database.run(
      "UPDATE sample_chunks SET present = zeroblob(length(present)) WHERE modality_id = (SELECT id FROM modalities WHERE name = 'p')",
    )
    await expect(packFor(database, id, content)).rejects.toThrow('is not as it was imported')
    await expect(readWholeDataset(database, id, content)).rejects.toThrow('is not as it was imported')
  })
})

it('leaves the raw bytes as they are, whatever is prepared and removed', async () => {
  const project = lab.open()
  const { database } = project
  const { id, sha256 } = await lab.ingest(project, smallDataset(6))
  const any = fc
    .constantFrom('picture', 'curve')
    .chain((from) =>
      fc
        .constantFrom(...stepsFor(from === 'picture' ? 'image' : 'curve'))
        .chain((definition) => anyStep(definition).map((step) => ({ from, recipe: [step] }))),
    )
  await fc.assert(
    fc.asyncProperty(any, async ({ from, recipe }) => {
      const made = await prepareInto(database, { datasetId: id, from, as: 'made', recipe }).catch(() => null)
      expect(contentSha256(database, id, [])).toBe(sha256)
      if (made !== null) {
        expect(contentSha256(database, id, ['made'])).not.toBe(sha256)
        removePrepared(database, id, 'made')
      }
      const { data, present } = readRows(database, id, [0, 1, 2, 3, 4, 5], ['curve'])[0]!
      const { data: before, present: had } = smallDataset(6).modalities[1]!
      expect([data, present]).toEqual([before, had])
      expect(readDataset(database, id).modalities).toHaveLength(2)
    }),
    { numRuns: 60, seed: 5 },
  )
  expect((await packFor(database, id)).sha256).toBe(sha256)
})

describe('a run', () => {
  it('takes what was prepared instead of what it was made from, unless modalities are named', async () => {
    const project = lab.open()
    const { database } = project
    const { id } = await lab.ingest(project, smallDataset(60))
    const before = readDataset(database, id)
    const nodes = [{ name: 'A', categories: 2, anchor: null }]
    expect(checkRun(database, before, 'causal-pima', { nodes }).config).toMatchObject({ modalities: [] })
    await prepareInto(database, { datasetId: id, from: 'curve', as: 'curve_snv', recipe: parseRecipe('snv') })
    const dataset = readDataset(database, id)
    const check = checkRun(database, dataset, 'causal-pima', { nodes })
    expect(check).toMatchObject({ config: { modalities: ['picture', 'curve_snv'] }, samples: 60 })
    expect(check.config === null ? [] : check.notes).toEqual([
      'It uses picture, curve_snv: what was prepared instead of what it was prepared from.',
      expect.stringMatching(/^30 of 60 samples lack a modality/),
    ])
    const named = checkRun(database, dataset, 'causal-pima', { nodes, modalities: ['curve'] })
    expect(named).toMatchObject({ config: { modalities: ['curve'] }, samples: 30 })
    // A run from before, which names none, is one of the imported modalities for ever.
    expect(usedRowsOf(database, dataset, {})).toBeNull()
    expect(usedRowsOf(database, dataset, { modalities: ['curve_snv'] })).toHaveLength(30)
  })

  it('keeps what it was trained on from being removed', async () => {
    const project = lab.open()
    const { database } = project
    const dataset = await lab.ingest(project)
    await prepareInto(database, { datasetId: dataset.id, from: 'curve', as: 'c', recipe: parseRecipe('snv') })
    const run = insertRun(database, newRun(dataset, { config: { modalities: ['c'] } }))
    expect(() => removePrepared(database, dataset.id, 'c')).toThrow(`c is used by run ${run.id}.`)
    removeRun(database, run.id)
    removePrepared(database, dataset.id, 'c')
    expect(() => removePrepared(database, dataset.id, 'c')).toThrow('has no prepared modality "c"')
    expect(() => removePrepared(database, dataset.id, 'curve')).toThrow('has no prepared modality "curve"')
  })
})

it('prepares new samples with the numbers of the earlier ones', async () => {
  const project = lab.open()
  const { database } = project
  const steps = 'smooth(window=3,degree=1)|standardise'
  const first = await lab.ingest(project, smallDataset(40), { name: 'first' })
  const made = await prepareInto(database, { datasetId: first.id, from: 'curve', as: 'z', recipe: parseRecipe(steps) })
  const second = await lab.ingest(project, smallDataset(12), { name: 'second' })
  const again = await prepareLike(database, { datasetId: second.id, as: 'z', like: first.id })
  expect(again.prepared).toEqual(made.prepared)
  expect(again.scaling).toEqual(made.scaling)
  const rows = Array.from({ length: 12 }, (_, row) => row)
  const [a] = readRows(database, first.id, rows, ['z'])
  const [b] = readRows(database, second.id, rows, ['z'])
  expect(b!.data).toEqual(a!.data)
  // By itself it would be another.
  await prepareInto(database, { datasetId: second.id, from: 'curve', as: 'own', recipe: parseRecipe(steps) })
  expect(readRows(database, second.id, rows, ['own'])[0]!.data).not.toEqual(a!.data)
})

it('refuses new samples that were measured in another way', async () => {
  const project = lab.open()
  const { database } = project
  const first = await lab.ingest(project)
  await prepareInto(database, { datasetId: first.id, from: 'curve', as: 'z', recipe: parseRecipe('standardise') })
  const other = smallDataset(6)
  const shifted = other.modalities.map((m) =>
    m.modality.name === 'curve' ? { ...m, modality: { ...m.modality, grid: [0, 1, 2, 4] } } : m,
  )
  const second = await lab.ingest(project, { ...other, modalities: shifted })
  await expect(prepareLike(database, { datasetId: second.id, as: 'z', like: first.id })).rejects.toThrow(
    'curve of the new samples cannot be prepared like curve of the earlier ones: point 4 of its grid is 4, not 3.',
  )
  await expect(prepareLike(database, { datasetId: second.id, as: 'y', like: first.id })).rejects.toThrow(
    'has no prepared modality "y"',
  )
})

it('shows a few samples before and after, and stores nothing', async () => {
  const project = lab.open()
  const { id } = await lab.ingest(project, smallDataset(30))
  const recipe = parseRecipe('crop(from=1)|maximum')
  const preview = await previewPreparation(project.database, { datasetId: id, from: 'curve', recipe, count: 3 })
  expect(preview.ids).toEqual(['s0', 's10', 's20'])
  expect(preview.before.values).toHaveLength(12)
  expect(preview.after.described).toMatchObject({ shape: [3], grid: [1, 2, 3] })
  expect(preview.after.values[2]).toBeCloseTo(1)
  expect(readDataset(project.database, id).modalities).toHaveLength(2)
})
