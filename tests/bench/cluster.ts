/**
 * How much longer a study takes as tasks of a Slurm cluster than on the cores of this machine, and whether it comes to the
 * same: eight runs of causalPIMA, a Slurm of its own of two cores, each way in turn. Starts Debian's slurmctld, slurmd and
 * munge, and so has to be root.
 *
 *     apt-get install -y --no-install-recommends slurmctld slurmd slurm-client munge
 *     npm run bench -- cluster [--samples 600] [--rounds 1] [--poll 2] [-- study flags ...]
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { startWith } from '../integration/cli/command.ts'
import { noSlurmHere, OwnSlurm } from '../integration/cluster/own-slurm.ts'

const separator = process.argv.indexOf('--')
const { values } = parseArgs({
  args: separator < 0 ? process.argv.slice(2) : process.argv.slice(2, separator),
  options: {
    samples: { type: 'string', default: '600' },
    rounds: { type: 'string', default: '1' },
    poll: { type: 'string', default: '2' },
  },
})
const studyFlags = separator < 0 ? [] : process.argv.slice(separator + 1)

const missing = noSlurmHere()
if (missing !== '') throw new Error(missing)
const slurm = new OwnSlurm()
const lab = mkdtempSync(join(tmpdir(), 'causalscope-cluster-bench-'))
const environment = { ...slurm.environment, CAUSALSCOPE_SETTINGS: join(lab, 'settings') }

async function causalscope(...args: string[]): Promise<number> {
  const begun = performance.now()
  const { code, stderr } = await startWith(environment, lab, ...args).ended
  if (code !== 0) throw new Error(`causalscope ${args.join(' ')} ended with ${String(code)}:\n${stderr}`)
  return (performance.now() - begun) / 1000
}

const resultSchema = v.object({
  provenance: v.object({ seed: v.number() }),
  arrays: v.object({ sha256: v.string() }),
})

/** The arrays of each run's result, by its seed. */
function resultsIn(project: string): Map<number, string> {
  const runs = join(lab, `${project}.files`, 'runs')
  return new Map(
    readdirSync(runs).map((id) => {
      const { provenance, arrays } = v.parse(
        resultSchema,
        JSON.parse(readFileSync(join(runs, id, 'result.json'), 'utf8')),
      )
      return [provenance.seed, arrays.sha256]
    }),
  )
}

const places = {
  local: ['--on', 'local', '--workers', '2'],
  slurm: ['--on', 'slurm', '--work-folder', 'shared', '--poll', values.poll],
}

async function study(project: string, place: keyof typeof places): Promise<number> {
  await causalscope('import', 'data', '--project', project)
  const asked = ['--method', 'causal-pima', '--seeds', '8', ...studyFlags]
  return causalscope('study', '--project', project, ...asked, ...places[place])
}

try {
  mkdirSync(join(lab, 'shared'))
  await slurm.start(['one', 'two'], 1)
  await causalscope('synth', 'circles-line', '--out', 'data', '--samples', values.samples)
  console.log(`Eight runs on ${values.samples} samples, two at a time\n`)
  console.log('| round | local, s | slurm, s | slurm / local | the same results |\n| --- | --- | --- | --- | --- |')
  for (let round = 0; round < Number(values.rounds); round++) {
    const [here, there] = [`local-${round}.causalscope`, `slurm-${round}.causalscope`]
    const local = await study(here, 'local')
    const far = await study(there, 'slurm')
    const [a, b] = [resultsIn(here), resultsIn(there)]
    const same = Array.from(a).filter(([seed, arrays]) => b.get(seed) === arrays).length
    console.log(
      `| ${[round + 1, local.toFixed(1), far.toFixed(1), (far / local).toFixed(2), `${same} of ${a.size}`].join(' | ')} |`,
    )
  }
} finally {
  await slurm.stop()
  rmSync(lab, { recursive: true, force: true })
}
