import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProjectReadOnly } from '../../../src-main/project/project.ts'
import { readKnowledgeFile } from '../../../src-main/services/knowledge-file.ts'
import { whyNotTold } from '../../../src-main/services/known-since.ts'
import { readLearned, readNames } from '../../../src-main/services/results.ts'
import { edgesConcerned } from '../../../src-shared/knowledge/concerned.ts'
import { facetsOf } from '../../../src-shared/methods/results.ts'
import { causalscope } from './command.ts'

let folder: string
const run = ['--project', 'lab.causalscope', '--run', '1']

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-known-'))
  await causalscope(folder, 'synth', 'interventions', '--out', 'chain', '--samples', '400', '--seed', '1')
  await causalscope(folder, 'import', 'chain', '--project', 'lab.causalscope')
  const anchors = ['first', 'second', 'third'].flatMap((node) => ['--anchor', `${node}=${node}`])
  const { code } = await causalscope(
    folder,
    ...['train', '--project', 'lab.causalscope', '--method', 'causal-pima', '--replicates', '1', ...anchors],
  )
  expect(code).toBe(0)
  writeFileSync(join(folder, 'first.json'), JSON.stringify({ required: [['first', 'second']] }))
  writeFileSync(join(folder, 'order.txt'), '/knowledge\naddtemporal\n1 third\n2 second\n')
  writeFileSync(join(folder, 'nothing.json'), '{}')
  writeFileSync(
    join(folder, 'meet.json'),
    JSON.stringify({
      required: [
        ['first', 'second'],
        ['third', 'second'],
      ],
    }),
  )
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

const edges = async (...more: string[]): Promise<unknown> => {
  const { lines } = await causalscope(folder, 'query', ...run, '--json', ...more)
  return lines[0]!.members
}

describe('what is known, told to a finished run', () => {
  it('leaves the graphs that agree, in findings, queries and effects', async () => {
    expect(await edges()).toHaveLength(3)
    expect(await edges('--knowledge', 'first.json')).toEqual([['first → second', 'second → third']])
    expect(await edges('--knowledge', 'order.txt')).toEqual([['second → first', 'third → second']])

    const findings = await causalscope(folder, 'findings', ...run, '--json', '--knowledge', 'first.json')
    expect(findings.lines[0]).toMatchObject({
      headline: expect.stringMatching(/First drives second.*Given: required first → second\./) as string,
      given: { required: [['first', 'second']] },
      knownSince: { agreeing: 1, of: 3, complete: true },
      details: expect.arrayContaining([
        expect.stringContaining('of the 3 graphs that fit these samples as well, 1 agrees with it') as string,
      ]) as string[],
    })

    const effect = async (...more: string[]) =>
      (await causalscope(folder, 'intervene', ...run, '--do', 'second=1', '--json', ...more)).lines[0]!
    expect((await effect()).answers).toHaveLength(3)
    expect((await effect('--knowledge', 'first.json')).answers).toHaveLength(1)
  })

  it('is refused where no graph of the run agrees, with what it contradicts; nothing is kept', async () => {
    const refused = await causalscope(folder, 'findings', ...run, '--knowledge', 'meet.json', '--keep')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('second would be a common effect of third and first, which these samples deny')
    expect(refused.stderr).toContain('train --knowledge')
    const asked = openProjectReadOnly(join(folder, 'lab.causalscope'))
    try {
      const learned = await readLearned(asked, 1)
      const why = (file: string) =>
        whyNotTold(learned, readKnowledgeFile(join(folder, file)), readNames(asked, 1, facetsOf(learned)))
      expect(refused.stderr).toContain(why('meet.json')!.message)
      expect(edgesConcerned(why('meet.json')!)).toEqual([
        ['third', 'second'],
        ['second', 'third'],
      ])
      expect(why('first.json')).toBeNull()
    } finally {
      asked.close()
    }
    expect(await edges()).toHaveLength(3)
    const alone = await causalscope(folder, 'findings', ...run, '--keep')
    expect(alone.stderr).toContain('--knowledge FILE')
  })

  it('is kept with the run when that is asked for, and taken back', async () => {
    await causalscope(folder, 'findings', ...run, '--knowledge', 'first.json', '--keep')
    expect(await edges()).toEqual([['first → second', 'second → third']])
    // For one question something else may be taken for known.
    expect(await edges('--knowledge', 'order.txt')).toEqual([['second → first', 'third → second']])
    const { lines } = await causalscope(folder, 'runs', '--project', 'lab.causalscope', '--json')
    expect(JSON.stringify(lines)).toContain('"toMark":"arrow"')
    await causalscope(folder, 'name', 'first=Origin', ...run)
    expect(await edges()).toEqual([['Origin → second', 'second → third']])
    await causalscope(folder, 'export', ...run, '--out', 'out', '--formats', 'graph.json')
    expect(JSON.parse(readFileSync(join(folder, 'out', 'graph.json'), 'utf8'))).toMatchObject({
      given: { required: [['Origin', 'second']] },
    })

    await causalscope(folder, 'findings', ...run, '--knowledge', 'nothing.json', '--keep')
    expect(await edges()).toHaveLength(3)
  })
})
