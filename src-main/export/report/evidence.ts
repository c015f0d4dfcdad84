/** The graph, the evidence for each of its edges, and its conditional tables. */
import { type Edge, isDirected, shown } from '../../../src-shared/graph/edge.ts'
import { directionWords, edgeSigns, standingWords } from '../../../src-shared/graph/edge-words.ts'
import { named } from '../../../src-shared/graph/marked-graph.ts'
import type { LearnedGraph } from '../../../src-shared/graph/learned-graph.ts'
import type { Judgement } from '../../../src-shared/domain/judgement.ts'
import { probability } from '../../../src-shared/findings/words.ts'
import { type ConditionalTable, conditionalTables } from '../../../src-shared/graph-formats/probabilities.ts'
import type { CheckedRun } from '../finished-run.ts'
import { drawnGraph } from '../graph-drawing.ts'
import { pagePaint } from '../../../src-shared/colours.ts'
import { html, Markup } from './html.ts'

/** Tables with more rows than this are left to graph.json and graph.bif. */
const mostRows = 64
/** Characters of a table's heads that fit on paper beside one another; names beyond them stand below one another. */
const widestHeads = 60
/** Where nobody looked: not a zero. */
const unknown = 'not known'

function bar(share: number, open: boolean): Markup {
  return html`<span class="bar${open ? ' open' : ''}"><i style="width:${(share * 100).toFixed(1)}%"></i></span>`
}

function evidenceRow(graph: LearnedGraph, edge: Edge, replicated: boolean): Markup {
  const [ends] = named([edge], (node) => graph.nodes[node]!.name)
  const { posterior, replicates } = edge.support
  return html`<tr>
    <th scope="row">${edgeSigns(ends!)}</th>
    <td>${directionWords(edge, graph.given !== undefined)}</td>
    <td>${standingWords[edge.standing] || 'supported'}</td>
    <td>${posterior === null ? null : bar(posterior.joined, !isDirected(edge))}</td>
    <td class="r">${posterior === null ? unknown : probability(posterior.joined)}</td>
    <td class="r">${posterior === null ? unknown : probability(posterior.forward)}</td>
    <td class="r">${posterior === null ? unknown : probability(posterior.backward)}</td>
    ${replicated ? html`<td class="r">${replicates === null ? unknown : `${replicates.agreeing} of ${replicates.of}`}</td>` : null}
  </tr>`
}

function evidenceTable(graph: LearnedGraph, judgement: Judgement): Markup {
  const all = graph.edges.map(shown)
  if (all.length === 0) return html`<p>This training joins no two nodes.</p>`
  const replicated = judgement.replicates > 0
  const trainings = replicated
    ? `means over the counts of this training and of ${judgement.replicates} on other parts of the samples`
    : 'of the counts of this training alone'
  return html`<div class="scroll">
      <table>
        <caption>
          Evidence for each edge
        </caption>
        <thead>
          <tr>
            <th scope="col">Edge</th>
            <th scope="col">Direction</th>
            <th scope="col">Standing</th>
            <th scope="col" colspan="2">Joined</th>
            <th scope="col" class="r">This way</th>
            <th scope="col" class="r">Reverse</th>
            ${replicated ? html`<th scope="col" class="r">Replicates</th>` : null}
          </tr>
        </thead>
        <tbody>
          ${all.map((edge) => evidenceRow(graph, edge, replicated))}
        </tbody>
      </table>
    </div>
    <p class="muted small">
      Probabilities over all graphs of these nodes, ${trainings}. A direction is stated where every graph of the
      Markov-equivalence class has it, it is probable enough, and no independence in the samples denies it.
    </p>`
}

