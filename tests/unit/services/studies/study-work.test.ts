import { describe, expect, it } from 'vitest'
import { deleteRuns, listRuns } from '../../../../src-main/project/runs.ts'
import { listStudies, type NewStudy, readStudy, studyRuns } from '../../../../src-main/project/studies.ts'
import { studyTable } from '../../../../src-main/services/studies/study-table.ts'
import { beginStudy, type StudyProgress, StudyWork } from '../../../../src-main/services/studies/study-work.ts'
import { projectFolder, smallDataset } from '../../project/project-folder.ts'
import { done, epochEvent, type ScriptedTrainer, scriptedTrainers, started } from '../scripted-trainer.ts'

const lab = projectFolder()

async function laboratory() {
  const project = lab.open()
  const dataset = await lab.ingest(project, smallDataset(40))
  const plan: NewStudy = {
    ...{ name: null, datasetId: dataset.id, method: 'causal-pima', config: {}, engine: 'wasm' },
    over: [{ key: 'training.epochs', values: ['2', '3'] }],
    seeds: [7, 8],
  }
  const { spawn, next } = scriptedTrainers()
  const work = new StudyWork(project, { entry: 'scripted', spawn, workers: 2 })
  return { project, plan, work, next }
}

/** Ends a run whose kept epoch has this validation score. */
function finish(trainer: ScriptedTrainer, validationScore: number): void {
  trainer.say(started)
  const { metrics, type } = epochEvent(1)
  trainer.say({ type, metrics: { ...metrics, validationScore, figures: { accuracy: validationScore / 10 } } })
  trainer.end(done(trainer.job!.runFolder))
}

const epochsOf = ({ job }: ScriptedTrainer): number => (job!.config as { training: { epochs: number } }).training.epochs

describe('a study', () => {
  it('trains every setting with every seed, several at once on one thread, and says which does best', async () => {
    const { project, plan, work, next } = await laboratory()
    const study = beginStudy(project, plan)
    const seen: StudyProgress[] = []
    work.observe((progress) => seen.push(progress))
    const end = work.run(study.id)
    expect(() => work.run(study.id)).toThrow(/Study 1 is at work/)
    for (let i = 0; i < 4; i++) {
      const trainer = await next()
      expect(trainer.job).toMatchObject({ threads: 1, resume: false, engine: 'wasm' })
      finish(trainer, epochsOf(trainer) + trainer.job!.seed)
    }
    expect(await end).toEqual({ planned: 4, done: 4, error: null, interrupted: false, left: 0 })
    expect(seen.at(-1)).toMatchObject({ planned: 4, done: 4, failed: 0, fraction: 1 })
    expect(
      listRuns(project.database)
        .map(({ name, seed }) => [name, seed])
        .toSorted(),
    ).toEqual([
      ['Study 1: training.epochs 2, seed 7', 7],
      ['Study 1: training.epochs 2, seed 8', 8],
      ['Study 1: training.epochs 3, seed 7', 7],
      ['Study 1: training.epochs 3, seed 8', 8],
    ])
    const table = studyTable(project.database, study, { by: null, lower: null })
    expect(table).toMatchObject({ by: 'validation', lower: false, best: 1, undecided: [] })
    const best = table.rows[1]!.runs[1]!
    expect(best).toMatchObject({ seed: 8, value: 11 })
    expect(table.bestRun).toBe(best.run)
    expect(table.rows[0]).toMatchObject({ values: ['2'], measure: { mean: 9.5 }, behind: { mean: 1, count: 2 } })
    expect(table.rows[1]).toMatchObject({ values: ['3'], measure: { mean: 10.5 }, behind: null })
    expect(studyTable(project.database, study, { by: 'accuracy', lower: true })).toMatchObject({ best: 0 })
    expect(studyTable(project.database, study, { by: 'score', lower: null }).undecided).toEqual([1])
    expect(() => studyTable(project.database, study, { by: 'luck', lower: null })).toThrow(/no figure "luck"/)
    // Done: nothing is trained again.
    expect(await work.run(study.id)).toMatchObject({ done: 4 })
  })

  it('goes on after an interrupt and a failure, and trains again what was taken away', async () => {
    const { project, plan, work, next } = await laboratory()
    const study = beginStudy(project, plan)
    const end = work.run(study.id)
    const [first, second] = [await next(), await next()]
    finish(first, 1)
    const third = await next()
    work.interrupt()
    for (const trainer of [second, third]) {
      expect(trainer.commands).toContain('interrupt')
      trainer.end({ type: 'interrupted', step: 3 })
    }
    expect(await end).toMatchObject({ planned: 4, done: 1, interrupted: true })
    expect(studyTable(project.database, study, { by: null, lower: null }).best).toBeNull()

    const again = work.run(study.id)
    const resumed = [await next(), await next()]
    expect(resumed.map(({ job }) => job!.resume)).toEqual([true, true])
    finish(resumed[0]!, 2)
    resumed[1]!.end({ type: 'failed', error: { code: 'failed', message: 'Out of luck.', hint: '', details: {} } })
    const last = await next()
    expect(last.job!.resume).toBe(false)
    finish(last, 3)
    expect(await again).toMatchObject({ done: 3, error: { message: 'Out of luck.' }, interrupted: false })

    deleteRuns(project.database, [first.job!.runId])
    const whole = work.run(study.id)
    for (let i = 0; i < 2; i++) finish(await next(), 4)
    expect(await whole).toEqual({ planned: 4, done: 4, error: null, interrupted: false, left: 0 })
    expect([...studyRuns(project.database, study.id).keys()]).toEqual([0, 1, 2, 3])
  })

  it('is not stored where one of its runs could not be started', async () => {
    const { project, plan } = await laboratory()
    const wrong = { ...plan, over: [{ key: 'training.epochs', values: ['2', '-3'] }] }
    expect(() => beginStudy(project, wrong)).toThrow(/training.epochs/)
    expect(listStudies(project.database)).toEqual([])
    expect(() => readStudy(project.database, 1)).toThrow(/no study 1/)
  })
})
