/**
 * MMLSynData: a label, a cause that is sufficient and necessary for it, one that is sufficient, one that is necessary,
 * and a spurious one, seen by three modalities (Wang et al., arXiv 2407.14058; numbers in docs/data-sets.md). The paper
 * prints k1 k2, which is 0 everywhere; the sum is made here.
 */
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { type Generator, required, roundTo, sampleIds, type SyntheticTable } from './sample-set.ts'

/** What tells the modalities apart: how often the necessary cause follows the sufficient and necessary one. */
const modalities = [
  { name: 'first', necessary: 0.5 },
  { name: 'second', necessary: 0.7 },
  { name: 'third', necessary: 0.9 },
] as const

/** Measured values of each cause in each modality. */
const width = 5
const columns = 4 * width
const noiseSd = Math.sqrt(0.4)
const flipped = 0.15
const alsoSufficient = 0.1
/** One sample in so many is for testing: 200 of 1,200. */
const isTest = (i: number): boolean => i % 6 === 5
const decimals = 6

const causes = ['sn', 'sf', 'nc', 'sp'] as const

/** sigmoid(k1(t) + k2(t)) with k1 = t - .5 above 0 and k2 = t + .5 below. */
function measured(t: number): number {
  const bent = t > 0 ? t - 0.5 : t < 0 ? t + 0.5 : 0
  return 1 / (1 + Math.exp(-bent))
}

/** One sample: causes as bits (sn, label, sf, nc of each modality), the spurious cause [5], a row [20] a modality. */
function drawSample(degree: number, random: RandomStream) {
  const chance = (p: number): number => Number(random.uniform() < p)
  const sn = chance(0.5)
  const label = sn ^ chance(flipped)
  // Drawn whether used or not: a sample's draws are the same in number whatever came out.
  const sufficient = chance(alsoSufficient)
  const sf = sn === 1 ? 1 : sufficient
  const nc = modalities.map(({ necessary }) => sn * chance(necessary))
  const sp = Array.from({ length: width }, () => degree * sn + (1 - degree) * random.normal())
  const rows = nc.map((necessary) =>
    [sn, sf, necessary]
      .flatMap((cause) => Array.from({ length: width }, () => cause))
      .concat(sp)
      .map((t) => measured(t + noiseSd * random.normal())),
  )
  return { bits: [sn, label, sf, ...nc], sp, rows }
}

/** Letters at the end: a header that ends in a number would read as a point of a curve's grid. */
const columnNames = (modality: string): string[] =>
  causes.flatMap((cause) => Array.from('abcde', (letter) => `${modality}_${cause}_${letter}`))

const bit = ['0', '1']
const nodeNames = ['sn', 'label', 'sf', ...modalities.map(({ name }) => `nc_${name}`)]
const spuriousNames = Array.from({ length: width }, (_, k) => `sp${k + 1}`)

export const mmlsyn: Generator = {
  description: 'three tables of causes that are sufficient, necessary, both or neither for a label',
  samples: 1200,
  degree: 0.1,
  make: ({ samples: n, seed, degree: given }) => {
    const degree = required(given, 'degree')
    const random = RandomStream.of(seed, 'synthetic/mmlsyn')
    const ids = sampleIds('p', n)
    const factors = new Uint8Array(n * nodeNames.length)
    const latents = spuriousNames.map((name) => ({ name, values: new Float64Array(n) }))
    const tables = modalities.map(({ name }): SyntheticTable & { values: Float64Array } => ({
      name,
      columns: columnNames(name),
      values: new Float64Array(n * columns),
    }))
    for (let i = 0; i < n; i++) {
      const { bits, sp, rows } = drawSample(degree, random)
      factors.set(bits, i * bits.length)
      latents.forEach((latent, k) => (latent.values[i] = sp[k]!))
      rows.forEach((row, m) => row.forEach((x, k) => (tables[m]!.values[i * columns + k] = roundTo(x, decimals))))
    }
    return {
      ids,
      nodes: nodeNames.map((name) => ({ name, categories: bit })),
      edges: nodeNames.slice(1).map((_, at): [number, number] => [0, at + 1]),
      factors,
      latents,
      causes: {
        given: 'sn',
        list: [
          { name: 'sn', of: ['sn'] },
          { name: 'sf', of: ['sf'] },
          { name: 'nc', of: modalities.map(({ name }) => `nc_${name}`) },
          { name: 'sp', of: spuriousNames },
          ...modalities.map(({ name }) => ({ name: `nc_${name}`, of: [`nc_${name}`] })),
        ],
        test: ids.filter((_, i) => isTest(i)),
      },
      images: null,
      curves: null,
      tables,
      metadata: [
        { name: 'label', categories: bit, codes: factors.filter((_, k) => k % nodeNames.length === 1) },
        {
          name: 'split',
          categories: ['train', 'test'],
          codes: Uint8Array.from({ length: n }, (_, i) => Number(isTest(i))),
        },
      ],
      notes: [
        `sn is sufficient and necessary for the label, which differs from it in ${100 * flipped} % of the samples; sp follows sn to degree ${degree} and does nothing to the label. metadata.csv has the label and the split, truth.json the causes.`,
      ],
    }
  },
}
