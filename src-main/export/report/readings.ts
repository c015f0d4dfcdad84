/** Readings of the clusters that fit equally: the graph of each, its disputed nodes decoded, and what would settle it. */
import { pagePaint } from '../../../src-shared/colours.ts'
import { edgesInAll, type ShownReading, shownReadings } from '../../../src-shared/findings/readings.ts'
import { cardinal, list, sentence } from '../../../src-shared/findings/words.ts'
import { contrasts } from '../../../src-shared/graph/contrasts.ts'
import { edgeSigns } from '../../../src-shared/graph/edge-words.ts'
import type { Edge } from '../../../src-shared/graph/edge.ts'
import { named } from '../../../src-shared/graph/marked-graph.ts'
import { pictureOf } from '../../../src-shared/graph-picture/picture.ts'
import { unplaced } from '../../../src-shared/graph-picture/placement.ts'
import { graphSvg } from '../../../src-shared/graph-picture/svg.ts'
import type { ComponentSummary } from '../../../src-shared/methods/facets.ts'
import { facetOf } from '../../../src-shared/methods/results.ts'
import { type CheckedRun, clustersOf } from '../finished-run.ts'
import { type Decoded, decodedModalities, decodedPicture } from './decoded.ts'
import { html, Markup } from './html.ts'

/** Further readings are in `findings --json`. */
const mostShown = 4

/** The components with their categories in a reading. */
function componentsIn(reading: ShownReading, run: CheckedRun): readonly ComponentSummary[] {
  return clustersOf(run).components.map((component) => ({
    ...component,
    categories: reading.categories[component.outcome] ?? component.categories,
  }))
}

function drawn(reading: ShownReading, components: readonly ComponentSummary[]): Markup {
  const nodes = reading.nodes.map(({ name, categories }, l) => {
    const marginal = categories.map(() => 0)
    for (const { categories: own, weight } of components) marginal[own[l] ?? 0]! += weight
    return { name, categories, marginal, standing: 'provisional' as const }
  })
  const edges = reading.edges.map(({ joined, ...ends }): Edge => ({
    ...ends,
    strength: joined,
    support: { posterior: null, replicates: null, restarts: null },
    standing: 'provisional',
  }))
  return new Markup(
    graphSvg(pictureOf({ nodes, edges }, null), unplaced, {
      title: `Graph of reading ${reading.letter}`,
      paint: pagePaint,
      standalone: false,
    }),
  )
}

/** What the categories of a node look like where nothing else differs. */
async function categoriesOf(
  reading: ShownReading,
  node: number,
  components: readonly ComponentSummary[],
  decoded: readonly Decoded[],
  rowOf: ReadonlyMap<string, number>,
): Promise<Markup> {
  const { name, categories } = reading.nodes[node]!
  const [contrast] = contrasts({ nodes: reading.nodes, components }, node)
  const cards: Markup[] = []
  for (const [k, at] of (contrast?.components ?? []).entries()) {
    if (at === null) continue
    const shown = { summary: components[at]!, name: `${name} = ${categories[k] ?? k}`, colour: pagePaint.data(k) }
    const pictures: (Markup | null)[] = []
    for (const modality of decoded)
      pictures.push(await decodedPicture(modality, shown, rowOf, `-${reading.letter}${node}`))
    cards.push(
      html`<div class="card">
        <h3><i class="swatch" style="background:${shown.colour}"></i><span>${shown.name}</span></h3>
        ${pictures}
      </div>`,
    )
  }
  return html`<h3>${name} of reading ${reading.letter}</h3>
    <div class="cards">${cards}</div>`
}

function settling(own: ShownReading, reading: ShownReading): Markup | null {
  if (reading.settles.length === 0) return null
  return html`<div class="scroll">
    <table>
      <caption>
        Samples whose labels would tell ${own.letter} from ${reading.letter}
      </caption>
      <thead>
        <tr>
          <th scope="col">Samples</th>
          <th scope="col">Reading ${own.letter}</th>
          <th scope="col">Reading ${reading.letter}</th>
        </tr>
      </thead>
      <tbody>
        ${reading.settles.map(
          ({ samples, here, there }) =>
            html`<tr>
              <td>${samples.join(', ')}</td>
              <td>${here}</td>
              <td>${there}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

/** Null where no other reading fits as well. */
export async function readingsSection(run: CheckedRun): Promise<Markup | null> {
  const { graph, judged, clusters } = run
  if (graph === null || judged === null || clusters === null) return null
  const all = shownReadings(facetOf(run.result, 'graph'), graph, judged.judgement)
  const [own] = all
  if (own === undefined || all.length < 2) return null
  const shown = all.slice(0, mostShown)
  const rowOf = new Map(run.dataset.ids.map((id, row) => [id, row]))
  const decoded = decodedModalities(run)
  const shared = own.nodes.filter((node) => node.shared).map(({ name }) => name)
  const edges = named(edgesInAll(graph.edges, judged.judgement), (node) => graph.nodes[node]!.name).map(edgeSigns)
  const parts: Markup[] = []
  for (const reading of shown) {
    const components = componentsIn(reading, run)
    const disputed: Markup[] = []
    for (const [node, { shared: held }] of reading.nodes.entries())
      if (!held && decoded.length > 0) disputed.push(await categoriesOf(reading, node, components, decoded, rowOf))
    parts.push(
      html`<h3>
          Reading ${reading.letter}, residual
          ${reading.residual?.toFixed(3) ?? ''}${reading === own ? ' (the graph above)' : ''}
        </h3>
        <div class="figure">${drawn(reading, components)}</div>
        ${disputed} ${settling(own, reading)}`,
    )
  }
  const rest = all.length - shown.length
  return html`<section aria-labelledby="readings">
    <h2 id="readings">Readings that fit equally</h2>
    <p class="lead">
      ${sentence(cardinal(all.length))} assignments of the same clusters to combinations of categories fit equally. All
      of them have ${shared.length === 0 ? 'no node in common' : list(shared)};
      ${edges.length === 0 ? 'no edge is in all of them' : `${list(edges)} ${edges.length === 1 ? 'is' : 'are'} in all of them`}.
      Arrows below are those of each reading’s own counts. No statistic of these data settles which is right: labels of
      the samples named below would, or another modality that shows the disputed nodes.
    </p>
    ${parts} ${rest > 0 ? html`<p class="muted small">${rest} more in the output of findings --json.</p>` : null}
  </section>`
}
