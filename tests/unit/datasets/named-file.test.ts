import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readNamedText } from '../../../src-main/datasets/named-file.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'named-file-'))))
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

describe('a text file that a person named', () => {
  it('is read without its byte order mark, through a link too', () => {
    const file = join(folder, 'a.json')
    writeFileSync(file, '\uFEFF{"ü": 1}')
    symlinkSync(file, join(folder, 'link'))
    expect(readNamedText(join(folder, 'link'))).toBe('{"ü": 1}')
  })

  it('is refused where there is none, where it is a folder, and where it is longer than anyone writes', () => {
    expect(() => readNamedText(join(folder, 'nothing'))).toThrow(/nothing cannot be read/)
    expect(() => readNamedText(folder)).toThrow(/is a folder, not a file/)
    const large = join(folder, 'large')
    writeFileSync(large, '')
    truncateSync(large, 2 ** 29)
    expect(() => readNamedText(large)).toThrow(/more than 256 MiB/)
  })

  it.skipIf(process.platform === 'win32')('is refused at once where it is a pipe or a device', () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    symlinkSync(pipe, join(folder, 'link'))
    for (const name of [pipe, join(folder, 'link'), '/dev/zero'])
      expect(() => readNamedText(name)).toThrow(/a pipe, a socket or a device, which may never end/)
  })
})
