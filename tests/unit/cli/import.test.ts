import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { importCommand } from '../../../src-main/cli/import.ts'
import { Terminal } from '../../../src-main/cli/terminal.ts'
import { openProject } from '../../../src-main/project/project.ts'
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
afterEach(() => rmSync(folder, { recursive: true }))

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
