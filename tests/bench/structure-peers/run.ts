/** A table through the command line as a person takes it: import, training with replicates, findings. */
import { join } from 'node:path'
import * as v from 'valibot'
import { type Arc, type Digraph, digraph } from '../../../src-shared/graph/digraph.ts'
import { causalscope } from '../command.ts'
import type { Table } from './tables.ts'

export interface RunSaid {
  readonly dag: Digraph
  /** The edges that the findings state, undirected where they state no direction. */
  readonly stated: Digraph
  readonly seconds: number
}

const evaluation = v.object({ edges: v.array(v.tuple([v.string(), v.string()])) })
const findings = v.object({
  edges: v.array(v.object({ from: v.string(), to: v.string(), claimed: v.boolean(), directed: v.boolean() })),
})

/** Every node is a column of the table. Throws with what the program says where it refuses. */
export async function throughTheCommandLine({ folder, names, seed }: Table): Promise<RunSaid> {
  const project = join(folder, 'study.causalscope')
  await causalscope('import', folder, '--project', project)
  const started = performance.now()
  await causalscope(
    ...['train', '--project', project, '--method', 'causal-pima', '--seed', String(seed), '--engine', 'wasm'],
    ...['--threads', '1', '--json', ...names.flatMap((name) => ['--anchor', `${name}=${name}`])],
  )
  const seconds = (performance.now() - started) / 1000
  const of = ['--project', project, '--run', '1', '--json']
  const { edges } = v.parse(evaluation, await causalscope('evaluate', ...of, '--truth', join(folder, 'truth.json')))
  const stated = v.parse(findings, await causalscope('findings', ...of)).edges.filter(({ claimed }) => claimed)
  const at = (name: string): number => names.indexOf(name)
  return {
    dag: digraph(
      names.length,
      edges.map(([from, to]): Arc => [at(from), at(to)]),
    ),
    stated: digraph(
      names.length,
      stated.flatMap(({ from, to, directed }): Arc[] => [
        [at(from), at(to)],
        ...(directed ? [] : [[at(to), at(from)] as const]),
      ]),
    ),
    seconds,
  }
}
