/**
 * Kills at random moments, of the host, the trainer and the importer in turn:
 *
 *     npm run bench -- kills --kills 1000 [--seed 0] [--at-once 2]
 *
 * Two projects are worked on beside each other, each for 40 kills, then others. After each kill the project has to open,
 * its data be whole, no finished run and no told epoch be lost, and what was killed go on; a run that got to its end has to
 * end with the numbers of one that was never killed. Ends with 1 where that fails.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killLoop } from './kills/kill-loop.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '30' },
    seed: { type: 'string', default: '0' },
    'at-once': { type: 'string', default: '2' },
  },
})

const folder = await mkdtemp(join(tmpdir(), 'kills-'))
let whole = false
try {
  const tally = await killLoop({
    folder,
    kills: Number(values.kills),
    seed: Number(values.seed),
    atOnce: Number(values['at-once']),
    tell: (line) => console.log(line),
  })
  const { killed, finished, lost } = tally
  console.log(
    `${killed.host + killed.trainer + killed.importer} kills: ${killed.host} of the host, ${killed.trainer} of the trainer, ${killed.importer} of the importer; ` +
      `${tally.early} came when the work was done already. ${finished} runs ended with the numbers of the one never killed, ${lost.length} losses.`,
  )
  whole = lost.length === 0
} finally {
  if (whole) await rm(folder, { recursive: true, force: true })
  else {
    process.exitCode = 1
    console.log(`The projects stay in ${folder}.`)
  }
}
