/** What the calibration trains on: families of data by different makers, and data that hold nothing to find. */

/** `set`: may set thresholds; `report`: is only reported. A family is in one half, with all its seeds and sizes. */
export type Half = 'set' | 'report'

export interface Case {
  readonly name: string
  readonly half: Half
  /** `null`: nothing discrete to find. Others have a truth; an edge that it does not hold is false. */
  readonly kind: 'positive' | 'null'
  readonly samples: number
  readonly seed: number
  readonly structure?: string
  readonly overlap?: number
}

type Family = Pick<Case, 'name' | 'half' | 'kind' | 'structure' | 'overlap'> & { readonly sizes: readonly number[] }

const families: readonly Family[] = [
  { name: 'blobs-lines', half: 'set', kind: 'null', sizes: [1000, 400] },
  { name: 'heavy-tails', half: 'report', kind: 'null', sizes: [1000, 400] },
  { name: 'circles', structure: 'chain', half: 'set', kind: 'positive', sizes: [1000, 256, 4096] },
  { name: 'circles-line', structure: 'collider', half: 'report', kind: 'positive', sizes: [1000, 256, 4096] },
  { name: 'spiral-line', half: 'set', kind: 'null', sizes: [1000, 400] },
  { name: 'texture-peak', half: 'report', kind: 'null', sizes: [1000, 400] },
  { name: 'ring-decay', half: 'set', kind: 'positive', sizes: [1200] },
  { name: 'disc-slope', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'one-cluster', half: 'set', kind: 'null', sizes: [1000, 400] },
  { name: 'correlated-causes', half: 'report', kind: 'null', sizes: [1000, 400] },
  { name: 'noise-images', half: 'report', kind: 'null', sizes: [500, 64] },
  { name: 'galaxies-light', half: 'report', kind: 'null', sizes: [1000, 400] },
  { name: 'soil-cores', half: 'report', kind: 'null', sizes: [1000, 400] },
  { name: 'discs-decays', half: 'set', kind: 'null', sizes: [1000] },
  { name: 'blobs-oscillation', half: 'set', kind: 'positive', sizes: [1200] },
  { name: 'loading-grain', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'blobs-oscillation', structure: 'independent', half: 'set', kind: 'positive', sizes: [1200] },
  { name: 'shuffled-pairing', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'stripes-peak', half: 'set', kind: 'positive', sizes: [1200] },
  { name: 'cells-growth', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'ring-decay', overlap: 0.1, half: 'set', kind: 'positive', sizes: [1200] },
  { name: 'disc-slope', overlap: 0.2, half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'spectrum-assay', half: 'set', kind: 'positive', sizes: [1200] },
  { name: 'spots-edge', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'grains-stress', half: 'set', kind: 'positive', sizes: [1200] },
  { name: 'diode-particles', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'dose-plate', half: 'set', kind: 'positive', sizes: [1200] },
  { name: 'droplet-relaxation', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'gradient-onset', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'rings-ratio', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'fibres-loop', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'beam-vibration', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'phases-heat', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'powder-isotherm', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'glass-transmission', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'lines-features', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'echo-heartbeat', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'gather-log', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'wear-friction', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'pollen-emission', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'gel-blood', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'diffraction-cement', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'decay-peptides', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'coating-voltammetry-impedance', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'olivine-raman', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'carbonate-weight', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'yeast-chromatogram', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'borehole-tremor', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'dendrites-cooling', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'snow-sounding', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'calls-wings', half: 'report', kind: 'positive', sizes: [1200] },
  { name: 'fundus-retinogram', half: 'report', kind: 'positive', sizes: [1200] },
]

/** Seed by seed, a family at a time at its first size, then at its others: a run that is stopped has seen them all alike. */
export function calibrationCases(seeds: number): readonly Case[] {
  const longest = Math.max(...families.map(({ sizes }) => sizes.length))
  const cases: Case[] = []
  for (let at = 0; at < longest; at++)
    for (let seed = 0; seed < seeds; seed++)
      for (const { sizes, ...family } of families) {
        const samples = sizes[at]
        if (samples !== undefined) cases.push({ ...family, samples, seed })
      }
  return cases
}

export function keyOf({ name, structure, overlap, samples, seed }: Case): string {
  return [name, structure ?? '', overlap ?? '', samples, seed].join(' ')
}
