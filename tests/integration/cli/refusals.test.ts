import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProject, openProjectReadOnly } from '../../../src-main/project/project.ts'
import { listRuns } from '../../../src-main/project/runs.ts'
import { causalscope } from './command.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-cli-'))
  await causalscope(folder, 'synth', 'circles-line', '--out', 'data', '--samples', '40', '--labels', '1')
  await causalscope(folder, 'import', 'data', '--project', 'lab.causalscope')
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

const train = ['train', '--project', 'lab.causalscope', '--method', 'causal-pima']

describe('a request that is refused', () => {
  it.each([
    ['an unknown command', ['trian'], /unknown command.*\n.*train/],
    ['an option that is missing', ['train', '--method', 'causal-pima'], /--project/],
    ['a number that is none', [...train, '--seed', 'x'], /whole number/],
    ['a label that is not chosen', [...train.slice(0, 3), '--method', 'causal-complete'], /No label was chosen/],
    ['a label of another method', [...train, '--label', 'hue'], /takes no --label/],
    ['an unknown setting', [...train, '--set', 'epochs=3'], /Did you mean "training.epochs"/],
    ['a column that is not there', [...train, '--anchor', 'H=hu'], /Did you mean "hue"/],
    ['too many outcomes', [...train, '--nodes', '8,8'], /too few for the 64 joint outcomes/],
    ['a modality twice', [...train, '--set', 'modalities=images,images'], /"images" is listed twice/],
    ['two nodes on one column', [...train, '--anchor', 'A=hue', '--anchor', 'B=hue'], /anchored to the column "hue"/],
    ['an engine that is not here', [...train, '--engine', 'tensorflow-gpu'], /tensorflow-gpu/],
    ['a data set that is not there', [...train, '--dataset', '7'], /no data set 7/],
    ['a project that is not there', ['runs', '--project', 'none.causalscope'], /There is no project/],
    ['a run that is not there', ['resume', '--project', 'lab.causalscope', '--run', '4'], /no run 4/],
    ['a set that is not there', ['synth', 'cricles', '--out', 'x'], /no synthetic data set/],
    ['a folder that is not there', ['import', 'nowhere', '--project', 'new.causalscope'], /nowhere/],
    [
      'a format that is not there',
      ['export', '--project', 'lab.causalscope', '--run', '1', '--out', 'o', '--formats', 'graph.dto'],
      /graph.dot/,
    ],
  ])('for %s ends with 2 and writes nothing', async (_, args, message) => {
    const before = readdirSync(folder, { recursive: true })
    const ended = await causalscope(folder, ...args)
    expect(ended.stderr).toMatch(message)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(readdirSync(folder, { recursive: true })).toEqual(before)
    const project = openProjectReadOnly(join(folder, 'lab.causalscope'))
    expect(listRuns(project.database)).toEqual([])
    project.close()
  })

  it('for a faulty import makes no project', async () => {
    mkdirSync(join(folder, 'bad'))
    writeFileSync(join(folder, 'bad', 'curves.csv'), 'id,y0,y1,y2\na,1,2,3\nb,4,five,6\nc,7,8,9\n')
    const before = readdirSync(folder)
    const ended = await causalscope(folder, 'import', 'bad', '--project', 'new.causalscope')
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(/curves\.csv/)
    expect(readdirSync(folder)).toEqual(before)
  })

  it('for a configuration file names the file and the place', async () => {
    writeFileSync(join(folder, 'broken.json'), '{ "training": { "epochs": 3, } }')
    const broken = await causalscope(folder, ...train, '--config', 'broken.json')
    expect(broken).toMatchObject({ code: 2 })
    expect(broken.stderr).toMatch(/broken\.json is not valid JSON/)
  })

  it('for a project that another process writes names it', async () => {
    const project = openProject(join(folder, 'lab.causalscope'), { program: 'the window' })
    const ended = await causalscope(folder, ...train)
    const listed = await causalscope(folder, 'runs', '--project', 'lab.causalscope')
    project.close()
    expect(ended).toMatchObject({ code: 2 })
    expect(ended.stderr).toMatch(new RegExp(`already open for writing in the window \\(process ${process.pid}`))
    // Looking is allowed meanwhile.
    expect(listed.code).toBe(0)
  })
})

describe('help and version', () => {
  it('are results, not errors', async () => {
    const help = await causalscope(folder, '--help')
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const command of [
      'demo',
      'synth',
      'import',
      'train',
      'resume',
      'replicate',
      'runs',
      'evaluate',
      'export',
      'engines',
      'bench',
    ])
      expect(help.stdout).toContain(`  ${command} `)
    expect((await causalscope(folder, '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
