import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { importCommand } from '../../../src-main/cli/import.ts'
import { propose } from '../../../src-main/cli/propose.ts'
import { Terminal } from '../../../src-main/cli/terminal.ts'
import { openProject } from '../../../src-main/project/project.ts'
import * as v from 'valibot'
import { dataDescription } from '../../../src-shared/contract/shapes.ts'
import { failed } from '../../../src-shared/errors.ts'

let full = false
vi.mock('../../../src-main/project/ingest.ts', async (original) => {
  const real = await original<typeof import('../../../src-main/project/ingest.ts')>()
  return {
    ...real,
    ingestPack: (...of: Parameters<typeof real.ingestPack>) =>
      full ? Promise.reject(failed('The disk is full.')) : real.ingestPack(...of),
  }
})

let folder: string
beforeEach(() => {
  full = false
  folder = mkdtempSync(join(tmpdir(), 'import-command-'))
  mkdirSync(join(folder, 'tests'))
  writeFileSync(join(folder, 'tests', 'stress.csv'), 'id,y0,y1,y2\na,1,2,3\nb,4,6,5\nc,7,8,9\nd,0,1,1\n')
})
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

const importTests = (): Promise<void> =>
  importCommand(new Terminal(true), join(folder, 'tests'), { project: join(folder, 'lab.causalscope') })

it('takes the project away again that it made for data the disk has no room for', async () => {
  full = true
  await expect(importTests()).rejects.toThrow('The disk is full.')
  expect(readdirSync(folder)).toEqual(['tests'])
})

it('leaves a project alone that was there before', async () => {
  openProject(join(folder, 'lab.causalscope'), { program: 'a test', create: 'new' }).close()
  full = true
  await expect(importTests()).rejects.toThrow('The disk is full.')
  expect(readdirSync(folder)).toContain('lab.causalscope')
})

it('proposes a description that reads the same, tells what is open, and stores nothing', async () => {
  const cells = ['a,1.5,-999', 'b,2.5,20.5', 'c,4.5,21', 'd,3.5,21.5']
  writeFileSync(join(folder, 'tests', 'room.csv'), `id,hours,degrees\n${cells.join('\n')}\n`)
  const written = { out: '', err: '' }
  const sink = (stream: 'out' | 'err') => ({
    write: (text: string) => ((written[stream] += text), true),
    once: () => undefined,
  })
  await propose(new Terminal(false, sink('out'), sink('err')), join(folder, 'tests'))
  const described = v.parse(v.pipe(v.string(), v.parseJson(), dataDescription), written.out)
  expect(described.modalities?.map(({ name, source }) => [name, source])).toEqual([['stress', 'stress.csv']])
  expect(described.metadata?.map(({ column }) => column)).toEqual(['hours', 'degrees'])
  expect(written.err).toContain('"text.sentinels": "missing" (such numbers are missing values)')
  expect(written.err).toContain('As it stands, the import would be refused')
  expect(readdirSync(folder)).toEqual(['tests'])

  const file = join(folder, 'description.json')
  writeFileSync(file, JSON.stringify({ ...described, text: { sentinels: 'missing' } }))
  const project = join(folder, 'lab.causalscope')
  await importCommand(new Terminal(true, sink('out'), sink('err')), join(folder, 'tests'), { project, describe: file })
  expect(written.out).toContain('"missing":1')
})
