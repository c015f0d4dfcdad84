/** What points are coloured by: clusters, a node, a metadata column, how badly a modality is rebuilt. */
import type { ClustersView } from '../../../src-shared/contract/clusters.ts'
import {
  categoryColours,
  coloursOfCodes,
  coloursOfNumbers,
  css,
  type Rgb,
  scaleRange,
  sequential,
} from '../../charts/scatter/colours.ts'
import type { PointPalette } from '../../charts/scatter/palette.ts'

export type ColourKey = 'component' | `node:${number}` | `label:${number}` | `error:${number}`

export interface ColourChoice {
  readonly key: ColourKey
  readonly title: string
}

export function colourChoices(view: ClustersView): readonly ColourChoice[] {
  return [
    { key: 'component', title: 'Cluster' },
    ...view.nodes.map(({ name }, i): ColourChoice => ({ key: `node:${i}`, title: `Node: ${name}` })),
    ...view.labels.map(({ column }, i): ColourChoice => ({ key: `label:${i}`, title: `Metadata: ${column}` })),
    ...view.errors.map(({ modality }, i): ColourChoice => ({ key: `error:${i}`, title: `Error of ${modality}` })),
  ]
}

/** The values behind a choice and what they are called. */
export interface ColourSource {
  readonly ref: ClustersView['component']
  /** Category names by code; null: numbers along a scale. */
  readonly categories: readonly string[] | null
}

export function colourSource(view: ClustersView, key: ColourKey): ColourSource {
  const clusters = { ref: view.component, categories: view.components.map(({ title }) => title) }
  const [kind, place = '0'] = key.split(':')
  const index = Number(place)
  switch (kind) {
    case 'node': {
      const node = view.nodes[index]
      return node === undefined ? clusters : { ref: node.values, categories: node.categories }
    }
    case 'label': {
      const label = view.labels[index]
      if (label === undefined) return clusters
      return { ref: label.values, categories: label.kind === 'category' ? label.categories : null }
    }
    case 'error': {
      const error = view.errors[index]
      return error === undefined ? clusters : { ref: error.values, categories: null }
    }
    default:
      return clusters
  }
}

export interface LegendEntry {
  readonly code: number
  readonly name: string
  readonly colour: string
  readonly samples: number
}

export type Legend =
  | { readonly kind: 'categories'; readonly entries: readonly LegendEntry[]; readonly missing: number }
  | {
      readonly kind: 'scale'
      readonly low: number
      readonly high: number
      readonly gradient: string
      readonly missing: number
    }

export interface Coloured {
  /** Packed, [n] */
  readonly colours: Uint32Array
  readonly legend: Legend
}

function counts(codes: ArrayLike<number>, categories: number): { readonly each: Int32Array; readonly missing: number } {
  const each = new Int32Array(categories)
  let missing = 0
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (code >= 0 && code < categories) each[code]!++
    else missing++
  }
  return { each, missing }
}

/** @param values codes or numbers, [n] */
export function coloured(
  values: ArrayLike<number>,
  categories: readonly string[] | null,
  palette: PointPalette,
): Coloured {
  if (categories !== null) {
    const shades = categoryColours(categories.length, palette.data, palette.ink, palette.surface)
    const { each, missing } = counts(values, categories.length)
    const entries = categories.map((name, code) => ({
      code,
      name,
      colour: css(shades[code] ?? palette.missing),
      samples: each[code] ?? 0,
    }))
    return {
      colours: coloursOfCodes(values, shades, palette.missing),
      legend: { kind: 'categories', entries, missing },
    }
  }
  const range = scaleRange(values)
  let missing = 0
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) missing++
  const stops: readonly Rgb[] = Array.from({ length: 9 }, (_, i) => sequential(i / 8, palette.scale))
  return {
    colours: coloursOfNumbers(values, range, palette.scale, palette.missing),
    legend: {
      kind: 'scale',
      low: range[0],
      high: range[1],
      gradient: `linear-gradient(90deg, ${stops.map(css).join(', ')})`,
      missing,
    },
  }
}

/** Rows whose code is one of these, ascending. */
export function rowsWithCode(codes: ArrayLike<number>, code: number): Int32Array {
  const rows = new Int32Array(codes.length)
  let found = 0
  for (let i = 0; i < codes.length; i++) if (codes[i] === code) rows[found++] = i
  return rows.slice(0, found)
}

/** How many of the rows have each code, [code, rows], the most frequent first. */
export function makeupOf(rows: Iterable<number>, codes: ArrayLike<number>): readonly (readonly [number, number])[] {
  const held = new Map<number, number>()
  for (const row of rows) {
    const code = codes[row] ?? -1
    held.set(code, (held.get(code) ?? 0) + 1)
  }
  return [...held].sort(([, a], [, b]) => b - a)
}
