/** truth.json of a synthetic set (truth.ts has its shape), with the settings that made it. */
import type { TruthFile } from '../truth.ts'
import type { SyntheticSet } from './sample-set.ts'

/** Marks a folder as written by `synth`: only such a folder is ever replaced. */
export const generatorMark = 'causalscope synth'

export function truthOf(set: SyntheticSet): TruthFile {
  const width = set.nodes.length
  const nameOf = (l: number): string => set.nodes[l]!.name
  return {
    generator: generatorMark,
    name: set.name,
    settings: set.settings,
    notes: set.notes,
    nodes: set.nodes.map(({ name, categories }) => ({ name, categories: [...categories] })),
    edges: set.edges.map(([from, to]): [string, string] => [nameOf(from), nameOf(to)]),
    factors: Object.fromEntries(set.ids.map((id, i) => [id, [...set.factors.subarray(i * width, (i + 1) * width)]])),
    ...(set.latents.length === 0
      ? {}
      : {
          latents: {
            names: set.latents.map((latent) => latent.name),
            values: Object.fromEntries(set.ids.map((id, i) => [id, set.latents.map((latent) => latent.values[i]!)])),
          },
        }),
    ...(set.causes === undefined
      ? {}
      : {
          causes: {
            given: set.causes.given,
            list: set.causes.list.map(({ name, of }) => ({ name, of: [...of] })),
            test: [...set.causes.test],
          },
        }),
  }
}
