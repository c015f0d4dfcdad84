import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { causalscope, type Ended, start } from './command.ts'

let folder: string
let whole: Ended
const train = [
  ...['train', '--project', 'lab.causalscope', '--method', 'causal-pima', '--json', '--nodes', '2,2'],
  ...['--set', 'training.pretrainEpochs=3', '--set', 'training.epochs=6', '--set', 'mixture.readings=1'],
  ...['--set', 'training.batchSize=32', '--replicates', '0'],
]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-cli-'))
  await causalscope(folder, 'synth', 'circles-line', '--out', 'data', '--samples', '200')
  await causalscope(folder, 'import', 'data', '--project', 'lab.causalscope')
  whole = await causalscope(folder, ...train)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

const resume = (run: number) =>
  causalscope(folder, 'resume', '--project', 'lab.causalscope', '--run', String(run), '--replicates', '0', '--json')
const found = (ended: Ended) => {
  const { score, edges, nodes, terms, epochs } = ended.lines.at(-1)!
  return { score, edges, nodes, terms, epochs }
}

describe('a run that is interrupted', () => {
  it('ends with 130, says how to go on, and ends as if it had not been', async () => {
    const running = start(folder, ...train)
    await running.saw('stdout', /"epoch":2,/)
    running.child.kill('SIGINT')
    const stopped = await running.ended
    expect(stopped.code).toBe(130)
    expect(stopped.stderr).toContain('causalscope resume --project lab.causalscope --run 2')
    expect(stopped.lines.at(-1)).toMatchObject({ id: 2, status: 'interrupted' })
    const resumed = await resume(2)
    expect(resumed.code).toBe(0)
    expect(found(resumed)).toEqual(found(whole))
  })

  it('by a kill of the program itself can be resumed too', async () => {
    const running = start(folder, ...train)
    await running.saw('stdout', /"epoch":4,/)
    running.child.kill('SIGKILL')
    await running.ended
    const listed = await causalscope(folder, 'runs', '--project', 'lab.causalscope', '--json')
    expect(listed.lines.at(-1)).toMatchObject({ id: 3, status: 'interrupted' })
    expect(found(await resume(3))).toEqual(found(whole))
  })

  it('is not resumed twice', async () => {
    const again = await resume(2)
    expect(again.code).toBe(2)
    expect(again.stderr).toMatch(/is done/)
  })
})
