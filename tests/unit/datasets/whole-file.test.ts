import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryBeside, writeWhole } from '../../../src-main/datasets/whole-file.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'whole-file-'))))
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

it('is written twice at once without one writing into the other', async () => {
  const file = join(folder, 'a.json')
  const contents = ['x', 'y'].map((letter) => letter.repeat(100_000))
  await Promise.all(contents.map((content) => writeWhole(file, [content.slice(0, 5), content.slice(5)])))
  expect(contents).toContain(readFileSync(file, 'utf8'))
  expect(readdirSync(folder)).toEqual(['a.json'])
})

it('follows no link that waits under the name it writes, or under its temporary one', async () => {
  const victim = join(folder, 'victim')
  writeFileSync(victim, 'mine')
  const file = join(folder, 'a.json')
  symlinkSync(victim, file)
  const next = temporaryBeside(file).replace(/\.(\d+)\.tmp/, (_, n: string) => `.${Number(n) + 1}.tmp`)
  symlinkSync(victim, next)
  await writeWhole(file, ['new'])
  expect(readFileSync(victim, 'utf8')).toBe('mine')
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(readdirSync(folder)).not.toContain(basename(next))
})
