/**
 * What findings are worth, and what sets their thresholds: sets of many makers, with and without something to find, are
 * made, imported, trained with the default replicates and judged through the command line. Families of one half may set
 * thresholds (src-shared/findings/thresholds.ts), those of the other report.
 *
 *     npm run bench -- calibration [--seeds 3] [--jobs 1] [--threads 2] [--only blobs-lines,circles]
 *          [--kind null] [--records FILE] [--table] [--keep FOLDER] [--again]
 *
 * Every case is a line of the records file when it is done: the same command goes on where it was stopped. `--table`
 * prints the tables of what is there and trains nothing; `--again` asks the kept projects first what this version says.
 */
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { calibrationCases, keyOf } from './calibration/cases.ts'
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
const there = new Set((await recorded()).map(({ key }) => key))
if (values.again && values.keep !== undefined) await judgeAgain(values.keep)
const queue = values.table || values.again ? [] : cases.filter((one) => !there.has(keyOf(one)))
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const record = await recordOf(next, Number(values.threads), values.keep ?? null)
      await appendFile(values.records, `${JSON.stringify(record)}\n`)
      process.stderr.write(`${record.key}: ${record.headline}\n`)
    }
  }),
)
process.stdout.write(`${calibrationTables(await recorded())}\n`)
