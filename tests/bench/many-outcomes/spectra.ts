/** Spectra that show nodes of many joint outcomes, as the files that an import reads. */
import { RandomStream } from '../../../src-shared/random/stream.ts'

export interface SpectraOptions {
  readonly samples: number
  /** Of a point; categories of a node are 1 apart. */
  readonly noise: number
  readonly seed: number
  /** Every point sums all nodes instead of one. */
  readonly mixed: boolean
}

/** Points of a spectrum for each node. */
const bandPoints = 8
/** How often a node's category follows its parent's; else any. */
const follows = 0.6

/** [node]: a chain in the order of the nodes. */
function drawNodes(categories: readonly number[], random: RandomStream): number[] {
  const drawn: number[] = []
  for (const [i, size] of categories.entries()) {
    const parent = drawn[i - 1]
    drawn.push(parent !== undefined && random.uniform() < follows ? parent % size : random.integer(size))
  }
  return drawn
}

/** File names with their content: the spectra, and the truth as `evaluate` takes it. */
export function writeSpectra(
  categories: readonly number[],
  { samples, noise, seed, mixed }: SpectraOptions,
): Readonly<Record<string, string>> {
  const [causes, points] = [RandomStream.of(seed, 'many-outcomes/nodes'), RandomStream.of(seed, 'many-outcomes/points')]
  const length = categories.length * bandPoints
  const weights = Array.from({ length }, (_, t) =>
    categories.map((_, node) => {
      if (mixed) return points.normal()
      const distance = (t - (node + 0.5) * bandPoints + 0.5) / (bandPoints / 5)
      return Math.exp(-0.5 * distance * distance)
    }),
  )
  const rows = Array.from({ length: samples }, (_, i) => {
    const drawn = drawNodes(categories, causes)
    const values = weights.map((row) =>
      (row.reduce((sum, w, node) => sum + w * drawn[node]!, 0) + noise * points.normal()).toFixed(4),
    )
    return { id: `s${i}`, drawn, values }
  })
  const header = ['id', ...Array.from({ length }, (_, t) => `y@${t}`)]
  const names = categories.map((_, i) => `cause ${i + 1}`)
  return {
    'spectra.csv': `${[header, ...rows.map(({ id, values }) => [id, ...values])].map((row) => row.join()).join('\n')}\n`,
    'truth.json': JSON.stringify({
      nodes: names.map((name, i) => ({
        name,
        categories: Array.from({ length: categories[i]! }, (_, k) => String(k)),
      })),
      edges: names.slice(1).map((name, i) => [names[i], name]),
      factors: Object.fromEntries(rows.map(({ id, drawn }) => [id, drawn])),
    }),
  }
}
