/** A damaged project file, and the project that is made of what is whole in it. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as v from 'valibot'
import type { CausalscopeError } from '../../../src-shared/errors.ts'
import { openProjectReadOnly } from '../../../src-main/project/project.ts'
import { type Recovered, recoverProject } from '../../../src-main/project/recovery/recover.ts'
import { listRuns } from '../../../src-main/project/runs.ts'
import { readResultFile } from '../../../src-main/project/results.ts'
import { listRecoveries } from '../../../src-main/project/recoveries.ts'
import { readRows } from '../../../src-main/project/samples.ts'
import { editByHand } from '../../other-program.ts'
import { projectFolder } from './project-folder.ts'
import { wholeProject } from './whole-project.ts'

const lab = projectFolder()
const out = (): string => join(lab.folder, 'recovered.causalscope')

type Rows = Readonly<Record<string, readonly Record<string, unknown>[]>>

/** Every table but the notes, chunks without their own numbers. */
function rowsOf(file: string): Rows {
  const database = new Database(file, { readonly: true })
  const names = v.parse(
    v.array(v.string()),
    database
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'recoveries' ORDER BY name`,
      )
      .pluck()
      .all(),
  )
  const rows = v.array(v.record(v.string(), v.unknown()))
  const all = names.map((name) => [name, v.parse(rows, database.prepare(`SELECT * FROM ${name}`).all())] as const)
  database.close()
  return Object.fromEntries(
    all.map(([name, found]) => [name, name === 'sample_chunks' ? found.map((row) => ({ ...row, id: null })) : found]),
  )
}

function newProject(): Promise<Recovered> {
  return recoverProject(lab.file, out())
}

it('is the same again where nothing is damaged, and says so', async () => {
  await wholeProject(lab)
  const sound = readFileSync(lab.file)
  const { leftOut, restored, datasets, runs } = await newProject()
  expect({ leftOut, restored, datasets, runs }).toEqual({ leftOut: [], restored: [], datasets: 1, runs: 2 })
  expect(rowsOf(out())).toEqual(rowsOf(lab.file))
  expect(readFileSync(lab.file)).toEqual(sound)
  const copy = openProjectReadOnly(out())
  expect(listRecoveries(copy.database)).toMatchObject([{ file: lab.file, leftOut: [] }])
  copy.close()
})

const damages = [
  ['metrics', `epoch = 9 WHERE run_id = 1 AND step = 20`, /1 epoch of run 1: a gap in its curves/],
  ['run_log', `message = 'x' WHERE id = 1`, /1 line of the log of run 1/],
  ['annotations', `value = '"x"'`, /1 name or position of run 1/],
  ['annotation_history', `label = 'x'`, /1 step to undo of run 1/],
  ['replicates', `seed = 99 WHERE position = 1`, /1 replicate of run 1: replicate it again/],
  ['checkpoints', `step = 99 WHERE file = 'a.ckpt'`, /1 checkpoint of run 1/],
  ['cluster_tasks', `note = 'x'`, /1 task on a cluster of run 1/],
  ['studies', `name = 'x'`, /Study 1: its settings are damaged/],
  ['study_runs', `position = 4`, /1 place of a run in study 1/],
  ['runs', `notes = 'x' WHERE id = 2`, /Run 2, Fork, second try, with all that hangs on it: .*runs\/2/],
  ['sample_chunks', `data = zeroblob(length(data)) WHERE modality_id = 1`, /values of 10 samples in picture/],
  ['metadata', `data = zeroblob(length(data)) WHERE position = 1`, /the column load; nothing can be trained/],
] as const

it.each(damages)(
  'leaves out what is damaged in %s, with what depends on it, and nothing else',
  async (table, set, said) => {
    await wholeProject(lab)
    const right = rowsOf(lab.file)
    editByHand(lab.file, `UPDATE ${table} SET ${set}`)
    const { leftOut } = await newProject()
    expect(leftOut).toHaveLength(1)
    expect(leftOut[0]).toMatch(said)
    const now = rowsOf(out())
    const others = Object.keys(right).filter((name) => name !== table)
    const follow: Readonly<Record<string, readonly string[]>> = {
      studies: ['study_runs'],
      runs: ['results', 'metrics'],
    }
    for (const name of others.filter((one) => follow[table]?.includes(one) !== true))
      expect(now[name], name).toEqual(right[name])
    if (table !== 'sample_chunks') for (const row of now[table]!) expect(right[table]).toContainEqual(row)
  },
)

it('takes what a data set says of itself from where it stands a second time', async () => {
  await wholeProject(lab)
  const sound = readFileSync(lab.file)
  const right = rowsOf(lab.file)
  for (const [table, set, said] of [
    ['datasets', `header = replace(header, 's7', 's8')`, /checksum confirms/],
    ['datasets', `notes = '[]'`, /checksum confirms/],
    ['samples', `id = 'another' WHERE row = 3`, /an id of samples, from its header/],
    ['modalities', `description = '{}' WHERE id = 2`, /what is told of curve, from its header/],
    ['results', `sha256 = '${'cd'.repeat(32)}'`, /nothing confirms any more/],
    ['results', `seal = seal + 1`, /its checksum confirms the file/],
  ] as const) {
    writeFileSync(lab.file, sound)
    editByHand(lab.file, `UPDATE ${table} SET ${set}`)
    const file = join(lab.folder, `${table}${set.length}.causalscope`)
    const { leftOut, restored } = await recoverProject(lab.file, file)
    expect(leftOut, table).toEqual([])
    expect(restored.join(' '), table).toMatch(said)
    const unconfirmed = said.source.includes('nothing confirms') ? [expect.objectContaining({ run_id: 1 })] : []
    expect(rowsOf(file)).toEqual({ ...right, unconfirmed_results: unconfirmed })
  }
})

it('knows of a result that nothing confirms also when the project is damaged and recovered once more', async () => {
  await wholeProject(lab)
  const confirmed = (file: string): boolean => {
    const project = openProjectReadOnly(file)
    const { unconfirmed } = readResultFile(project.database, 1)
    project.close()
    return !unconfirmed
  }
  expect(confirmed(lab.file)).toBe(true)
  editByHand(lab.file, 'DELETE FROM results')
  await newProject()
  expect(confirmed(out())).toBe(false)
  for (const [name, sql] of [
    ['again', `UPDATE metrics SET epoch = 9 WHERE step = 20`],
    ['its mark', 'UPDATE unconfirmed_results SET seal = 1'],
  ] as const) {
    editByHand(out(), sql)
    const next = join(lab.folder, `${name}.causalscope`)
    await recoverProject(out(), next)
    expect(confirmed(next), name).toBe(false)
  }
})

it('takes no result for confirmed where the marks of an earlier recovery cannot be read', async () => {
  await wholeProject(lab)
  editByHand(lab.file, 'DELETE FROM results')
  await newProject()
  const database = new Database(out(), { readonly: true })
  const page = v.parse(
    v.number(),
    database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'unconfirmed_results'`).pluck().get(),
  )
  database.close()
  const bytes = readFileSync(out())
  writeFileSync(out(), bytes.fill(255, (page - 1) * 16384, (page - 1) * 16384 + 64))
  const next = join(lab.folder, 'next.causalscope')
  expect((await recoverProject(out(), next)).leftOut).toContainEqual(expect.stringContaining('all are marked so'))
  expect(rowsOf(next).unconfirmed_results).toMatchObject([{ run_id: 1 }])
})

