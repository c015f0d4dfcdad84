/** The programs of peers.py, each in a process of its own, which goes through all tables. */
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as v from 'valibot'
import { edgesOf } from '../../../src-shared/graph/digraph.ts'
import type { Table } from './tables.ts'

export interface Programs {
  readonly python: string
  /** The jar of tetrad-lib; null: Tetrad is left out. */
  readonly tetrad: string | null
}

const script = join(import.meta.dirname, 'peers.py')
const said = v.union([
  v.object({ failed: v.string() }),
  v.object({
    edges: v.array(v.tuple([v.number(), v.number()])),
    seconds: v.number(),
    version: v.string(),
    scored: v.nullable(v.number()),
    best: v.nullable(v.number()),
  }),
])
export type Said = v.InferOutput<typeof said>

export function peerNames({ python, tetrad }: Programs): readonly string[] {
  const { stdout, status, stderr, error } = spawnSync(python, [script], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${python} ${script}: ${error?.message ?? stderr}`)
  return v
    .parse(v.array(v.string()), JSON.parse(stdout))
    .filter((name) => tetrad !== null || !name.startsWith('Tetrad'))
}

/** What a learner says of each table, as it says it. One thread: what else runs on the machine is left alone. */
export async function* askPeer(
  { python, tetrad }: Programs,
  learner: string,
  tables: readonly Table[],
): AsyncGenerator<Said, void> {
  const child = spawn(python, [script, learner, ...(tetrad === null ? [] : ['--tetrad', tetrad])], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
  })
  let told = ''
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
  child.stdin.end(
    JSON.stringify(
      tables.map(({ file, names, categories, best }) => ({ file, names, categories, dag: edgesOf(best) })),
    ),
  )
  const ended = new Promise((resolve) => child.on('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) yield v.parse(said, JSON.parse(line))
  if ((await ended) !== 0) throw new Error(`${learner}: ${told.slice(-2000)}`)
}
