import { basename } from 'node:path'
import { expect, it } from 'vitest'
import { insertRun, updateRun } from '../../../src-main/project/runs.ts'
import { ModelQuestions } from '../../../src-main/services/inference.ts'
import { type InferenceRequest, parseRequest, type Question } from '../../../src-main/training/inference-messages.ts'
import type { ProcessExit, Spawn } from '../../../src-main/training/spawn.ts'
import { newRun, projectFolder } from '../project/project-folder.ts'

const lab = projectFolder()

/** A process that answers when the test says so. */
class ScriptedModel {
  readonly asked: InferenceRequest[] = []
  killed = false
  #hear: (message: unknown) => void = () => undefined
  #exit: (exit: ProcessExit) => void = () => undefined

  readonly process: ReturnType<Spawn> = {
    pid: 4711,
    send: (message) => void this.asked.push(parseRequest(message)),
    onMessage: (listener) => void (this.#hear = listener),
    onExit: (listener) => void (this.#exit = listener),
    kill: () => void (this.killed = true),
  }

  answer(at: number): void {
    const values = Float32Array.of(at)
    this.#hear({ type: 'answer', id: this.asked[at]!.id, predictions: [{ modality: 'curve', values }] })
  }

  crash(): void {
    this.#exit({ code: 1, signal: null, stderr: 'no memory' })
  }
}

const question: Question = { kind: 'decode', latents: Float32Array.of(0) }
const never = new AbortController().signal

/** Questions to a project with `runs` finished runs. */
async function asking(runs = 1) {
  const project = lab.open()
  const dataset = await lab.ingest(project)
  for (let i = 0; i < runs; i++)
    updateRun(project.database, insertRun(project.database, newRun(dataset)).id, { status: 'done' })
  const models: ScriptedModel[] = []
  const questions = new ModelQuestions(project, () => {
    const model = new ScriptedModel()
    models.push(model)
    return model.process
  })
  const asked = async (counts: readonly number[]): Promise<void> =>
    expect.poll(() => models.map((model) => model.asked.length)).toEqual(counts)
  return { project, dataset, questions, models, asked }
}

const value = (at: number) => [{ modality: 'curve', values: Float32Array.of(at) }]

it('answers two first questions at once from one process', async () => {
  const { questions, models, asked } = await asking()
  const answers = [questions.ask(1, question, never), questions.ask(1, question, never)]
  await asked([2])
  models[0]!.answer(0)
  models[0]!.answer(1)
  expect(await Promise.all(answers)).toEqual([value(0), value(1)])
})

it('gives up the cancelled question alone', async () => {
  const { questions, models, asked } = await asking()
  const [first, second] = [new AbortController(), new AbortController()]
  const answers = [questions.ask(1, question, first.signal), questions.ask(1, question, second.signal)]
  await asked([2])
  first.abort()
  await expect(answers[0]).rejects.toThrow('Cancelled.')
  expect(models[0]!.killed).toBe(false)
  models[0]!.answer(0)
  models[0]!.answer(1)
  expect(await answers[1]).toEqual(value(1))
})

it('ends the process when its only question is cancelled, and starts another for the next', async () => {
  const { questions, models, asked } = await asking()
  const controller = new AbortController()
  const given = questions.ask(1, question, controller.signal)
  await asked([1])
  controller.abort()
  await expect(given).rejects.toThrow('Cancelled.')
  expect(models[0]!.killed).toBe(true)
  const next = questions.ask(1, question, never)
  await asked([1, 1])
  models[1]!.answer(0)
  expect(await next).toEqual(value(0))
})

it('answers what was asked of one run before it turns to another', async () => {
  const { questions, models, asked } = await asking(2)
  const first = questions.ask(1, question, never)
  const other = questions.ask(2, question, never)
  await asked([1, 1])
  // Whichever process was ready first.
  const [mine, others] = [1, 2].map((run) =>
    models.find(({ asked: [request] }) => basename(request!.model.runFolder) === String(run)),
  )
  expect(mine!.killed).toBe(false)
  mine!.answer(0)
  expect(await first).toEqual(value(0))
  expect(mine!.killed).toBe(true)
  others!.answer(0)
  expect(await other).toEqual(value(0))
  expect(others!.killed).toBe(false)
})

it('says why a model cannot be asked, to everyone who asks', async () => {
  const { project, dataset, questions, models, asked } = await asking()
  insertRun(project.database, newRun(dataset))
  const refusals = [questions.ask(2, question, never), questions.ask(2, question, never)]
  for (const refusal of refusals) await expect(refusal).rejects.toThrow(/is queued: only a finished run/)
  const answers = [questions.ask(1, question, never), questions.ask(1, question, never)]
  await asked([2])
  models[0]!.crash()
  for (const answer of answers) await expect(answer).rejects.toThrow(/ended unexpectedly. no memory/)
})

it('lets go of a process that is still being started when the project is closed', async () => {
  const { questions, models } = await asking()
  const early = questions.ask(1, question, never)
  questions.close()
  await expect(early).rejects.toThrow('The project was closed.')
  await expect(questions.ask(1, question, never)).rejects.toThrow('The project was closed.')
  expect(models.every((model) => model.killed)).toBe(true)
})
