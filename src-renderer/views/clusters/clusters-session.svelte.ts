/** The clusters view's state: samples in the plane, what colours them, what is selected, which one is picked. */
import type { ClustersView } from '../../../src-shared/contract/clusters.ts'
import { type ErrorData, toErrorData } from '../../../src-shared/errors.ts'
import { load, loadStrings, request } from '../../client.ts'
import { categoryColours, faded, type Rgb } from '../../charts/scatter/colours.ts'
import { pointPalette } from '../../charts/scatter/palette.ts'
import type { Values } from '../../state/sample-values.ts'
import { theme } from '../../state/theme.svelte.ts'
import { attempt } from '../../state/toasts.svelte.ts'
import { ArrayCache } from './array-cache.ts'
import { GalleryCache } from './gallery-cache.ts'
import { type ColourKey, colourSource, coloured } from './colouring.ts'

const empty = new Float32Array(0)

export class ClustersSession {
  readonly run: number
  readonly arrays = new ArrayCache()
  readonly gallery: GalleryCache
  view = $state.raw<ClustersView | null>(null)
  error = $state.raw<ErrorData | null>(null)
  ids = $state.raw<readonly string[]>([])
  /** [n, 2] */
  points = $state.raw<Float32Array>(empty)
  /** Most responsible component of each sample, [n]. */
  components = $state.raw<Values>(new Int32Array(0))
  colourBy = $state<ColourKey>('component')
  #values = $state.raw<{ readonly key: ColourKey; readonly values: Values } | null>(null)
  /** Rows in data set order; null: nothing is selected. */
  selection = $state.raw<Int32Array | null>(null)
  picked = $state<number | null>(null)

  /** One colour a cluster, the same wherever a cluster is shown. */
  readonly shades = $derived.by(() => {
    const { data, ink, surface } = pointPalette(theme.current)
    return categoryColours(this.view?.components.length ?? 0, data, ink, surface)
  })
  readonly #colouring = $derived.by(() => {
    if (this.view === null || this.#values === null) return null
    const { categories } = colourSource(this.view, this.#values.key)
    return coloured(this.#values.values, categories, pointPalette(theme.current))
  })
  readonly legend = $derived(this.#colouring?.legend ?? null)
  /** 1 for selected samples, [n]; null without a selection. */
  readonly front = $derived.by(() => {
    if (this.selection === null) return null
    const front = new Uint8Array(this.points.length / 2)
    for (const row of this.selection) front[row] = 1
    return front
  })
  readonly colours = $derived.by(() => {
    const colours = this.#colouring?.colours ?? new Uint32Array(0)
    return this.front === null ? colours : faded(colours, this.front, pointPalette(theme.current).surface)
  })

  constructor(run: number) {
    this.run = run
    this.gallery = new GalleryCache(run)
  }

  /** The values that colour the points now, [n]. */
  get values(): Values | null {
    return this.#values?.values ?? null
  }

  async load(): Promise<void> {
    this.error = null
    try {
      const view = await request('clusters.get', { run: this.run })
      const [ids, points, components] = await Promise.all([
        loadStrings(view.idsUrl),
        load({ ...view.projection.points, dtype: 'float32' }),
        load(view.component),
      ])
      this.ids = ids
      this.points = points
      this.components = components
      this.#values = { key: 'component', values: components }
      this.view = view
    } catch (error) {
      this.error = toErrorData(error)
    }
  }

  async colour(key: ColourKey): Promise<void> {
    if (this.view === null) return
    const { ref } = colourSource(this.view, key)
    this.colourBy = key
    await attempt(async () => {
      const values = await this.arrays.get(ref)
      // Another choice may have been made while this one was fetched.
      if (this.colourBy === key) this.#values = { key, values }
    })
  }

  select(rows: Int32Array | null): void {
    this.selection = rows !== null && rows.length === 0 ? null : rows
  }

  /** Of the cluster that a sample is in. */
  colourOf(row: number): Rgb {
    const { missing } = pointPalette(theme.current)
    return this.shades[this.components[row] ?? -1] ?? missing
  }

  /** An empty name gives the cluster its own back. */
  rename(outcome: number, name: string): Promise<boolean> {
    return attempt(async () => {
      const { titles } = await request('clusters.rename', { run: this.run, outcome, name })
      if (this.view === null) return
      const components = this.view.components.map((one, c) => ({ ...one, title: titles[c] ?? one.title }))
      this.view = { ...this.view, components }
    })
  }

  describe(row: number): string {
    const title = this.view?.components[this.components[row] ?? -1]?.title
    return `${this.ids[row] ?? row}${title === undefined ? '' : ` · ${title}`}`
  }
}
