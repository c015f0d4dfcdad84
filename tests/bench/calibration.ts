/**
 * What findings are worth, and what sets their thresholds: sets of many makers, with and without something to find, are
 * made, imported, trained with the default replicates and judged through the command line. Families of one half may set
 * thresholds (src-shared/findings/thresholds.ts), those of the other report.
 *
 *     npm run bench -- calibration [--seeds 3] [--jobs 1] [--threads 2] [--only blobs-lines,circles]
 *          [--kind null] [--records FILE] [--table] [--keep FOLDER] [--again]
 *          [--on slurm --work-folder DIR [--partition P] [--account A] [--time 2:00:00] [--memory 4G] [--cores 1]
 *          [--setup LINES] [--slurm=OPTION] [--poll 10]]
 *
 * Every case is a line of the records file when it is done: the same command goes on where it was stopped. `--table`
 * prints the tables of what is there and trains nothing; `--again` asks the kept projects first what this version says.
 * `--on slurm`: each case is a task of the cluster, which the same command finds again when it is stopped; the folders of
 * `--work-folder` and `--keep` have to be seen by the nodes.
 */
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { writeWhole } from '../../src-main/datasets/whole-file.ts'
import { calibrationCases, type Case, keyOf } from './calibration/cases.ts'
import { casesOnSlurm, placeFlags } from './calibration/on-slurm.ts'
import { type CaseRecord, recordAgain, recordOf, recordSchema } from './calibration/record.ts'
import { calibrationTables } from './calibration/tables.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    jobs: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
    only: { type: 'string' },
    kind: { type: 'string' },
    records: { type: 'string', default: 'calibration.jsonl' },
    again: { type: 'boolean', default: false },
    keep: { type: 'string' },
    table: { type: 'boolean', default: false },
    ...placeFlags,
    // Set by this program for its own tasks: one case, and where its record goes.
    case: { type: 'string' },
    record: { type: 'string' },
  },
})

async function recorded(): Promise<CaseRecord[]> {
  const text = await readFile(values.records, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => v.parse(recordSchema, JSON.parse(line)))
}

/** Records of the kept projects, written anew. */
async function judgeAgain(kept: string): Promise<void> {
  const before = await recorded()
  const all = new Map(calibrationCases(Number(values.seeds)).map((one) => [keyOf(one), one]))
  const again: CaseRecord[] = []
  for (const earlier of before) {
    const one = all.get(earlier.key)
    again.push(one === undefined ? earlier : await recordAgain(one, kept, earlier))
  }
  await writeFile(values.records, again.map((record) => `${JSON.stringify(record)}\n`).join(''))
}

const cases = calibrationCases(Number(values.seeds)).filter(
  ({ name, kind }) =>
    (values.only === undefined || values.only.split(',').includes(name)) &&
    (values.kind === undefined || values.kind === kind),
)
/** A case that fails is told, and the others go on. */
async function here(queue: Case[]): Promise<void> {
  await Promise.all(
    Array.from({ length: Number(values.jobs) }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift())
        try {
          await take(await recordOf(next, Number(values.threads), values.keep ?? null))
        } catch (error) {
          process.stderr.write(`${keyOf(next)} left no record: ${String(error)}\n`)
          process.exitCode = 1
        }
    }),
  )
}

async function take(record: CaseRecord): Promise<void> {
  await appendFile(values.records, `${JSON.stringify(record)}\n`)
  process.stderr.write(`${record.key}: ${record.headline}\n`)
}

/** As a task of a cluster: one case, its record into a file of its own. */
async function oneCase(key: string, file: string): Promise<void> {
  const one = calibrationCases(Number(values.seeds)).find((each) => keyOf(each) === key)
  if (one === undefined) throw new Error(`there is no case "${key}"`)
  await writeWhole(file, [JSON.stringify(await recordOf(one, Number(values.threads), values.keep ?? null))])
}

async function all(): Promise<void> {
  const there = new Set((await recorded()).map(({ key }) => key))
  if (values.again && values.keep !== undefined) await judgeAgain(values.keep)
  const queue = values.table || values.again ? [] : cases.filter((one) => !there.has(keyOf(one)))
  if (values.on === 'slurm') await casesOnSlurm(queue, values, take)
  else await here(queue)
  process.stdout.write(`${calibrationTables(await recorded())}\n`)
}

await (values.case === undefined ? all() : oneCase(values.case, values.record ?? ''))