it.each(['id = 1', 'id = 2', 'id > 0'])('finds modalities again by the checksum of their set (%s)', async (which) => {
  await wholeProject(lab)
  const right = rowsOf(lab.file)
  editByHand(lab.file, `DELETE FROM modalities WHERE ${which}`)
  const { leftOut, restored } = await newProject()
  expect(leftOut).toEqual([])
  expect(restored.join(' ')).toMatch(/from its header, and which values are its own, which the set's checksum confirms/)
  expect(rowsOf(out())).toEqual(right)
})

it('keeps the other modalities where nothing tells any more which values were those of one', async () => {
  await wholeProject(lab)
  editByHand(lab.file, `DELETE FROM modalities WHERE id = 1; UPDATE metadata SET data = zeroblob(length(data)) WHERE position = 1`) // prettier-ignore
  const { leftOut, restored } = await newProject()
  expect(restored.join(' ')).toMatch(
    /what is told of picture, from its header; which values were its own cannot be told/,
  )
  expect(leftOut.join(' ')).toMatch(
    /values of 10 samples in picture, which are refused where they would be shown; its runs/,
  )
  const copy = openProjectReadOnly(out())
  expect(() => readRows(copy.database, 1, [3], ['picture'])).toThrow(/is not as it was imported/)
  expect(readRows(copy.database, 1, [3], ['curve'])).toHaveLength(1)
  expect(listRuns(copy.database)).toHaveLength(2)
  copy.close()
})

it('refuses values that are lost, and shows the others', async () => {
  await wholeProject(lab)
  editByHand(lab.file, 'UPDATE sample_chunks SET data = zeroblob(length(data)) WHERE modality_id = 1')
  await newProject()
  const copy = openProjectReadOnly(out())
  expect(() => readRows(copy.database, 1, [3], ['picture'])).toThrow(/is not as it was imported/)
  expect(readRows(copy.database, 1, [3], ['curve'])).toHaveLength(1)
  copy.close()
})

it('never writes the damaged file, takes no name twice, and leaves nothing where it fails', async () => {
  await wholeProject(lab)
  editByHand(
    lab.file,
    `UPDATE datasets SET header = '{}'; UPDATE sample_chunks SET data = zeroblob(length(data)); UPDATE samples SET id = 'x'`,
  )
  const before = readFileSync(lab.file)
  const names = readdirSync(lab.folder)
  await expect(newProject()).rejects.toThrow(/no data set in it is whole/)
  expect(readFileSync(lab.file)).toEqual(before)
  expect(readdirSync(lab.folder)).toEqual(names)
  writeFileSync(out(), '')
  await expect(newProject()).rejects.toThrow(/exists already/)
  const notes = join(lab.folder, 'notes.causalscope')
  writeFileSync(notes, 'notes '.repeat(500))
  await expect(recoverProject(notes, join(lab.folder, 'b'))).rejects.toThrow(/is not a Causalscope project/)
})

it(
  'is made of any file with a byte that is another: what is in it is right, and what is not is said',
  { timeout: 240_000 },
  async () => {
    await wholeProject(lab)
    const sound = readFileSync(lab.file)
    const right = rowsOf(lab.file)
    const places = [...sound.keys()].filter((at) => sound[at] !== 0)
    // Each table has a page of its own, however little it holds.
    const pages = [...Map.groupBy(places, (at) => Math.floor(at / 16384)).values()]
    const anywhere = fc.constantFrom(...pages).chain((page) => fc.constantFrom(...page))
    let n = 0
    const ended = { same: 0, less: 0, none: 0 }
    await fc.assert(
      fc.asyncProperty(anywhere, fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(sound)
        bytes[at]! ^= change
        writeFileSync(lab.file, bytes)
        const file = join(lab.folder, `${++n}.causalscope`)
        let told: Recovered
        try {
          told = await recoverProject(lab.file, file)
        } catch (error) {
          ended.none++
          expect((error as CausalscopeError).message).toMatch(
            /damaged|can be recovered|newer version|not a Causalscope project/,
          )
          expect(existsSync(file)).toBe(false)
          return
        }
        const now = rowsOf(file)
        let missing = 0
        for (const [name, rows] of Object.entries(right)) {
          const known = new Set(rows.map((row) => JSON.stringify(row)))
          for (const row of now[name]!) {
            // In the place of values that are lost, and with it the only rows that may differ.
            if (name === 'sample_chunks' && Buffer.from(row.data as Uint8Array).length === 0) continue
            expect(
              known.has(JSON.stringify(row)) ||
                (told.restored.length > 0 &&
                  ['datasets', 'results', 'modalities', 'unconfirmed_results'].includes(name)),
              `${name} ${at}`,
            ).toBe(true)
          }
          missing +=
            rows.length -
            now[name]!.filter((row) => name !== 'sample_chunks' || (row.data as Uint8Array).length > 0).length
        }
        if (missing > 0) expect(told.leftOut.length, `byte ${at} ^ ${change}`).toBeGreaterThan(0)
        ended[missing > 0 ? 'less' : 'same']++
      }),
      { numRuns: 60, seed: 13, unbiased: true },
    )
    expect(ended.less).toBeGreaterThan(10)
    expect(ended.none).toBeLessThan(4)
  },
)
