/**
 * The synthetic study of the partial causal model (docs/partial-causal.md section 5) as one command: every conditional on
 * the sphere and in the box, several seeds, fresh samples in every batch, a table beside the published numbers.
 *
 *     npm run bench -- partial-causal-study --out study.jsonl [--profile quick|full] [--seeds 3] [--jobs 1] [--threads 2]
 *         [--privates 5] [--steps N] [--only sphere/vmf,convex/laplace] [--table]
 *
 * A line a finished run; started again with the same file it goes on from the checkpoints of the runs that were stopped.
 * `--jobs` trains so many runs at a time, each on `--threads`. `--table` prints what is there and trains nothing.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { keyOf, type Outcome, outcomeSchema, profiles, studyRuns } from './partial-causal-study/cases.ts'
import type { Job } from './partial-causal-study/job.ts'
import { studyTable } from './partial-causal-study/table.ts'

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'partial-causal-study.jsonl' },
    profile: { type: 'string', default: 'quick' },
    seeds: { type: 'string', default: '3' },
    jobs: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
    privates: { type: 'string', default: '5' },
    steps: { type: 'string' },
    only: { type: 'string' },
    table: { type: 'boolean', default: false },
  },
})
const profile = v.parse(v.picklist(['quick', 'full']), options.profile)
const only = options.only?.split(',')
const runs = studyRuns(
  { profile, privates: Number(options.privates), steps: Number(options.steps ?? profiles[profile].steps) },
  Number(options.seeds),
).filter(({ space, conditional }) => only?.includes(`${space}/${conditional}`) ?? true)

const outcomes: Outcome[] = existsSync(options.out)
  ? readFileSync(options.out, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => v.parse(outcomeSchema, JSON.parse(line)))
  : []
const queue = options.table ? [] : runs.filter((run) => !outcomes.some(({ key }) => key === keyOf(run)))

/** Trains what is left, one run after the other, in a process of its own. */
async function work(): Promise<void> {
  if (queue.length === 0) return
  const child = fork(new URL('./partial-causal-study/job.ts', import.meta.url), { serialization: 'advanced' })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a job ended with ${String(code)}`)
  })
  // Who waits for an answer hears of it; nobody waits after the last.
  ended.catch(() => undefined)
  for (let run = queue.shift(); run !== undefined; run = queue.shift()) {
    const checkpoint = `${options.out}.${keyOf(run).replaceAll('/', '-')}.checkpoint`
    child.send({ run, threads: Number(options.threads), checkpoint } satisfies Job)
    const [answer] = (await Promise.race([once(child, 'message'), ended])) as [unknown]
    const outcome = v.parse(outcomeSchema, answer)
    appendFileSync(options.out, `${JSON.stringify(outcome)}\n`)
    outcomes.push(outcome)
    const [r2, mcc] = [outcome.r2, outcome.mcc].map((share) => (100 * share).toFixed(1))
    console.error(`${outcome.key}: R2 ${r2}, MCC ${mcc}, ${outcome.seconds.toFixed(0)} s`)
  }
  child.disconnect()
}

await Promise.all(Array.from({ length: Number(options.jobs) }, work))
console.log(studyTable(runs, outcomes))
