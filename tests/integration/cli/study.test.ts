/** A study on the command line: begun, killed, gone on with, looked at. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { causalscope, start } from './command.ts'

let folder: string
const lab = ['--project', 'lab.causalscope']

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-study-'))
  await causalscope(folder, 'synth', 'mmlsyn', '--out', 'data', '--samples', '200')
  await causalscope(folder, 'import', 'data', ...lab)
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

interface Told {
  readonly best: number
  readonly rows: readonly { readonly values: readonly string[]; readonly runs: readonly { status: string }[] }[]
}

describe('a study', () => {
  it('refuses what is no grid before anything is stored', async () => {
    const wrong = await causalscope(folder, 'study', ...lab, '--method', 'partial-causal', '--over', 'latent.sizes=2,3')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('Did you mean "latent.size"?')
    const listed = await causalscope(folder, 'study', ...lab)
    expect(listed.stderr).toContain('The project holds no study yet')
  })

  it('survives a kill and goes on to its end, which names the best setting and how to train it', async () => {
    const running = start(
      ...[folder, 'study', ...lab, '--method', 'partial-causal', '--set', 'training.batchSize=64'],
      ...['--set', 'training.steps=30', '--over', 'latent.size=2,3', '--over', 'geometry=sphere,box', '--seeds', '3'],
      ...['--workers', '2', '--name', 'Sizes'],
    )
    await running.saw('stderr', /[1-9]\d* of 12 runs done/)
    running.child.kill('SIGKILL')
    await running.ended
    const listed = await causalscope(folder, 'study', ...lab, '--json')
    expect(listed.lines[0]).toMatchObject({ study: 1, name: 'Sizes', planned: 12 })
    expect(Number(listed.lines[0]!.done)).toBeLessThan(12)
    const whole = await causalscope(folder, 'study', ...lab, '--study', '1')
    expect(whole.code).toBe(0)
    expect(whole.stdout).toMatch(/latent.size +geometry +done +validation/)
    expect(whole.stdout).toMatch(
      /Best by validation \(more is better\): latent.size \d, geometry \w+, runs \d+, \d+, \d+, of which \d+ does best/,
    )
    expect(whole.stdout).toMatch(
      /Train with it: causalscope train .*--set '?training.steps=30'?.* --set '?latent.size=\d/,
    )
    const { lines } = await causalscope(folder, 'study', ...lab, '--study', '1', '--by', 'score', '--json')
    const { rows, best } = lines.at(-1) as unknown as Told
    expect(rows).toHaveLength(4)
    expect(rows.every(({ runs }) => runs.length === 3)).toBe(true)
    expect(rows.every(({ runs }) => runs.every(({ status }) => status === 'done'))).toBe(true)
    expect(rows[best]!.values).toHaveLength(2)
    const unknown = await causalscope(folder, 'study', ...lab, '--study', '1', '--by', 'luck')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('The runs have no figure "luck"')
  })
})
