/** A small form of the hostile set and of the kill loop; `tests/bench/hostile.ts` and `tests/bench/kills.ts` are the large ones. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostileFiles } from '../../bench/hostile/files.ts'
import { hostileProjects } from '../../bench/hostile/projects.ts'
import { hostileRequests } from '../../bench/hostile/requests.ts'
import type { Verdict } from '../../bench/hostile/verdict.ts'
import { killLoop } from '../../bench/kills/kill-loop.ts'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'hostile-'))))
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

async function missed(verdicts: AsyncIterable<Verdict>): Promise<string[]> {
  const out: string[] = []
  for await (const { held, input, what } of verdicts) if (!held) out.push(`${input}: ${what}`)
  return out
}

describe('what is hostile', () => {
  it('is refused in words or read right: files', async () => {
    expect(await missed(hostileFiles(folder, 0, 1))).toEqual([])
  }, 600_000)

  // No bytes flipped in the file itself: SQLite keeps no sums of its texts, so that one in a name is read as it stands.
  it('is refused in words or read right: projects', async () => {
    expect(await missed(hostileProjects(folder, 0, 0))).toEqual([])
  }, 600_000)

  it('is refused in words or read right: requests on every channel', async () => {
    expect(await missed(hostileRequests(folder, 0, 6))).toEqual([])
  })
})

describe.skipIf(process.platform === 'win32')('kills at random moments of host, trainer and importer', () => {
  it('lose nothing but the steps since the last checkpoint, and change no number', async () => {
    const { killed, finished, lost } = await killLoop({ folder, kills: 9, seed: 3, atOnce: 1, tell: () => undefined })
    expect(lost).toEqual([])
    expect(killed.host + killed.trainer + killed.importer).toBe(9)
    expect(finished).toBeGreaterThan(1)
  }, 600_000)
})
