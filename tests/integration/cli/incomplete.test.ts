/** Samples that lack a modality are counted wherever something is said of a run: a finding rests on fewer than it seems. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { causalscope } from './command.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'causalscope-incomplete-'))))
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

const quick = ['--set', 'training.pretrainEpochs=1', '--set', 'training.epochs=1', '--set', 'mixture.readings=1']

it('says how many samples lack a modality: import, train, findings and report', async () => {
  expect(await causalscope(folder, 'synth', 'circles-line', '--out', 'circles', '--samples', '64')).toMatchObject({
    code: 0,
  })
  const table = join(folder, 'circles', 'curves.csv')
  const lines = readFileSync(table, 'utf8').trimEnd().split('\n')
  writeFileSync(table, lines.slice(0, -16).join('\n'))
  const project = ['--project', 'lab.causalscope']
  const imported = await causalscope(folder, 'import', 'circles', ...project, '--json')
  expect(imported.lines).toMatchObject([{ samples: 64, complete: 48 }])
  const words = '16 of 64 samples lack a modality (25 %)'
  const trained = await causalscope(
    folder,
    'train',
    ...project,
    '--method',
    'causal-pima',
    ...quick,
    '--replicates',
    '0',
  )
  expect(trained.stderr).toContain(words)
  const found = await causalscope(folder, 'findings', ...project, '--run', '1')
  expect(found.stdout).toContain(`Careful: ${words}`)
  const [record] = (await causalscope(folder, 'findings', ...project, '--run', '1', '--json')).lines
  expect(record).toMatchObject({ samples: 64, incomplete: 16 })
  expect(
    await causalscope(folder, 'export', ...project, '--run', '1', '--out', 'out', '--formats', 'report.html'),
  ).toMatchObject({ code: 0 })
  expect(readFileSync(join(folder, 'out', 'report.html'), 'utf8')).toContain(words)
})
