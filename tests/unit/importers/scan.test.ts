import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import { scan } from '../../../src-main/importers/scan.ts'

describe.skipIf(process.platform === 'win32')('what lies in a folder besides files', () => {
  let folder: string
  let lab: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causalscope-scan-'))
    lab = join(folder, 'lab')
    await mkdir(lab)
    await writeFile(join(lab, 'table.csv'), 'id,a\ns1,1\n')
  })
  afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

  it('reads through links to files, and says why others are not read', async () => {
    await mkdir(join(folder, 'elsewhere'))
    await writeFile(join(folder, 'elsewhere', 'more.csv'), 'id,b\ns1,2\n')
    await symlink(join(folder, 'elsewhere', 'more.csv'), join(lab, 'linked.csv'))
    await symlink(join(folder, 'elsewhere'), join(lab, 'month'))
    await symlink('round.csv', join(lab, 'round.csv'))
    await symlink('gone.csv', join(lab, 'dangling.csv'))
    execFileSync('mkfifo', [join(lab, 'pipe.csv')])
    await symlink('pipe.csv', join(lab, 'piped.csv'))
    const { files, leftOut } = scan(lab, defaultLimits)
    expect(files.map(({ path }) => path)).toEqual(['linked.csv', 'table.csv'])
    expect(Object.fromEntries(leftOut.map(({ what, reason }) => [what, reason]))).toEqual({
      month: 'a link to a folder, which is not followed: import the folder itself, or copy it here',
      'round.csv': 'a link that leads back to itself',
      'dangling.csv': 'a link to something that is not there',
      'pipe.csv': 'a pipe, socket or device, not a file',
      'piped.csv': 'a link to a pipe, socket or device',
    })
  })

  it('refuses a source that is such a link in words', async () => {
    const round = join(folder, 'round')
    await symlink('round', round)
    expect(() => scan(round, defaultLimits)).toThrow(/round cannot be read/)
  })
})
