import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileBytes, fileBytesSync } from '../../../src-main/importers/file-bytes.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import { headOf } from '../../../src-main/importers/scan.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'file-bytes-'))))
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

describe.skipIf(process.platform === 'win32')('a pipe in the place of a file that was there a moment ago', () => {
  it('is refused, by every way of reading', async () => {
    const absolute = join(folder, 'a.csv')
    execFileSync('mkfifo', [absolute])
    const file = { absolute, path: 'a.csv' }
    const refusal = { code: 'refused', message: 'a.csv cannot be read: it is no file.' }
    await expect(fileBytes(file, defaultLimits)).rejects.toMatchObject(refusal)
    expect(() => fileBytesSync(file, defaultLimits)).toThrow(expect.objectContaining(refusal))
    expect(() => headOf(absolute, 'a.csv')).toThrow(expect.objectContaining(refusal))
  })
})
