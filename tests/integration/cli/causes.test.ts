/** A set with known causes, from its files to the table that holds a run's representation against them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { causalscope } from './command.ts'

let folder: string
const lab = ['--project', 'lab.causalscope']

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-causes-'))
  await causalscope(folder, 'synth', 'mmlsyn', '--out', 'data', '--samples', '300', '--degree', '0.6')
  await causalscope(folder, 'import', 'data', ...lab)
  await causalscope(
    ...[folder, 'train', ...lab, '--method', 'partial-causal', '--threads', '1'],
    ...['--set', 'training.steps=60', '--set', 'training.batchSize=64'],
  )
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

describe('known causes of a label', () => {
  it('are compared with a run that has a representation, on the samples set apart', async () => {
    const told = await causalscope(folder, 'evaluate', ...lab, '--run', '1', '--truth', 'data/truth.json')
    expect(told.code).toBe(0)
    expect(told.stdout).toMatch(/Causes of the label, 50 samples set apart for testing:\ncause +dCor +corrected/)
    const { lines } = await causalscope(
      ...[folder, 'evaluate', ...lab, '--run', '1', '--truth', 'data/truth.json', '--json'],
    )
    const { causes } = lines[0] as { causes: { given: string; list: { name: string; ceiling: number }[] } }
    expect(causes.given).toBe('sn')
    expect(causes.list.slice(0, 4).map(({ name }) => name)).toEqual(['sn', 'sf', 'nc', 'sp'])
    expect(causes.list[0]!.ceiling).toBeCloseTo(1, 9)
  })
})
