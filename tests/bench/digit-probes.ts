/**
 * What a few labels tell of the digit from what the partial causal model learnt of Mechanical MNIST, images coupled with
 * curves and no label seen: before and after unmixing, over seeds of both training and labels, with 95 % intervals of
 * means and of gains, on images as they are and on rotated, noisy and inverted ones. Pixels and curves as they are beside.
 *
 *     npm run bench -- digit-probes [--records FILE] [--seeds 5] [--jobs 1] [--threads 1] [--latents 8] [--steps 1000]
 *          [--batch 256] [--only plain,shifted] [--features pixels,curve,box,sphere] [--table]
 *
 * A line a finished case: the same command goes on where it was stopped. `--table` prints what is there.
 */
import { appendFile, readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { digitCases, type DigitRecord, recordOf, recordSchema, type Settings } from './digit-probes/record.ts'
import { digitTables } from './digit-probes/table.ts'

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: 'digit-probes.jsonl' },
    seeds: { type: 'string', default: '5' },
    jobs: { type: 'string', default: '1' },
    threads: { type: 'string', default: '1' },
    latents: { type: 'string', default: '8' },
    steps: { type: 'string', default: '1000' },
    batch: { type: 'string', default: '256' },
    only: { type: 'string' },
    features: { type: 'string' },
    table: { type: 'boolean', default: false },
  },
})
const settings: Settings = {
  ...{ latents: Number(values.latents), steps: Number(values.steps) },
  ...{ batch: Number(values.batch), threads: Number(values.threads) },
}

const text = await readFile(values.records, 'utf8').catch(() => '')
const records: DigitRecord[] = text
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => v.parse(recordSchema, JSON.parse(line)))
const queue = digitCases(Number(values.seeds)).filter(
  ({ set, probed, seed }) =>
    !values.table &&
    (values.only?.split(',').includes(set) ?? true) &&
    (values.features?.split(',').includes(probed) ?? true) &&
    !records.some((one) => one.set === set && one.probed === probed && one.seed === seed),
)
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const record = await recordOf(next, settings)
      await appendFile(values.records, `${JSON.stringify(record)}\n`)
      records.push(record)
      process.stderr.write(`${next.set} ${next.probed} ${next.seed}: ${record.seconds.toFixed(0)} s\n`)
    }
  }),
)
process.stdout.write(`${digitTables(records)}\n`)
