/**
 * Circles (causal-pima.md section 8): a disc on white, 28 x 28 x 3, whose hue, radius and shift are the three nodes of a
 * known graph. The paper's generator is not public; this is our renderer.
 */
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { type BayesianNetwork, type NetworkNode, networkEdges, sampleNetwork } from './bayesian-network.ts'
import { type Generator, type SyntheticSettings, type UnlabelledSet, sampleIds, toByte } from './sample-set.ts'

const circleSize = 28

export const circleStructures = ['complete', 'fork', 'chain', 'collider'] as const
export type CircleStructure = (typeof circleStructures)[number]

const isCircleStructure = (name: string | null): name is CircleStructure => circleStructures.some((s) => s === name)

const binary = ['0', '1']
/** Rows [P(0), P(1)] keyed by the parents' categories, from the probabilities of a 1. */
function onProbability(parents: readonly string[], rows: Readonly<Record<string, number>>): Omit<NetworkNode, 'name'> {
  const table = Object.fromEntries(Object.entries(rows).map(([key, p]) => [key, [1 - p, p]]))
  return { categories: binary, parents, table }
}

const hue: NetworkNode = { name: 'hue', ...onProbability([], { '': 0.5 }) }
const radiusOfHue: NetworkNode = { name: 'radius', ...onProbability(['hue'], { '0': 0.15, '1': 0.8 }) }
const shiftOfBoth: NetworkNode = {
  name: 'shift',
  ...onProbability(['hue', 'radius'], { '0,0': 0.1, '0,1': 0.6, '1,0': 0.3, '1,1': 0.9 }),
}
const shiftOf = (parent: string): NetworkNode => ({
  name: 'shift',
  ...onProbability([parent], { '0': 0.85, '1': 0.25 }),
})

const source = 'causal-pima.md section 8'
/** The four graphs over hue, radius and shift with their tables. */
export const circleNetworks: Readonly<Record<CircleStructure, BayesianNetwork>> = {
  complete: { name: 'complete', source, nodes: [hue, radiusOfHue, shiftOfBoth] },
  fork: { name: 'fork', source, nodes: [hue, radiusOfHue, shiftOf('hue')] },
  chain: { name: 'chain', source, nodes: [hue, radiusOfHue, shiftOf('radius')] },
  collider: {
    name: 'collider',
    source,
    nodes: [hue, { name: 'radius', ...onProbability([], { '': 0.4 }) }, shiftOfBoth],
  },
}

export interface Circle {
  /** Degrees on the colour wheel. */
  readonly hue: number
  /** Pixels. */
  readonly radius: number
  /** Pixels to the right of column 14. */
  readonly shift: number
}

/** One disc on white, 8-bit RGB [28, 28, 3]: colour at full saturation, edge sigmoid(2 (radius - distance)). */
export function renderCircle({ hue, radius, shift }: Circle, out = new Uint8Array(circleSize ** 2 * 3)): Uint8Array {
  const sextant = (((hue / 60) % 6) + 6) % 6
  // HSV to RGB at full saturation and value: channel = 1 - max(0, min(k, 4 - k, 1)).
  const rgb = [5, 3, 1].map((offset) => {
    const k = (offset + sextant) % 6
    return 1 - Math.max(0, Math.min(k, 4 - k, 1))
  })
  for (let y = 0; y < circleSize; y++) {
    for (let x = 0; x < circleSize; x++) {
      const distance = Math.hypot(x - 14 - shift, y - 14)
      const cover = 1 / (1 + Math.exp(-2 * (radius - distance)))
      const pixel = (y * circleSize + x) * 3
      for (let c = 0; c < 3; c++) out[pixel + c] = toByte(1 - cover * (1 - rgb[c]!))
    }
  }
  return out
}

/** The circle of each sample: hue {0, 240} + N(0, 6) degrees, radius {4, 7} + N(0, .3), shift {-5, 5} + N(0, .5) pixels. */
export function drawCircles(factors: Uint8Array, n: number, stream: RandomStream): Circle[] {
  return Array.from({ length: n }, (_, i) => ({
    hue: (factors[3 * i] === 1 ? 240 : 0) + 6 * stream.normal(),
    radius: (factors[3 * i + 1] === 1 ? 7 : 4) + 0.3 * stream.normal(),
    shift: (factors[3 * i + 2] === 1 ? 5 : -5) + 0.5 * stream.normal(),
  }))
}

/** The graph, the factors drawn from it and the circle of each sample. */
export function sampleCircles({ samples: n, seed, structure }: SyntheticSettings): {
  readonly network: BayesianNetwork
  readonly factors: Uint8Array
  readonly circles: readonly Circle[]
} {
  if (!isCircleStructure(structure)) throw new Error(`circles has no structure ${structure ?? 'at all'}`)
  const network = circleNetworks[structure]
  const factors = sampleNetwork(network, n, RandomStream.of(seed, 'circles/factors'))
  return { network, factors, circles: drawCircles(factors, n, RandomStream.of(seed, 'circles/appearance')) }
}

/** Samples with their images and no curve. */
export function circlesSet({ network, factors, circles }: ReturnType<typeof sampleCircles>): UnlabelledSet {
  const bytes = circleSize ** 2 * 3
  const pixels = new Uint8Array(circles.length * bytes)
  circles.forEach((circle, i) => renderCircle(circle, pixels.subarray(i * bytes, (i + 1) * bytes)))
  return {
    ids: sampleIds('c', circles.length),
    nodes: network.nodes.map(({ name, categories }) => ({ name, categories })),
    edges: networkEdges(network),
    factors,
    latents: [],
    images: { height: circleSize, width: circleSize, channels: 3, pixels },
    curves: null,
    notes: [],
  }
}

export const circles: Generator = {
  description: 'discs on white: hue, radius and shift follow a known graph',
  samples: 4096,
  structures: circleStructures,
  make: (settings) => circlesSet(sampleCircles(settings)),
}