/** Which nodes return when the data are looked at again. */
function nodesTable(graph: LearnedGraph, judgement: Judgement): Markup | null {
  if (judgement.replicates === 0) return null
  const rows = graph.nodes.map((node, l) => {
    const { replicability, measured } = judgement.nodes[l]!
    const interval = replicability === null ? unknown : replicability.interval.map((end) => end.toFixed(2)).join(' to ')
    return html`<tr>
      <th scope="row">${node.name}</th>
      <td>${standingWords[node.standing] || 'supported'}</td>
      <td class="r">${replicability === null ? '' : replicability.mean.toFixed(2)}</td>
      <td>${measured ? 'a column of the data' : interval}</td>
    </tr>`
  })
  return html`<div class="scroll">
    <table>
      <caption>
        Which nodes return: agreement with ${judgement.replicates} trainings on other parts of the samples, 1 for the
        same clusters, 0 for chance
      </caption>
      <thead>
        <tr>
          <th scope="col">Node</th>
          <th scope="col">Standing</th>
          <th scope="col" class="r">Agreement</th>
          <th scope="col">95 % interval</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

export function graphSection(run: CheckedRun): Markup | null {
  const { graph, judged } = run
  if (graph === null) return null
  const tables = judged === null ? null : [nodesTable(graph, judged.judgement), evidenceTable(graph, judged.judgement)]
  return html`<section aria-labelledby="graph">
    <h2 id="graph">The graph</h2>
    <p class="lead">Bars show how often each category occurs.</p>
    <div class="split">
      <div class="figure">${new Markup(drawnGraph(run, pagePaint, false))}</div>
      <div>${tables}</div>
    </div>
  </section>`
}

function tableOf(graph: LearnedGraph, samplesOfRun: number, { node, parents, rows }: ConditionalTable): Markup {
  const { nodes } = graph
  const own = nodes[node]!
  const given = parents.map((parent) => nodes[parent]!)
  const condition = given.length === 0 ? '' : ` | ${given.map((parent) => parent.name).join(', ')}`
  const samples = (weight: number): string => (weight * samplesOfRun).toFixed(0)
  const long = own.categories.join('').length + given.map(({ name }) => name).join('').length > widestHeads
  // A row of a wide table is one row a category in a long one.
  const shown = rows.slice(0, long ? Math.ceil(mostRows / own.categories.length) : mostRows)
  const share = (p: number): Markup => html`<td class="r p" style="--p:${(p * 100).toFixed(1)}%">${p.toFixed(3)}</td>`
  const heads = long
    ? html`<th scope="col">${own.name}</th>
        <th scope="col" class="r">probability</th>`
    : own.categories.map((category) => html`<th scope="col" class="r">${category}</th>`)
  const condensed = ({ given: outcome, probabilities, weight }: (typeof rows)[number]): Markup =>
    html`<tr>
      ${outcome.map((k, i) => html`<td>${given[i]!.categories[k]!}</td>`)}${probabilities.map(share)}
      <td class="r muted">${samples(weight)}</td>
    </tr>`
  const spread = ({ given: outcome, probabilities, weight }: (typeof rows)[number]): Markup[] =>
    probabilities.map(
      (p, k) =>
        html`<tr>
          ${outcome.map((of, i) => html`<td>${k === 0 ? given[i]!.categories[of]! : ''}</td>`)}
          <td class="wrap">${own.categories[k]!}</td>
          ${share(p)}
          <td class="r muted">${k === 0 ? samples(weight) : ''}</td>
        </tr>`,
    )
  return html`<div class="scroll">
    <table>
      <caption>
        P( ${own.name}${condition} )
      </caption>
      <thead>
        <tr>
          ${given.map((parent) => html`<th scope="col">${parent.name}</th>`)}${heads}
          <th scope="col" class="r">samples</th>
        </tr>
      </thead>
      <tbody>
        ${shown.flatMap((row) => (long ? spread(row) : condensed(row)))}
      </tbody>
    </table>
    ${rows.length > shown.length ? html`<p class="muted small">The first ${shown.length} of ${rows.length} outcomes of the parents; graph.json and graph.bif hold all.</p>` : null}
  </div>`
}

export function tablesSection({ graph, dataset }: CheckedRun): Markup | null {
  if (graph === null) return null
  return html`<section aria-labelledby="tables">
    <h2 id="tables">Conditional tables</h2>
    <p class="lead">
      The probability of each category, given the node’s parents in the graph; the last column is the number of samples
      that the model expects in the row.
    </p>
    <div class="tables">${conditionalTables(graph).map((table) => tableOf(graph, dataset.ids.length, table))}</div>
  </section>`
}
