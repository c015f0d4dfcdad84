/**
 * Whether the caution "joint outcomes fall into two groups" (src-main/evidence/divided.ts) speaks where fewer joint
 * outcomes are asked for than there are, and is silent where as many are or where there is nothing to count. A component
 * is two in one where a tenth of its samples or more have other factors than most of them have.
 *
 *     npm run bench -- divided [--samples 1000] [--seeds 1] [--threads 1] [--only PART_OF_A_SET] [--records FILE] [--table]
 *     npm run bench -- divided --shapes                        # drawn shapes, nothing trained
 *     npm run bench -- divided --folder DIR --nodes 3,2        # a set of one's own; ../describe.json is used where it is
 *
 * Every run is a line of the records file when it is done: the same command goes on where it was stopped.
 */
import { appendFile, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { bundledSample } from '../../src-main/datasets/bundled-sample.ts'
import { type Case, dividedCases } from './divided/cases.ts'
import { type DividedRecord, recordOf, recordSchema } from './divided/record.ts'
import { shapesTable } from './divided/shapes.ts'
import { dividedTables } from './divided/tables.ts'

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '1000' },
    seeds: { type: 'string', default: '1' },
    threads: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    folder: { type: 'string' },
    nodes: { type: 'string', default: '2,2' },
    records: { type: 'string', default: 'divided.jsonl' },
    table: { type: 'boolean', default: false },
    shapes: { type: 'boolean', default: false },
  },
})

async function recorded(): Promise<DividedRecord[]> {
  const text = await readFile(values.records, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => v.parse(recordSchema, JSON.parse(line)))
}

const { folder, nodes } = values
const own = (path: string): Case => ({ half: 'report', set: basename(path), folder: path, asked: 'measured', nodes })
const cases = folder === undefined ? dividedCases(bundledSample('mechanical-mnist')) : [own(folder)]
const there = await recorded()
if (!values.table && !values.shapes)
  for (let seed = 1; seed <= Number(values.seeds); seed++)
    for (const one of cases.filter(({ set }) => set.includes(values.only))) {
      const isSame = (record: DividedRecord): boolean =>
        record.set === one.set && record.nodes === one.nodes && record.seed === seed
      if (there.some(isSame)) continue
      const settings = { samples: Number(values.samples), seed, threads: Number(values.threads) }
      const record = await recordOf(one, settings)
      await appendFile(values.records, `${JSON.stringify(record)}\n`)
      const gaps = record.components.map(({ gap, second }) => `${gap.toFixed(2)} (${second?.toFixed(2) ?? '-'})`)
      process.stderr.write(`${one.set} ${one.nodes}, ${record.seconds.toFixed(0)} s: ${gaps.join(', ')}\n`)
    }
process.stdout.write(`${values.shapes ? shapesTable() : dividedTables(await recorded())}\n`)
