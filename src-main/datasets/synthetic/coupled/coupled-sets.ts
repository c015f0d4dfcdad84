/** `sphere` and `convex`: two tables of measurements whose semantic latents are coupled without a direction. */
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { type Generator, required, roundTo, sampleIds, type SyntheticTable } from '../sample-set.ts'
import { type Conditional, conditionals, coupledSampler, measuredSize, type Space } from './coupled-latents.ts'

const decimals = 6

/** Letters only: a header that ends in a number would read as a point of a curve's grid. */
function columnName(side: string, at: number): string {
  const letter = (i: number): string => String.fromCharCode(97 + i)
  return `${side}_${at < 26 ? letter(at) : letter(Math.floor(at / 26) - 1) + letter(at % 26)}`
}

function coupledSet(space: Space, description: string): Generator {
  const offered = Object.keys(conditionals[space]) as Conditional[]
  return {
    description,
    samples: 20_000,
    conditionals: offered,
    latents: 5,
    privates: 5,
    make: ({ samples: n, seed, conditional: named, latents: size, privates: hidden, spread: given }) => {
      const conditional = offered.find((name) => name === named) ?? offered[0]!
      const latents = required(size, 'latents')
      const privates = required(hidden, 'privates')
      const spread = given ?? conditionals[space][conditional]!
      const design = { space, latents, privates, conditional, spread }
      const draw = coupledSampler(design, RandomStream.of(seed, `synthetic/${space}/maps`))
      const random = RandomStream.of(seed, `synthetic/${space}/samples`)
      const width = measuredSize(design)
      const tables = (['x', 't'] as const).map((name): SyntheticTable & { values: Float64Array } => ({
        name,
        columns: Array.from({ length: width }, (_, at) => columnName(name, at)),
        values: new Float64Array(n * width),
      }))
      // What both sides share is told by the first; the second is drawn around it.
      const shared = Array.from({ length: latents }, (_, k) => ({ name: `z${k + 1}`, values: new Float64Array(n) }))
      for (let i = 0; i < n; i++) {
        const { zx, x, t } = draw(random)
        ;[x, t].forEach((row, m) =>
          row.forEach((value, k) => (tables[m]!.values[i * width + k] = roundTo(value, decimals))),
        )
        shared.forEach((latent, k) => (latent.values[i] = zx[k]!))
      }
      return {
        ids: sampleIds('p', n),
        nodes: [],
        edges: [],
        factors: new Uint8Array(0),
        latents: shared,
        images: null,
        curves: null,
        tables,
        notes: [
          `The latents are those of x, ${space === 'sphere' ? 'uniform on the sphere' : 'uniform in the box'}; those of t are drawn around them (${conditional}, ${conditional === 'vmf' ? 'kappa' : 'scale'} ${spread}). Private latents of each side: ${privates}.`,
        ],
      }
    },
  }
}

export const coupledSets: ReadonlyMap<string, Generator> = new Map([
  [
    'sphere',
    coupledSet('sphere', 'two tables whose latents on a sphere are coupled, each with private latents of its own'),
  ],
  [
    'convex',
    coupledSet('convex', 'two tables whose latents in a box are coupled, each with private latents of its own'),
  ],
])
