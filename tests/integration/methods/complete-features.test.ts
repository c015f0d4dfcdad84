/** The regulariser on what finished runs of other methods make of measurements, on the command line. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { causalscope } from '../cli/command.ts'

let folder: string
const project = ['--project', 'lab.causalscope']
const train = (method: string, ...more: string[]) =>
  causalscope(folder, 'train', ...project, '--method', method, '--json', '--threads', '1', ...more)
const onRun = (run: number, dataset: number, ...more: string[]) =>
  train(
    'causal-complete',
    '--dataset',
    String(dataset),
    '--label',
    'label',
    '--set',
    'training.epochs=4',
    '--set',
    `features.run=${run}`,
    ...more,
  )

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-features-'))
  await causalscope(folder, 'synth', 'mmlsyn', '--out', 'data', '--samples', '240')
  await causalscope(folder, 'import', 'data', ...project)
  const pima = await train('causal-pima', '--nodes', '2', '--replicates', '0', '--set', 'training.pretrainEpochs=2', '--set', 'training.epochs=1', '--set', 'mixture.retries=0') // prettier-ignore
  expect(pima.code).toBe(0)
  const partial = await train('partial-causal', '--replicates', '0', '--set', 'training.steps=10')
  expect(partial.code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

describe('a run that is learnt on', () => {
  it.each([
    ['causalPIMA', 1],
    ['the partial causal model', 2],
  ])('of %s gives the label on the samples that it kept aside, noisy and in part as well', async (_, run) => {
    const { code } = await onRun(run, 1)
    expect(code).toBe(0)
    const id = run + 2
    const words = await causalscope(folder, 'findings', ...project, '--run', String(id))
    expect(words.stdout).toMatch(new RegExp(`told from what run ${run} makes of the measurements`))
    expect(words.stdout).toMatch(new RegExp(`measured on samples that run ${run} had kept aside`))
    expect(words.stdout).toMatch(/Told from one modality alone: first \d+ %/)
    expect(words.stdout).toMatch(/With measurements corrupted/)
    await causalscope(folder, 'export', ...project, '--run', String(id), '--out', `out${run}`, '--formats', 'predictions.csv,robustness.csv') // prettier-ignore
    const rows = readFileSync(join(folder, `out${run}`, 'robustness.csv'), 'utf8')
      .trim()
      .split('\r\n')
    expect(rows.filter((row) => row.startsWith('modalities'))).toHaveLength(7)
    await causalscope(folder, 'synth', 'mmlsyn', '--out', `new${run}`, '--samples', '60', '--seed', '7')
    await causalscope(folder, 'import', `new${run}`, ...project)
    const told = await causalscope(folder, 'predict', ...project, '--run', String(id), '--dataset', String(run + 1), '--out', 'told.csv', '--json') // prettier-ignore
    expect(told.stderr).toBe('')
    expect(told.lines[0]).toMatchObject({ samples: 60, told: 60 })
  })

  it('is refused where it is none, of other data, or gives nothing to learn on', async () => {
    const none = await onRun(99, 1)
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/99/)])
    const own = await onRun(3, 1)
    expect([own.code, own.stderr]).toEqual([2, expect.stringMatching(/gives no features to learn on/)])
    const other = await onRun(1, 2)
    expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/trained on data set 1, this run is to be on 2/)]) // prettier-ignore
    const part = await onRun(1, 1, '--set', 'modalities=["first","second"]')
    expect([part.code, part.stderr]).toEqual([2, expect.stringMatching(/Use the same modalities/)])
  })
})
