/**
 * MMLSynData under every form of the regulariser and without it, on the same samples, splits and seeds: distance correlations
 * of the representation with the causes, beside the published ones and the ceiling of a perfect code; ablation and weights.
 *
 *     npm run bench -- causal-complete-study --out study.jsonl [--seeds 5] [--epochs 40] [--jobs 1] [--fusion late] [--only all,base] [--table]
 *
 * A line a finished run; started again with the same file it trains what is missing.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { overSeeds } from '../../src-main/evaluation/probe/summary.ts'
import { fusions, keyOf, type Outcome, outcomeSchema, type StudyRun, studyRuns } from './causal-complete-study/cases.ts'

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'causal-complete-study.jsonl' },
    seeds: { type: 'string', default: '5' },
    epochs: { type: 'string', default: '40' },
    jobs: { type: 'string', default: '1' },
    fusion: { type: 'string', default: 'late' },
    only: { type: 'string' },
    table: { type: 'boolean', default: false },
  },
})
const only = options.only?.split(',')
const fusion = v.parse(v.picklist(fusions), options.fusion)
const runs = studyRuns(Number(options.seeds), Number(options.epochs), fusion).filter(({ form }) => only?.includes(form) ?? true) // prettier-ignore
const outcomes = new Map<string, Outcome>(
  existsSync(options.out)
    ? readFileSync(options.out, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => v.parse(outcomeSchema, JSON.parse(line)))
        .map((outcome) => [outcome.key, outcome])
    : [],
)
const queue = options.table ? [] : runs.filter((run) => !outcomes.has(keyOf(run)))

async function work(): Promise<void> {
  if (queue.length === 0) return
  const child = fork(new URL('./causal-complete-study/job.ts', import.meta.url), { serialization: 'advanced' })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a job ended with ${String(code)}`)
  })
  ended.catch(() => undefined)
  for (let run = queue.shift(); run !== undefined; run = queue.shift()) {
    child.send(run)
    const [answer] = (await Promise.race([once(child, 'message'), ended])) as [unknown]
    const outcome = v.parse(outcomeSchema, answer)
    appendFileSync(options.out, `${JSON.stringify(outcome)}\n`)
    outcomes.set(outcome.key, outcome)
    console.error(`${outcome.key}: accuracy ${outcome.accuracy.toFixed(3)}, ${outcome.seconds.toFixed(1)} s`)
  }
  child.disconnect()
}

/** `.93 +- .01` */
function cell(values: readonly number[]): string {
  const { mean, deviation } = overSeeds(values)
  return `${mean.toFixed(3)}${deviation === null ? '' : ` ± ${deviation.toFixed(3)}`}`
}

function table(degree: number): string[] {
  const names = ['sn', 'sf', 'nc', 'sp']
  const of = (form: string): Outcome[] =>
    runs.filter((run) => run.form === form && run.degree === degree).flatMap((run: StudyRun) => outcomes.get(keyOf(run)) ?? []) // prettier-ignore
  const base = of('base')
  const formsHere = [...new Set(runs.map(({ form }) => form))]
  const dCor = (all: readonly Outcome[], name: string): number[] =>
    all.map(({ causes }) => causes.find((cause) => cause.name === name)!.dCor)
  const ceiling = names.map((name) =>
    overSeeds(base.map(({ causes }) => causes.find((cause) => cause.name === name)!.ceiling)).mean.toFixed(2),
  )
  return [
    `s = ${degree}; published ${degree < 0.5 ? 'sn .91, sf .71, nc .69, sp .13' : 'sp .13'}; a perfect code of sn: ${names.map((name, i) => `${name} ${ceiling[i]!}`).join(', ')}`,
    '',
    '| form | sn | sf | nc | sp | sp given sn | accuracy | gain over base, 95 % | risk | validation loss | calibration error |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...formsHere.flatMap((form) => {
      const all = of(form)
      if (all.length === 0) return []
      const paired = all.length === base.length ? all.map(({ accuracy }, i) => accuracy - base[i]!.accuracy) : []
      const gain = paired.length < 2 ? null : overSeeds(paired)
      const cells = [
        ...names.map((name) => cell(dCor(all, name))),
        cell(all.map(({ causes }) => causes.find(({ name }) => name === 'sp')!.partial ?? NaN)),
        cell(all.map(({ accuracy }) => accuracy)),
        gain?.interval == null
          ? ''
          : `${(100 * gain.mean).toFixed(1)} (${gain.interval.map((end) => (100 * end).toFixed(1)).join(' to ')})`,
        cell(all.map((one) => one.sufficiencyRisk + one.necessityRisk)),
        cell(all.map(({ validationLoss }) => validationLoss)),
        cell(all.map(({ calibrationError }) => calibrationError)),
      ]
      return [`| ${form} | ${cells.join(' | ')} |`]
    }),
    '',
  ]
}

await Promise.all(Array.from({ length: Number(options.jobs) }, work))
for (const degree of new Set(runs.map((run) => run.degree))) console.log(table(degree).join('\n'))
