/**
 * Lattices (causal-pima.md section 8): sections through printed octet and gyroid lattices with their stress-strain
 * curves. The data of Garland et al. 2020, on which PIMA reports 94.74 % accuracy, are not public; this is our renderer.
 * The topology is the one node; the strut thickness is a continuous latent that shows in both modalities.
 */
import { RandomStream } from '../../../src-shared/random/stream.ts'
import {
  type Generator,
  type SyntheticSettings,
  type UnlabelledSet,
  evenGrid,
  required,
  roundTo,
  sampleIds,
  toByte,
} from './sample-set.ts'

const latticeSize = 28
/** Pixels of a unit cell: the section shows two by two. */
export const cellSize = 14
/** Alphabetical, so that an import gives the same codes. */
export const topologies = ['gyroid', 'octet'] as const
export type Topology = (typeof topologies)[number]

const strainPoints = 41
const largestStrain = 0.4

/**
 * Signed distance in pixels from a point of the section to the middle of the nearest strut or wall, x and y in pixels
 * from a cell's corner.
 *
 * Octet: the section through a layer of nodes, a square grid of struts with both diagonals of every cell. Gyroid: the
 * level set g = sin X cos Y + sin Y cos Z + sin Z cos X = 0 at Z = pi / 4, with the distance taken as g / |grad g|.
 */
export function distanceToStrut(topology: Topology, x: number, y: number): number {
  if (topology === 'octet') {
    const toMultiple = (value: number, step: number): number => Math.abs(value - step * Math.round(value / step))
    const edges = Math.min(toMultiple(x, cellSize), toMultiple(y, cellSize))
    const diagonals = Math.min(toMultiple(x + y, cellSize), toMultiple(x - y, cellSize)) / Math.SQRT2
    return Math.min(edges, diagonals)
  }
  const k = (2 * Math.PI) / cellSize
  const [X, Y, Z] = [k * x, k * y, Math.PI / 4]
  const g = Math.sin(X) * Math.cos(Y) + Math.sin(Y) * Math.cos(Z) + Math.sin(Z) * Math.cos(X)
  const dx = k * (Math.cos(X) * Math.cos(Y) - Math.sin(Z) * Math.sin(X))
  const dy = k * (Math.cos(Y) * Math.cos(Z) - Math.sin(X) * Math.sin(Y))
  // Where the gradient vanishes the point lies far from the wall; the floor keeps the quotient finite.
  return Math.abs(g) / Math.max(Math.hypot(dx, dy), 0.05)
}

export interface Lattice {
  readonly topology: Topology
  /** Strut or wall thickness, pixels. */
  readonly thickness: number
  /** Where the section's corner lies in the cell, pixels. */
  readonly offset: readonly [number, number]
}

/** One section, 8-bit grey [28, 28]: bright material, edge sigmoid(3 (thickness / 2 - distance)). */
export function renderLattice(lattice: Lattice, out = new Uint8Array(latticeSize ** 2)): Uint8Array {
  const [offsetX, offsetY] = lattice.offset
  for (let y = 0; y < latticeSize; y++) {
    for (let x = 0; x < latticeSize; x++) {
      const distance = distanceToStrut(lattice.topology, x + offsetX, y + offsetY)
      out[y * latticeSize + x] = toByte(1 / (1 + Math.exp(-3 * (lattice.thickness / 2 - distance))))
    }
  }
  return out
}

/**
 * Elastic-plastic response with relative density rho = thickness / 7 px (Gibson and Ashby): the octet stretches
 * (stiffness and strength proportional to rho), the gyroid bends (stiffness rho^2, strength rho^1.5).
 */
export interface Response {
  /** Slope below the yield strain, MPa. */
  readonly stiffness: number
  readonly yieldStrain: number
  /** Slope beyond the yield strain, MPa. */
  readonly hardening: number
}

export function responseOf(topology: Topology, thickness: number): Response {
  const density = thickness / (cellSize / 2)
  if (topology === 'octet') {
    const stiffness = 240 * density
    return { stiffness, yieldStrain: 0.06, hardening: -0.05 * stiffness }
  }
  const stiffness = 300 * density ** 2
  return { stiffness, yieldStrain: 0.11 / Math.sqrt(density / 0.3), hardening: 0.12 * stiffness }
}

/** Stress in MPa at a strain: linear to the yield strain, then a line of the hardening's slope. */
export function stressAt({ stiffness, yieldStrain, hardening }: Response, strain: number): number {
  return strain < yieldStrain ? stiffness * strain : stiffness * yieldStrain + hardening * (strain - yieldStrain)
}

function makeLattice({ samples: n, seed, noise }: SyntheticSettings): UnlabelledSet {
  const sd = required(noise, 'noise')
  const cause = RandomStream.of(seed, 'lattice/factors')
  const appearance = RandomStream.of(seed, 'lattice/appearance')
  const error = RandomStream.of(seed, 'lattice/noise')
  const factors = new Uint8Array(n)
  const thickness = new Float64Array(n)
  const pixels = new Uint8Array(n * latticeSize ** 2)
  const grid = evenGrid(0, largestStrain, strainPoints)
  const values = new Float64Array(n * strainPoints)
  for (let i = 0; i < n; i++) {
    factors[i] = cause.integer(2)
    thickness[i] = roundTo(1.4 + 1.4 * cause.uniform(), 6)
    const topology = topologies[factors[i]!]!
    const lattice: Lattice = {
      topology,
      thickness: thickness[i]!,
      offset: [0.4 * appearance.normal(), 0.4 * appearance.normal()],
    }
    renderLattice(lattice, pixels.subarray(i * latticeSize ** 2, (i + 1) * latticeSize ** 2))
    const response = responseOf(topology, lattice.thickness)
    grid.forEach((strain, k) => {
      values[i * strainPoints + k] = roundTo(stressAt(response, strain) + sd * error.normal(), 5)
    })
  }
  return {
    ids: sampleIds('l', n),
    nodes: [{ name: 'topology', categories: topologies }],
    edges: [],
    factors,
    latents: [{ name: 'thickness', values: thickness }],
    images: { height: latticeSize, width: latticeSize, channels: 1, pixels },
    curves: { valueLabel: 'stress', valueUnit: 'MPa', gridLabel: 'strain', grid, values },
    notes: [],
  }
}

export const lattice: Generator = {
  description: 'sections of octet and gyroid lattices with stress-strain curves',
  samples: 1024,
  noise: 0.2,
  make: makeLattice,
}
