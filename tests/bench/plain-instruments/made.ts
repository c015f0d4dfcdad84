/** An instrument's set as a project: made, written and imported. */
import { join } from 'node:path'
import type { Generator } from '../../../src-main/datasets/synthetic/sample-set.ts'
import { writeFiles } from '../../../src-main/datasets/synthetic/write.ts'
import { causalscope } from '../command.ts'

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Generators by the names that commands give them. */
export function named(generators: Readonly<Record<string, Generator>>): [string, Generator][] {
  return Object.entries(generators).map(([name, generator]) => [kebab(name), generator])
}

/** Refuses names that none has; without any, all. */
export function chosen(wanted: readonly string[], instruments: ReadonlyMap<string, Generator>): readonly string[] {
  const unknown = wanted.filter((name) => !instruments.has(name))
  if (unknown.length > 0)
    throw new Error(`There is no instrument ${unknown.join(', ')}. There are ${[...instruments.keys()].join(', ')}.`)
  return wanted.length > 0 ? wanted : [...instruments.keys()]
}

export interface Made {
  readonly project: string
  readonly truth: string
  /** Categories of each node; none: the set holds no node. */
  readonly categories: readonly number[]
}

export async function made(
  name: string,
  generator: Generator,
  samples: number,
  seed: number,
  folder: string,
): Promise<Made> {
  const { noise = null, overlap = null, structures } = generator
  const none = { conditional: null, latents: null, privates: null, spread: null, degree: null }
  const set = await generator.make({ samples, seed, structure: structures?.[0] ?? null, noise, overlap, ...none })
  await writeFiles({ ...set, name, labelled: null, settings: { samples, seed } }, folder)
  const project = join(folder, 'study.causalscope')
  await causalscope('import', folder, '--project', project)
  return {
    project,
    truth: join(folder, 'truth.json'),
    categories: set.nodes.map(({ categories }) => categories.length),
  }
}
