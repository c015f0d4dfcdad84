/**
 * A family of paired measurements: nodes of a graph, or continuous causes, and what an instrument makes of them. A
 * family says how one sample looks; drawing, jitter, noise and rounding are the same for all.
 */
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { networkEdges, sampleNetwork } from '../bayesian-network.ts'
import {
  type Generator,
  type SyntheticCurves,
  type SyntheticImages,
  type SyntheticSettings,
  type SyntheticVectors,
  type UnlabelledSet,
  evenGrid,
  required,
  roundTo,
  sampleIds,
  toByte,
} from '../sample-set.ts'
import type { Networks } from './network.ts'

/** What a sample is like, one number a node or continuous cause. Categories lie evenly over [-1, 1], with jitter. */
export type Levels = readonly number[]

export interface ImageDesign {
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  /** Standard deviation of the camera's noise, of a range of 1. */
  readonly noise: number
  /** Brightness in [0, 1] of a sample at column x, row y; `random` draws its nuisance, before any pixel. */
  paint(levels: Levels, random: RandomStream): (x: number, y: number, channel: number) => number
}

export interface CurveDesign {
  readonly valueLabel: string
  readonly gridLabel: string
  readonly from: number
  readonly to: number
  readonly points: number
  /** Standard deviation of each point's noise by default. */
  readonly noise: number
  trace(levels: Levels, random: RandomStream): (x: number) => number
}

export interface VectorDesign {
  readonly columns: readonly string[]
  /** Standard deviation of each value's noise. */
  readonly noise: number
  measure(levels: Levels, random: RandomStream): readonly number[]
}

interface Instruments {
  readonly description: string
  readonly samples: number
  readonly image?: ImageDesign
  readonly curve?: CurveDesign
  readonly vector?: VectorDesign
  readonly notes?: readonly string[]
}

export interface FamilyDesign extends Instruments {
  /** Graphs on offer by name, the default first. */
  readonly networks: Networks
  /** Default share of the samples that look more like a neighbouring category than like their own. */
  readonly overlap?: number
}

export interface ContinuousDesign extends Instruments {
  readonly causes: readonly string[]
  /** The causes of one sample. */
  draw(random: RandomStream): Levels
}

/** A family whose nodes are discrete and follow a graph. */
export function family(name: string, design: FamilyDesign): Generator {
  return {
    description: design.description,
    samples: design.samples,
    structures: [...design.networks.keys()],
    overlap: design.overlap ?? 0,
    ...(design.curve === undefined ? {} : { noise: design.curve.noise }),
    make: (settings) => {
      const network = design.networks.get(required(settings.structure, 'structure'))!
      const factors = sampleNetwork(network, settings.samples, RandomStream.of(settings.seed, `${name}/factors`))
      const nodes = network.nodes.map(({ name: node, categories }) => ({ name: node, categories }))
      const levels = levelsOf(
        factors,
        nodes.map(({ categories }) => categories.length),
        required(settings.overlap, 'overlap'),
        RandomStream.of(settings.seed, `${name}/appearance`),
      )
      return { ...measured(name, design, settings, levels), nodes, edges: networkEdges(network), factors, latents: [] }
    },
  }
}

/** A family without a category: the causes are recorded as continuous latents, and the truth has no node. */
export function continuousFamily(name: string, design: ContinuousDesign): Generator {
  return {
    description: design.description,
    samples: design.samples,
    ...(design.curve === undefined ? {} : { noise: design.curve.noise }),
    make: (settings) => {
      const random = RandomStream.of(settings.seed, `${name}/causes`)
      const levels = Array.from({ length: settings.samples }, () => design.draw(random).map((x) => roundTo(x, 6)))
      const latents = design.causes.map((cause, c) => ({
        name: cause,
        values: Float64Array.from(levels, (sample) => sample[c]!),
      }))
      return { ...measured(name, design, settings, levels), nodes: [], edges: [], factors: new Uint8Array(), latents }
    },
  }
}

/**
 * Positions of the categories over [-1, 1] with normal jitter. Half the distance between categories is z standard
 * deviations, where a share `overlap` of a normal variable exceeds z; at most 5, so that no appearance is exact.
 */
function levelsOf(factors: Uint8Array, categories: readonly number[], overlap: number, random: RandomStream): Levels[] {
  const z = overlap === 0 ? 5 : Math.min(5, upperQuantile(overlap))
  return Array.from({ length: factors.length / categories.length }, (_, i) =>
    categories.map((k, l) => {
      const half = 1 / (k - 1)
      return -1 + 2 * half * factors[i * categories.length + l]! + (half / z) * random.normal()
    }),
  )
}

/** z that a standard normal exceeds with probability p <= .5, to 5e-4 (Abramowitz and Stegun 26.2.23). */
function upperQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p))
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}

type Measured = Pick<UnlabelledSet, 'ids' | 'images' | 'curves' | 'notes' | 'vectors'>

function measured(name: string, design: Instruments, settings: SyntheticSettings, levels: readonly Levels[]): Measured {
  const stream = (what: string): RandomStream => RandomStream.of(settings.seed, `${name}/${what}`)
  const { image, curve, vector } = design
  return {
    ids: sampleIds('s', settings.samples),
    images: image === undefined ? null : imagesOf(image, levels, stream('image')),
    curves: curve === undefined ? null : curvesOf(curve, levels, required(settings.noise, 'noise'), stream('curve')),
    ...(vector === undefined ? {} : { vectors: vectorsOf(vector, levels, stream('vector')) }),
    notes: design.notes ?? [],
  }
}

function imagesOf(design: ImageDesign, levels: readonly Levels[], random: RandomStream): SyntheticImages {
  const { height, width, channels, noise } = design
  const pixels = new Uint8Array(levels.length * height * width * channels)
  let at = 0
  for (const sample of levels) {
    const brightness = design.paint(sample, random)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < channels; c++) pixels[at++] = toByte(brightness(x, y, c) + noise * random.normal())
  }
  return { height, width, channels, pixels }
}

function curvesOf(
  design: CurveDesign,
  levels: readonly Levels[],
  noise: number,
  random: RandomStream,
): SyntheticCurves {
  const grid = evenGrid(design.from, design.to, design.points)
  const values = new Float64Array(levels.length * grid.length)
  levels.forEach((sample, i) => {
    const value = design.trace(sample, random)
    grid.forEach((x, k) => (values[i * grid.length + k] = roundTo(value(x) + noise * random.normal(), 5)))
  })
  return { valueLabel: design.valueLabel, gridLabel: design.gridLabel, grid, values }
}

function vectorsOf(design: VectorDesign, levels: readonly Levels[], random: RandomStream): SyntheticVectors {
  const values = levels.flatMap((sample) =>
    design.measure(sample, random).map((value) => roundTo(value + design.noise * random.normal(), 5)),
  )
  return { columns: design.columns, values: Float64Array.from(values) }
}
