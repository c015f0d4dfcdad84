/**
 * Our training step beside PyTorch's, in alternation on one machine, as a Markdown table: medians over the rounds of each
 * program's own median. The reference is a Python program that takes `step --batch N` and prints one JSON line with `ms`.
 *
 *     npm run bench -- against-pytorch --reference reference.py [--python /usr/bin/python3] [--rounds 5]
 *          [--batches 32,128,512] [--threads 1,2]
 */
import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'

const { values } = parseArgs({
  options: {
    reference: { type: 'string' },
    python: { type: 'string', default: '/usr/bin/python3' },
    rounds: { type: 'string', default: '5' },
    batches: { type: 'string', default: '32,128,512' },
    threads: { type: 'string', default: '1,2' },
  },
})
if (values.reference === undefined) throw new Error('say where the reference program is: --reference FILE')
const reference = values.reference
const batches = values.batches.split(',').map(Number)
const threads = values.threads.split(',').map(Number)
const cli = join(import.meta.dirname, '../../src-main/cli.ts')

/** The last line of JSON that a program prints. */
function lastLine(program: string, args: string[], env: NodeJS.ProcessEnv): unknown {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

/** PyTorch with OpenBLAS as the machine chooses it, on the given number of threads. */
function peer(batch: number, count: number): number {
  const env = { ...process.env, OMP_NUM_THREADS: String(count), OPENBLAS_NUM_THREADS: String(count) }
  for (const setting of ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE']) Reflect.deleteProperty(env, setting)
  const line = lastLine(values.python, [reference, 'step', '--batch', String(batch), '--steps', '30'], env)
  return v.parse(v.object({ ms: v.number() }), line).ms
}

function ours(batch: number, count: number): number {
  const args = ['bench', 'step', '--engine', 'wasm', '--json', '--steps', '50']
  const line = lastLine(process.execPath, [cli, ...args, '--batch', `${batch}`, '--threads', `${count}`], process.env)
  return v.parse(v.object({ medianMs: v.number() }), line).medianMs
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}

const rounds = Number(values.rounds)
console.log(`${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores\n`)
console.log('| batch | threads | PyTorch, ms | ours, ms | ours / PyTorch, same threads | ours / PyTorch, its best |')
console.log('| --- | --- | --- | --- | --- | --- |')
for (const batch of batches) {
  const measured = threads.map((count) => ({ count, peer: [] as number[], ours: [] as number[] }))
  for (let round = 0; round < rounds; round++)
    for (const { count, peer: theirs, ours: own } of measured) {
      theirs.push(peer(batch, count))
      own.push(ours(batch, count))
    }
  const best = Math.min(...measured.map((m) => median(m.peer)))
  for (const m of measured) {
    const [theirs, own] = [median(m.peer), median(m.ours)]
    const cells = [
      batch,
      m.count,
      theirs.toFixed(1),
      own.toFixed(1),
      (own / theirs).toFixed(2),
      (own / best).toFixed(2),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}
