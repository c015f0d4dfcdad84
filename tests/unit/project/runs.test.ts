import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runFolder } from '../../../src-main/project/folders.ts'
import { readResultFile, recordResult } from '../../../src-main/project/results.ts'
import {
  readCheckpoints,
  readEpochs,
  readLog,
  recordCheckpoint,
  recordEpoch,
  recordLog,
} from '../../../src-main/project/run-history.ts'
import {
  deleteRuns,
  insertRun,
  listRuns,
  readRun,
  readRunRecord,
  restoreRuns,
  updateRun,
} from '../../../src-main/project/runs.ts'
import { openProject } from '../../../src-main/project/project.ts'
import type { CheckpointInfo, EpochMetrics, Provenance } from '../../../src-shared/domain/run.ts'
import { edgeText } from '../../../src-shared/graph/edge-words.ts'
import { newRun, projectFolder } from './project-folder.ts'

const lab = projectFolder()

const provenance: Provenance = {
  application: 'Causalscope 0.1.0',
  versions: { node: '24' },
  engine: 'wasm',
  engineDetail: 'SIMD',
  threads: 2,
  seed: 7,
  datasetSha256: 'ab',
}

function epoch(number: number, step: number, score: number): EpochMetrics {
  return {
    epoch: number,
    phase: 'pretrain',
    step,
    seconds: number,
    score,
    validationScore: null,
    terms: { kl: 1 },
    figures: { temperature: 1, learningRate: 1e-3, klWeight: 1 },
    edges: null,
  }
}

