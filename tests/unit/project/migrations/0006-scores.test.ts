import { expect, it } from 'vitest'
import { readEpochs } from '../../../../src-main/project/run-history.ts'
import { readRun } from '../../../../src-main/project/runs.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('reads the ELBO of earlier runs and epochs as their score, and what had fields of its own as figures', () => {
  const older = databaseAtVersion(lab.file, 5)
  const hash = 'ab'.repeat(32)
  const epoch = (number: number, elbo: number | null): string =>
    JSON.stringify({
      ...{ epoch: number, phase: 'joint', step: number * 4, seconds: 1.5, elbo, validationElbo: null },
      ...{ terms: { kl: -0.1 }, temperature: 0.1, learningRate: 0.00012345678901234567, klWeight: 1, edges: [[0]] },
    })
  older.execute(`
    INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
    VALUES (1, 'set', '/data', 0, '[]', '${hash}', 9, '{}', '2026-11-22');
    INSERT INTO runs (name, dataset_id, dataset_sha256, method, config, seed, requested_engine, status, created_at, elbo)
    VALUES ('Run 1', 1, '${hash}', 'causal-pima', '{}', 3, 'auto', 'done', '2026-11-22', -3.5);
    INSERT INTO metrics (run_id, step, epoch, metrics) VALUES (1, 4, 1, '${epoch(1, -12.345678901234567)}');
    INSERT INTO metrics (run_id, step, epoch, metrics) VALUES (1, 8, 2, '${epoch(2, null)}');
  `)
  older.close()
  const { database } = lab.open()
  expect(readRun(database, 1).score).toBe(-3.5)
  const figures = { temperature: 0.1, learningRate: 0.00012345678901234567, klWeight: 1 }
  const rest = { phase: 'joint', seconds: 1.5, validationScore: null, terms: { kl: -0.1 }, figures, edges: [[0]] }
  expect(readEpochs(database, 1)).toEqual([
    { epoch: 1, step: 4, score: -12.345678901234567, ...rest },
    { epoch: 2, step: 8, score: NaN, ...rest },
  ])
})
