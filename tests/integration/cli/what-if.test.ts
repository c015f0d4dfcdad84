import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { causalscope } from './command.ts'

let folder: string
const run = ['--project', 'lab.causalscope', '--run', '1']
const config = {
  nodes: ['hue', 'radius', 'shift'].map((name) => ({ name, categories: 2, anchor: name })),
  training: { pretrainEpochs: 2, epochs: 2, pretrainSteps: 10, batchSize: 32 },
  mixture: { readings: 1 },
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-what-if-'))
  const synth = [
    'synth',
    'circles-line',
    '--out',
    'set',
    '--samples',
    '200',
    '--structure',
    'complete',
    '--labels',
    '1',
  ]
  await causalscope(folder, ...synth)
  await causalscope(folder, 'import', 'set', '--project', 'lab.causalscope')
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  const train = ['train', '--project', 'lab.causalscope', '--method', 'causal-pima', '--config', 'config.json']
  expect(await causalscope(folder, ...train, '--replicates', '0')).toMatchObject({ code: 0 })
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

it('sets a node: the joint before, seen and set, with draws of every modality as files', async () => {
  const asked = await causalscope(
    folder,
    'intervene',
    ...run,
    '--do',
    'hue=1',
    '--draws',
    '6',
    '--out',
    'set-hue',
    '--json',
  )
  expect(asked.code).toBe(0)
  const [answer] = asked.lines as [{ nodes: { set: number[]; low: number[]; high: number[] }[]; cautions: string[] }]
  expect(answer.cautions[0]).toContain('No replicate has tested yet')
  expect(answer.nodes[0]!.set).toEqual([0, 1])
  for (const { set, low, high } of answer.nodes)
    set.forEach((share, k) => {
      expect(low[k]!).toBeLessThanOrEqual(share + 1e-12)
      expect(high[k]!).toBeGreaterThanOrEqual(share - 1e-12)
    })
  expect(readdirSync(join(folder, 'set-hue')).sort()).toEqual(
    [
      ...['joint.csv', 'draws.npz'],
      ...['before', 'seen', 'set'].flatMap((world) => [`images-${world}.png`, `curves-${world}.csv`]),
    ].sort(),
  )
  const joint = readFileSync(join(folder, 'set-hue', 'joint.csv'), 'utf8')
    .trim()
    .split('\n')
  expect(joint).toHaveLength(9)
  const total = joint.slice(1).reduce((sum, line) => sum + Number(line.split(',')[5]), 0)
  expect(total).toBeCloseTo(1, 9)
})

it('answers in the report what was kept', async () => {
  expect(await causalscope(folder, 'intervene', ...run, '--do', 'shift=1', '--keep')).toMatchObject({ code: 0 })
  await causalscope(folder, 'export', ...run, '--out', 'report', '--formats', 'report.html')
  const report = readFileSync(join(folder, 'report', 'report.html'), 'utf8')
  expect(report).toContain('If shift = 1 were set')
  expect(report).toContain('No replicate has tested yet')
})

it('says what one sample would have been, and on what assumptions', async () => {
  const asked = await causalscope(
    folder,
    'intervene',
    ...run,
    '--do',
    '1=0',
    '--sample',
    'c00003',
    '--out',
    'would',
    '--json',
  )
  expect(asked).toMatchObject({ code: 0, lines: [{ sample: 'c00003', settings: [{ node: 0, value: 0 }] }] })
  expect(asked.lines[0]!.assumptions).toEqual(expect.arrayContaining([expect.stringContaining('Gumbel-max') as string]))
  expect(readdirSync(join(folder, 'would'))).toContain('images-would.png')
})

it('tells one modality from another, and the same from a file that is in no data set', async () => {
  const infer = ['infer', ...run, '--from', 'curves', '--draws', '4', '--json']
  const [known] = (await causalscope(folder, ...infer, '--sample', 'c00001')).lines as [
    { nodes: unknown; modalities: unknown[] },
  ]
  expect(known.modalities).toMatchObject([{ modality: 'images', shape: [28, 28, 3] }])
  const [header, first] = readFileSync(join(folder, 'set', 'curves.csv'), 'utf8').split('\n')
  writeFileSync(join(folder, 'new.csv'), `${header!}\n${first!}\n`)
  const fresh = await causalscope(folder, ...infer, '--file', 'new.csv')
  expect(fresh.code).toBe(0)
  const [told] = fresh.lines as [{ nodes: { probabilities: number[] }[] }]
  const probabilities = (told.nodes as { probabilities: number[] }[]).map((node) => node.probabilities[0]!)
  ;(known.nodes as { probabilities: number[] }[]).forEach((node, l) =>
    expect(probabilities[l]).toBeCloseTo(node.probabilities[0]!, 4),
  )
  const image = readdirSync(join(folder, 'set', 'images'))[0]!
  mkdirSync(join(folder, 'fresh'))
  copyFileSync(join(folder, 'set', 'images', image), join(folder, 'fresh', 'one.png'))
  const picture = await causalscope(folder, 'infer', ...run, '--from', 'images', '--file', 'fresh/one.png', '--json')
  expect(picture.lines).toMatchObject([{ modalities: [{ modality: 'curves' }] }])
})

it('refuses in words what was measured otherwise, and what is not there', async () => {
  const lines = readFileSync(join(folder, 'set', 'curves.csv'), 'utf8')
    .trim()
    .split('\n')
  const short = lines.map((line) => line.split(',').slice(0, 9).join(',')).join('\n')
  writeFileSync(join(folder, 'short.csv'), short)
  const shape = await causalscope(folder, 'infer', ...run, '--from', 'curves', '--file', 'short.csv')
  expect(shape.code).toBe(2)
  expect(shape.stderr).toContain('has the shape 8; the run was trained on 20')
  const category = await causalscope(folder, 'intervene', ...run, '--do', 'hue=green')
  expect(category.code).toBe(2)
  expect(category.stderr).toContain('hue has no category "green"')
})

it('asks the graph: what is separated, and the graphs of its class', async () => {
  const between = await causalscope(
    folder,
    'query',
    ...run,
    '--from',
    'hue',
    '--to',
    '3',
    '--given',
    'radius',
    '--json',
  )
  expect(between).toMatchObject({ code: 0, lines: [{ separated: expect.any(Boolean) as boolean }] })
  const members = await causalscope(folder, 'query', ...run, '--json')
  expect(members).toMatchObject({ code: 0, lines: [{ complete: true }] })
})
