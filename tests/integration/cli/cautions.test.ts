/** What to be wary of is one list, wherever a run is told: the one of `findings --json` is found again everywhere. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetMetadata } from 'hyparquet'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CausalscopeApp } from '../../../src-main/app/application.ts'
import { parseNpz } from '../../../src-main/datasets/npz.ts'
import { UserSettings } from '../../../src-main/services/settings.ts'
import { requests } from '../../../src-shared/contract.ts'
import { cautionsOf } from '../../../src-shared/findings/finding.ts'
import { escapeMarkup } from '../../../src-shared/graph-formats/markup.ts'
import { causalscope, type Ended } from './command.ts'
import { idleHost } from '../../idle-host.ts'
import { editByHand } from '../../other-program.ts'

const ofRun = ['--project', 'lab.causalscope', '--run', '1']
let folder: string
let trained: Ended
let cautions: readonly string[]

const written = (name: string): string => readFileSync(join(folder, 'out', name), 'utf8')
const careful = (text: string): string[] =>
  text.split('\n').flatMap((line) => /^\s*(?:\/\/ )?careful: (.*)$/i.exec(line)?.slice(1) ?? [])

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-cautions-'))
  await causalscope(folder, 'synth', 'circles', '--out', 'circles', '--samples', '200', '--labels', '0.5')
  await causalscope(folder, 'import', 'circles', '--project', 'lab.causalscope')
  // Hardly trained, and tied to labels that its clusters cannot follow: there is something to be wary of.
  trained = await causalscope(
    folder,
    ...['train', '--project', 'lab.causalscope', '--method', 'causal-pima', '--anchor', 'hue=hue', '--json'],
    ...['--set', 'training.pretrainEpochs=1', '--set', 'training.epochs=1', '--set', 'mixture.readings=1'],
    ...['--set', 'mixture.retries=0', '--replicates', '0'],
  )
  const [record] = (await causalscope(folder, 'findings', ...ofRun, '--json')).lines
  cautions = v.parse(v.array(v.string()), record!.cautions)
  await causalscope(folder, 'export', ...ofRun, '--out', 'out')
  await causalscope(folder, 'export', ...ofRun, '--out', 'out', '--formats', 'graph.svg')
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

describe('the cautions of a run', () => {
  it('are some, and say what the training met that speaks against its finding', () => {
    expect(cautions.length).toBeGreaterThan(0)
    expect(cautions.join()).toMatch(/with caution|do not stand apart/)
  })

  it('are the same on the command line, as objects and in words; technical notes are told apart', async () => {
    const summary = trained.lines.at(-1)!
    expect(summary.cautions).toEqual(cautions)
    expect(v.parse(v.array(v.string()), summary.warnings).filter((note) => cautions.includes(note))).toEqual([])
    expect(careful((await causalscope(folder, 'findings', ...ofRun)).stdout)).toEqual(cautions)
    expect(careful(written('finding.txt'))).toEqual(cautions)
  })

  it('are the same in the window', async () => {
    const app = new CausalscopeApp(idleHost, {
      ...{ version: '0.0.0', page: folder, checkAnswers: true },
      settings: new UserSettings(join(folder, 'settings')),
    })
    const sender = { url: 'https://causalscope.localhost/', mainFrame: true }
    await app.answer(sender, 'project.open', JSON.stringify({ path: join(folder, 'lab.causalscope') }))
    const answer = JSON.parse(await app.answer(sender, 'graph.get', JSON.stringify({ run: 1 }))) as { value: unknown }
    await app.end()
    expect(cautionsOf(v.parse(requests['graph.get'].response, answer.value).finding)).toEqual(cautions)
  })

  it('are the same in every file that has room for them', () => {
    expect(JSON.parse(written('graph.json'))).toMatchObject({ finding: { cautions } })
    for (const format of ['dot', 'bif'])
      expect(careful(written(`graph.${format}`)), format).toHaveLength(cautions.length)
    expect(careful(written('graph.dot'))).toEqual(cautions)
    const dagitty = [...written('graph.dagitty').matchAll(/^careful="(.*)"$/gm)].map(([, text]) => text)
    expect(dagitty).toEqual(cautions.map((text) => text.replaceAll('"', "'")))
    expect(written('graph.graphml')).toContain(escapeMarkup(JSON.stringify(cautions)))
    expect(written('graph.svg')).toContain(`<desc>${escapeMarkup(cautions.join('\n'))}</desc>`)
    const opening = /<header>(.*?)<\/header>/s.exec(written('report.html'))![1]!
    const warned = [...opening.matchAll(/<li class="warning">.*?<\/span>\s*(.*?)\s*<\/li>/gs)].map(([, text]) => text)
    expect(warned).toEqual(cautions.map(escapeMarkup))
    const npz = readFileSync(join(folder, 'out', 'latents.npz'))
    expect(parseNpz(npz, 'latents.npz').get('cautions')!.values).toEqual(cautions)
    const parquet = readFileSync(join(folder, 'out', 'latents.parquet'))
    const { key_value_metadata: kept = [] } = parquetMetadata(new Uint8Array(parquet).buffer)
    expect(JSON.parse(kept.find(({ key }) => key === 'finding')!.value!)).toMatchObject({ cautions })
  })
})

describe('a result that a recovery could not confirm', () => {
  it('says so wherever its finding is told', async () => {
    editByHand(join(folder, 'lab.causalscope'), 'DELETE FROM results')
    await causalscope(folder, 'recover', '--project', 'lab.causalscope', '--out', 'recovered.causalscope')
    const of = ['--project', 'recovered.causalscope', '--run', '1']
    const [record] = (await causalscope(folder, 'findings', ...of, '--json')).lines
    const all = [expect.stringContaining('nothing confirms any more that this result is what the run'), ...cautions]
    expect(new Set(v.parse(v.array(v.string()), record!.cautions))).toEqual(new Set(all))
    await causalscope(folder, 'export', ...of, '--out', 'recovered')
    const inFile = (name: string): string => readFileSync(join(folder, 'recovered', name), 'utf8')
    for (const name of [
      'report.html',
      'finding.txt',
      'graph.json',
      'graph.dot',
      'graph.graphml',
      'graph.dagitty',
      'graph.bif',
    ])
      expect(inFile(name), name).toContain('nothing confirms any more that this result')
    expect((await causalscope(folder, 'query', ...of)).stdout).toContain('Careful: This project was recovered')
  })
})
