import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exportRun } from '../../../src-main/export/export-run.ts'
import { readEpochs } from '../../../src-main/project/run-history.ts'
import { listRuns } from '../../../src-main/project/runs.ts'
import { readFinishedRun, readJudged, readResult } from '../../../src-main/services/results.ts'
import { facetOf, findingsOf } from '../../../src-shared/methods/results.ts'
import { projectFolder } from '../project/project-folder.ts'

const lab = projectFolder()
const fixture = join(import.meta.dirname, '..', '..', 'fixtures', 'older-project')
const stored = join(fixture, 'older.causalscope.files', 'runs', '1', 'result.json')

/** A project from before results had an envelope, with a run that was trained then. */
async function olderProject() {
  await cp(join(fixture, 'older.causalscope'), lab.file)
  await cp(join(fixture, 'older.causalscope.files'), `${lab.file}.files`, { recursive: true })
  return lab.open()
}

it('reads a result from before there was an envelope as one', async () => {
  const project = await olderProject()
  const { graph, components, elbo, terms, sampleArrays, ...common } = JSON.parse(
    await readFile(stored, 'utf8'),
  ) as Record<string, unknown> & { sampleArrays: unknown }
  const result = await readResult(project, 1)
  expect(sampleArrays).toBeDefined()
  expect(result).toMatchObject({
    method: common.method,
    provenance: common.provenance,
    config: common.config,
    seconds: common.seconds,
    epochs: common.epochs,
    warnings: common.warnings,
    score: { name: 'ELBO', unit: 'nats', better: 'higher', value: elbo, terms },
  })
  expect(facetOf(result, 'graph')).toEqual(graph)
  expect(facetOf(result, 'clusters').components).toEqual(components)
  const judged = await readJudged(project, 1)
  expect(findingsOf(result, { judgement: judged!.judgement, components: null })).toMatchObject({
    provisional: true,
    headline: 'Nothing is found: the model rebuilds the measurements no better than their mean.',
  })
})

it('shows, lists and exports what was trained then', async () => {
  const project = await olderProject()
  const [run] = listRuns(project.database)
  expect(run).toMatchObject({ name: 'Run 1', status: 'done', epoch: 4 })
  expect(readEpochs(project.database, 1).map(({ epoch, phase }) => [epoch, phase])).toEqual([
    [0, 'pretrain'],
    [1, 'pretrain'],
    [2, 'joint'],
    [3, 'joint'],
  ])
  const out = join(lab.folder, 'out')
  const finished = await readFinishedRun(project, 1)
  const written = await exportRun({ ...finished, out, formats: ['clusters.csv', 'latents.npz', 'report.html'] })
  expect(written).toHaveLength(3)
  expect((await readFile(join(out, 'clusters.csv'), 'utf8')).split('\r\n')).toHaveLength(42)
})
