/** Runs with as many joint outcomes as there are, with fewer, and where there are none to count. */

/** Thresholds are set on the first half alone and reported on the second. */
export type Half = 'set' | 'report'
export const asking = ['as many', 'fewer', 'nothing there', 'measured'] as const

export interface Case {
  readonly half: Half
  /** A set of `synth`, or a folder under `called`. */
  readonly set: string
  readonly folder?: string
  readonly asked: (typeof asking)[number]
  readonly nodes: string
}

/** The quick ones first, so that what is stopped early has a few of everything. */
const tables: readonly (readonly [string, Half])[] = [
  ['spectrum-assay', 'set'],
  ['powder-isotherm', 'report'],
  ['glass-transmission', 'set'],
  ['lines-features', 'set'],
]
const images: readonly (readonly [string, Half])[] = [
  ['stripes-peak', 'set'],
  ['ring-decay', 'report'],
  ['circles-line', 'set'],
  ['diode-particles', 'report'],
]
const nulls: readonly (readonly [string, Half])[] = [
  ['heavy-tails', 'set'],
  ['spiral-line', 'report'],
  ['one-cluster', 'set'],
  ['texture-peak', 'report'],
  ['blobs-lines', 'set'],
  ['correlated-causes', 'report'],
]

const asks = (sets: typeof tables, nodes: string, asked: Case['asked']): readonly Case[] =>
  sets.map(([set, half]) => ({ half, set, asked, nodes }))

/** @param mnist folder of the bundled sample */
export function dividedCases(mnist: string): Case[] {
  return [
    ...asks(tables, '2,2,2', 'as many'),
    ...asks(tables, '2,3', 'fewer'),
    ...asks(tables, '2,2', 'fewer'),
    ...asks(nulls.slice(0, 3), '2,2', 'nothing there'),
    ...asks(images.slice(0, 2), '2,2,2', 'as many'),
    ...asks(images.slice(0, 2), '2,3', 'fewer'),
    { half: 'report', set: 'Mechanical MNIST', folder: mnist, asked: 'measured', nodes: '10' },
    ...asks(nulls.slice(3), '2,2', 'nothing there'),
    ...asks(images.slice(2), '2,2,2', 'as many'),
    ...asks(images.slice(2), '2,3', 'fewer'),
    ...asks(images, '2,2', 'fewer'),
  ]
}
