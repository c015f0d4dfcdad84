/**
 * Everything hostile at once: damaged and odd files, project files with flipped bytes, links and pipes planted beside a
 * project, wrong requests on every channel.
 *
 *     npm run bench -- hostile [--seed 0] [--files 3] [--flips 40] [--requests 12]
 *
 * `--files`: damaged copies of each sound file; `--flips`: damaged copies of a project; `--requests`: wrong bodies a channel.
 * Each has to be refused in words or read right. Prints how many were tried and held; ends with 1 where one did not.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hostileFiles } from './hostile/files.ts'
import { hostileProjects } from './hostile/projects.ts'
import { hostileRequests } from './hostile/requests.ts'
import type { Verdict } from './hostile/verdict.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '0' },
    files: { type: 'string', default: '3' },
    flips: { type: 'string', default: '40' },
    requests: { type: 'string', default: '12' },
  },
})
const seed = Number(values.seed)

const folder = await mkdtemp(join(tmpdir(), 'hostile-'))
try {
  let missed = 0
  for (const [what, verdicts] of [
    ['files', hostileFiles(folder, seed, Number(values.files))],
    ['projects', hostileProjects(folder, seed, Number(values.flips))],
    ['requests', hostileRequests(folder, seed, Number(values.requests))],
  ] as const) {
    const all: Verdict[] = []
    for await (const verdict of verdicts) {
      all.push(verdict)
      if (!verdict.held) console.log(`  ${verdict.input}: ${verdict.what}`)
    }
    const refused = all.filter(({ outcome }) => outcome === 'refused').length
    const held = all.filter((verdict) => verdict.held).length
    missed += all.length - held
    console.log(
      `${what}: ${all.length} tried, ${held} held (${refused} refused in words, ${held - refused} read right)`,
    )
  }
  process.exitCode = missed === 0 ? 0 : 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