describe('runs of a project', () => {
  it('pins data, configuration, seed, engine and versions', async () => {
    const project = lab.open()
    const dataset = await lab.ingest(project)
    const config = { latent: { size: 3 }, dag: { lambda: 0.003 } }
    const run = insertRun(project.database, newRun(dataset, { config, seed: 2 ** 40, threads: 2, engine: 'wasm' }))
    expect(run).toMatchObject({ name: `Run ${run.id}`, status: 'queued', seed: 2 ** 40, config, engine: null })
    updateRun(project.database, run.id, { provenance, status: 'running' })
    expect(readRunRecord(project.database, run.id)).toMatchObject({
      datasetSha256: dataset.sha256,
      requestedEngine: 'wasm',
      requestedThreads: 2,
      provenance,
      summary: { engine: 'wasm', status: 'running' },
    })
  })

  it('reads the edges of runs from before edges had ends as links whose direction nobody has tested', async () => {
    const project = lab.open()
    const { id } = insertRun(project.database, newRun(await lab.ingest(project)))
    const stored = (edges: unknown): void => {
      project.database.run('UPDATE runs SET edges = ? WHERE id = ?', JSON.stringify(edges), id)
    }
    stored([
      ['A', 'C'],
      ['B', 'C'],
      ['D', 'E'],
    ])
    expect(readRun(project.database, id).edges.map(edgeText)).toEqual(['A --- C', 'B --- C', 'D --- E'])
    stored([
      ['A', 'B'],
      ['B', 'A'],
    ])
    expect(() => readRun(project.database, id)).toThrow(/cannot read \(edges/)
  })

  it('changes what is given and clears an error', async () => {
    const project = lab.open()
    const { id } = insertRun(project.database, newRun(await lab.ingest(project), { name: 'first' }))
    const error = { code: 'failed' as const, message: 'no', hint: '', details: {} }
    const edges = [{ from: 'A', to: 'B', fromMark: 'tail', toMark: 'circle', standing: 'tentative' }] as const
    updateRun(project.database, id, { status: 'failed', error, score: -3.5, edges, notes: 'odd' })
    updateRun(project.database, id, {})
    expect(readRun(project.database, id)).toMatchObject({ name: 'first', error, score: -3.5, edges })
    updateRun(project.database, id, { error: null, name: 'second' })
    expect(readRunRecord(project.database, id)).toMatchObject({
      summary: { error: null, name: 'second' },
      notes: 'odd',
    })
  })

  it('names the runs there are when another is asked for', async () => {
    const project = lab.open()
    expect(() => readRun(project.database, 9)).toThrow(/no run 9/)
    const { id } = insertRun(project.database, newRun(await lab.ingest(project)))
    expect(() => readRun(project.database, 9)).toThrow(expect.objectContaining({ hint: `Its runs are ${id}.` }))
  })

  it('restores a deleted run with its files, until the project is closed', async () => {
    const project = lab.open()
    const run = insertRun(project.database, newRun(await lab.ingest(project)))
    const folder = runFolder(lab.file, run.id)
    mkdirSync(folder, { recursive: true })
    expect(() => deleteRuns(project.database, [run.id])).toThrow(/is queued/)
    updateRun(project.database, run.id, { status: 'done' })
    deleteRuns(project.database, [run.id])
    expect(listRuns(project.database)).toEqual([])
    expect(() => readRun(project.database, run.id)).toThrow(/no run/)
    expect(restoreRuns(project.database, [run.id])).toEqual([{ ...run, status: 'done' }])
    deleteRuns(project.database, [run.id])
    expect(existsSync(folder)).toBe(true)
    project.close()
    expect(existsSync(folder)).toBe(false)
  })

  it('keeps the repeated epoch of a resumed run in place of the first', async () => {
    const project = lab.open()
    const { id } = insertRun(project.database, newRun(await lab.ingest(project)))
    for (const metrics of [epoch(1, 10, -9), epoch(2, 20, -8), epoch(3, 30, -7), epoch(2, 20, -8)])
      recordEpoch(project.database, id, metrics)
    expect(readEpochs(project.database, id).map((m) => m.epoch)).toEqual([1, 2, 3])
    expect(readEpochs(project.database, id, 2)).toEqual([epoch(2, 20, -8), epoch(3, 30, -7)])
  })

  it('keeps an epoch whose numbers are not finite', async () => {
    const project = lab.open()
    const { id } = insertRun(project.database, newRun(await lab.ingest(project)))
    recordEpoch(project.database, id, { ...epoch(1, 10, NaN), terms: { kl: Infinity } })
    expect(readEpochs(project.database, id)[0]).toMatchObject({ score: NaN, terms: { kl: NaN } })
  })

  it('keeps the log in order, the newest lines when there are many', async () => {
    const project = lab.open()
    const { id } = insertRun(project.database, newRun(await lab.ingest(project)))
    for (let i = 0; i < 5; i++) recordLog(project.database, id, 'info', `line ${i}`)
    expect(readLog(project.database, id, 2).map((line) => line.message)).toEqual(['line 3', 'line 4'])
  })

  it('finds checkpoints and results again after the project moved, and forgets checkpoints let go', async () => {
    const project = lab.open()
    const { id } = insertRun(project.database, newRun(await lab.ingest(project)))
    const folder = runFolder(lab.file, id)
    mkdirSync(folder, { recursive: true })
    const checkpoint = (step: number): CheckpointInfo => {
      const file = join(folder, `checkpoint-${step}.ckpt`)
      writeFileSync(file, String(step))
      return { file, step, epoch: 1, sha256: 'cd'.repeat(32), bytes: 1, kind: 'last' }
    }
    const [first, second] = [checkpoint(1), checkpoint(2)]
    recordCheckpoint(project.database, id, first)
    rmSync(first.file)
    recordCheckpoint(project.database, id, second)
    expect(readCheckpoints(project.database, id)).toEqual([second])
    expect(() => readResultFile(project.database, id)).toThrow(/has no result: it is queued/)
    recordResult(project.database, id, { file: join(folder, 'result.json'), sha256: 'ef'.repeat(32) })
    project.close()
    const moved = join(lab.folder, 'moved.causalscope')
    cpSync(lab.file, moved)
    const elsewhere = openProject(moved, { program: 'a test' })
    expect(readResultFile(elsewhere.database, id).file).toBe(join(runFolder(moved, id), 'result.json'))
    elsewhere.close()
  })
})
