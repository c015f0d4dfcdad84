/** The graph view's state: the learned graph, what is chosen in it, what it is compared with; changes go to the project. */
import type { RequestOf, ResponseOf } from '../../../src-shared/contract.ts'
import type { GraphChange, GraphView, KnownFrom } from '../../../src-shared/contract/graphs.ts'
import { type ErrorData, toErrorData } from '../../../src-shared/errors.ts'
import type { Setting } from '../../../src-shared/graph-questions/called.ts'
import { shownReadings } from '../../../src-shared/findings/readings.ts'
import { pictureOf } from '../../../src-shared/graph-picture/picture.ts'
import type { Knowledge } from '../../../src-shared/knowledge/knowledge.ts'
import { request } from '../../client.ts'
import type { GraphSelection } from '../../graph/selection.ts'
import { type ModalityValues, loadValues } from '../../state/sample-values.ts'
import { attempt } from '../../state/toasts.svelte.ts'

type ComparedWith = RequestOf<'graph.compare'>['with']

/** The graph as people call it. */
export function underShownNames({ nodes, edges, given, annotations }: GraphView) {
  return {
    nodes: nodes.map((node, l) => ({
      ...node,
      name: annotations.names[l] ?? node.name,
      categories: node.categories.map((name, k) => annotations.categories[l]?.[k] ?? name),
    })),
    edges,
    given,
  }
}

export class GraphSession {
  readonly run: number
  view = $state.raw<GraphView | null>(null)
  /** Component means decoded, in the order of `view.components`. */
  decoded = $state.raw<readonly ModalityValues[]>([])
  error = $state.raw<ErrorData | null>(null)
  selected = $state.raw<GraphSelection | null>(null)
  comparison = $state.raw<ResponseOf<'graph.compare'> | null>(null)
  comparedWith = $state.raw<ComparedWith | null>(null)
  /** Learned nodes and edges under the names that people gave them. */
  readonly shown = $derived(this.view === null ? null : underShownNames(this.view))
  readonly picture = $derived(this.shown === null ? null : pictureOf(this.shown, this.comparison))
  /** Readings of the clusters that fit equally and differ, the graph's own first. */
  readonly readings = $derived(
    this.view === null || this.shown === null ? [] : shownReadings(this.view, this.shown, this.view.judgement),
  )

  constructor(run: number) {
    this.run = run
  }

  async load(): Promise<void> {
    this.error = null
    try {
      const view = await request('graph.get', { run: this.run })
      this.decoded = await loadValues(view.decoded)
      this.view = view
    } catch (error) {
      this.error = toErrorData(error)
    }
  }

  nameOf(node: number): string {
    return this.view?.annotations.names[node] ?? String(node)
  }

  categoriesOf(node: number): readonly string[] {
    return this.view?.annotations.categories[node] ?? []
  }

  change(change: GraphChange): Promise<boolean> {
    return this.#take(() => request('graph.change', { run: this.run, change }))
  }

  /** What is known since the run was done. Throws where it is refused. */
  know(known: KnownFrom): Promise<void> {
    return this.#changed(() => request('graph.know', { run: this.run, known: $state.snapshot<KnownFrom>(known) }))
  }

  /** Why `know` would refuse this; null where it would not. */
  async whyNotKnown(knowledge: Knowledge): Promise<ErrorData | null> {
    try {
      return (await request('graph.check', { run: this.run, knowledge: $state.snapshot<Knowledge>(knowledge) })).why
    } catch (error) {
      return toErrorData(error)
    }
  }

  /** Keeps the question with the run: its report answers it. */
  keep(settings: readonly Setting[]): Promise<boolean> {
    return attempt(async () => {
      const set = settings.map((one) => ({ ...one }))
      const annotations = await request('intervene.keep', { run: this.run, settings: set })
      if (this.view !== null) this.view = { ...this.view, annotations }
    })
  }

  undo(): Promise<boolean> {
    return this.#take(() => request('graph.undo', { run: this.run }))
  }

  redo(): Promise<boolean> {
    return this.#take(() => request('graph.redo', { run: this.run }))
  }

  async compare(other: ComparedWith): Promise<boolean> {
    return attempt(async () => {
      this.comparison = await request('graph.compare', { run: this.run, with: other })
      this.comparedWith = other
    })
  }

  endComparison(): void {
    this.comparison = null
    this.comparedWith = null
  }

  #take(work: () => Promise<ResponseOf<'graph.change'>>): Promise<boolean> {
    return attempt(() => this.#changed(work))
  }

  async #changed(work: () => Promise<ResponseOf<'graph.change'>>): Promise<void> {
    const { annotations, finding, given, knownSince } = await work()
    if (this.view === null) return
    if (JSON.stringify(given) !== JSON.stringify(this.view.given)) {
      this.selected = null
      await this.load()
      if (this.comparedWith !== null) await this.compare(this.comparedWith)
      return
    }
    this.view = { ...this.view, annotations, finding, knownSince }
  }
}
