/**
 * What a finding says where an assumption fails: the wrong number of joint outcomes, a cause that nobody measured, samples
 * chosen by what they are, a modality missing or noisy, an expert decoder right, wrong or absent, few samples and many.
 * Each is made, imported, trained with the default replicates and judged through the command line, and what is stated is
 * held against what made the samples.
 *
 *     npm run bench -- robustness [--only hidden,selection] [--seeds 1] [--threads 1] [--large]
 *          [--records FILE] [--table]
 *
 * Every case is a line of the records file when it is done: the same command goes on where it was stopped. `--table`
 * prints what is there and trains nothing; `--large` adds 16,384 samples.
 */
import { appendFile, readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { cases, kinds } from './robustness/cases.ts'
import { type CaseRecord, recordOf, recordSchema } from './robustness/record.ts'
import { robustnessTables, wrongOf } from './robustness/tables.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: kinds.join() },
    seeds: { type: 'string', default: '1' },
    threads: { type: 'string', default: '1' },
    large: { type: 'boolean', default: false },
    records: { type: 'string', default: 'robustness.jsonl' },
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

const asked = values.only.split(',')
const unknown = asked.filter((kind) => !kinds.some((known) => known === kind))
if (unknown.length > 0) throw new Error(`There is no kind ${unknown.join(', ')}: ${kinds.join(', ')}.`)
const chosen = cases.filter(({ kind, large = false }) => asked.includes(kind) && (values.large || !large))
const there = await recorded()
if (!values.table)
  for (let seed = 1; seed <= Number(values.seeds); seed++)
    for (const one of chosen) {
      if (there.some(({ kind, what, seed: done }) => kind === one.kind && what === one.what && done === seed)) continue
      const record = await recordOf(one, seed, Number(values.threads))
      await appendFile(values.records, `${JSON.stringify(record)}\n`)
      process.stderr.write(`${one.kind}, ${one.what}, ${record.seconds.toFixed(0)} s: ${record.headline}\n`)
      const wrong = wrongOf(record)
      if (wrong.length > 0) process.stderr.write(`  wrong: ${wrong.join('; ')}\n`)
    }
process.stdout.write(`${robustnessTables(await recorded(), chosen)}\n`)
