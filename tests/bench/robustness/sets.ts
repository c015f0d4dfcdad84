/** Sets in which an assumption fails: samples of the ordinary generators, chosen, kept from view or disturbed. */
import { sampleNetwork } from '../../../src-main/datasets/synthetic/bayesian-network.ts'
import type { BayesianNetwork } from '../../../src-main/datasets/synthetic/bayesian-network.ts'
import { makeSynthetic, type SyntheticOptions } from '../../../src-main/datasets/synthetic/registry.ts'
import { roundTo, sampleIds, type SyntheticSet } from '../../../src-main/datasets/synthetic/sample-set.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

/** A spectrum that shows splitting and ratio, and a table of contents that shows splitting and source; quick to train on. */
export function spectra(options: SyntheticOptions): Promise<SyntheticSet> {
  return makeSynthetic('spectrum-assay', options)
}

/** The set's samples of these rows, in their order. */
function ofRows(set: SyntheticSet, rows: readonly number[]): SyntheticSet {
  const picked = <A extends Float64Array | Uint8Array>(values: A): A => {
    const width = values.length / set.ids.length
    const made = values.slice(0, rows.length * width) as A
    rows.forEach((row, i) => made.set(values.subarray(row * width, (row + 1) * width), i * width))
    return made
  }
  return {
    ...set,
    ids: rows.map((row) => set.ids[row]!),
    factors: picked(set.factors),
    latents: [],
    images: set.images === null ? null : { ...set.images, pixels: picked(set.images.pixels) },
    curves: set.curves === null ? null : { ...set.curves, values: picked(set.curves.values) },
    ...(set.vectors === undefined ? {} : { vectors: { ...set.vectors, values: picked(set.vectors.values) } }),
    labelled: set.labelled === null ? null : picked(set.labelled),
  }
}

const factorsOf = (set: SyntheticSet, row: number): readonly number[] =>
  Array.from(set.factors.subarray(row * set.nodes.length, (row + 1) * set.nodes.length))

/** Samples that somebody's rule keeps: each with the probability that its factors have. The first `samples` of them. */
export function selected(
  set: SyntheticSet,
  samples: number,
  keep: (factors: readonly number[]) => number,
  seed: number,
): SyntheticSet {
  const random = RandomStream.of(seed, 'robustness/selected')
  const rows = set.ids.flatMap((_, row) => (random.uniform() < keep(factorsOf(set, row)) ? [row] : []))
  if (rows.length < samples) throw new Error(`Only ${rows.length} of ${samples} samples are left.`)
  return ofRows(set, rows.slice(0, samples))
}

/**
 * Samples whose factors follow a network that has more nodes than the set shows: for each draw of the network the next
 * sample with these factors. The network's first nodes are the set's; what it has besides is seen by no instrument.
 */
export function drivenBy(
  set: SyntheticSet,
  samples: number,
  network: BayesianNetwork,
  seen: readonly (readonly [number, number])[],
  seed: number,
): SyntheticSet {
  const waiting = new Map<string, number[]>()
  set.ids.forEach((_, row) => {
    const key = factorsOf(set, row).join()
    waiting.set(key, [...(waiting.get(key) ?? []), row])
  })
  const width = network.nodes.length
  const drawn = sampleNetwork(network, samples, RandomStream.of(seed, 'robustness/unseen'))
  const rows = Array.from({ length: samples }, (_, i) => {
    const key = Array.from(drawn.subarray(i * width, i * width + set.nodes.length)).join()
    const row = waiting.get(key)?.shift()
    if (row === undefined) throw new Error(`Too few samples with the factors ${key}.`)
    return row
  })
  return { ...ofRows(set, rows), edges: seen }
}

/** A table of a network's first nodes: what it has besides is no column. */
export function tableOf(
  network: BayesianNetwork,
  samples: number,
  seen: readonly (readonly [number, number])[],
  seed: number,
): SyntheticSet {
  const nodes = network.nodes.slice(0, -1).map(({ name, categories }) => ({ name, categories }))
  const drawn = sampleNetwork(network, samples, RandomStream.of(seed, 'robustness/table'))
  return {
    ...{ name: network.name, ids: sampleIds('r', samples), nodes, edges: seen, latents: [] },
    factors: drawn.filter((_, at) => at % network.nodes.length < nodes.length),
    ...{ images: null, curves: null, labelled: new Uint8Array(samples).fill(1), settings: {}, notes: [] },
  }
}

/** Noise of a standard deviation on every value of the table. */
export function withNoisyTable(set: SyntheticSet, deviation: number, seed: number): SyntheticSet {
  const random = RandomStream.of(seed, 'robustness/noise')
  const vectors = set.vectors!
  return {
    ...set,
    vectors: { ...vectors, values: vectors.values.map((value) => roundTo(value + deviation * random.normal(), 5)) },
  }
}

/** A second table of as many columns that nothing acts on. */
export function withIdleTable(set: SyntheticSet, seed: number): SyntheticSet {
  const random = RandomStream.of(seed, 'robustness/idle')
  const columns = set.vectors!.columns.map((_, i) => `channel ${String.fromCharCode(97 + i)}`)
  const values = Float64Array.from({ length: columns.length * set.ids.length }, () => roundTo(random.normal(), 5))
  return { ...set, tables: [{ name: 'first', columns, values }] }
}

export function withoutTable(set: SyntheticSet): SyntheticSet {
  return { ...set, vectors: undefined }
}

export function withoutCurves(set: SyntheticSet): SyntheticSet {
  return { ...set, curves: null }
}

/** Decay curves alone, amplitude -> rate: the notch of the ring beside them is neither shown nor asked for. */
export async function decays(options: SyntheticOptions): Promise<SyntheticSet> {
  const set = await makeSynthetic('ring-decay', options)
  const [, ...nodes] = set.nodes
  return {
    ...set,
    images: null,
    nodes,
    edges: [[0, 1]],
    factors: set.factors.filter((_, at) => at % set.nodes.length > 0),
  }
}
