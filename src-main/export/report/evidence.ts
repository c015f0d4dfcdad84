/** The graph, the evidence for each of its edges, and its conditional tables. */
import { type Edge, isDirected, shareJoined, shown } from '../../../src-shared/graph/edge.ts'
import { edgeSigns, standingWords } from '../../../src-shared/graph/edge-words.ts'
import { named } from '../../../src-shared/graph/marked-graph.ts'
import type { LearnedGraph } from '../../../src-shared/graph/learned-graph.ts'
import { percent } from '../../../src-shared/findings/words.ts'
import { type ConditionalTable, conditionalTables } from '../../../src-shared/graph-formats/probabilities.ts'
import type { CheckedRun } from '../finished-run.ts'
import { drawnGraph } from '../graph-drawing.ts'
import { pagePaint } from '../../../src-shared/colours.ts'
import { html, Markup } from './html.ts'

/** Tables with more rows than this are left to graph.json and graph.bif. */
const mostRows = 64

function bar(share: number, open: boolean): Markup {
  return html`<span class="bar${open ? ' open' : ''}"><i style="width:${(share * 100).toFixed(1)}%"></i></span>`
}

function evidenceRow(graph: LearnedGraph, edge: Edge, known: boolean): Markup {
  const [ends] = named([edge], (node) => graph.nodes[node]!.name)
  const { restarts } = edge.support
  const joined = shareJoined(edge) ?? 0
  return html`<tr>
    <th scope="row">${edgeSigns(ends!)}</th>
    <td>${isDirected(edge) ? 'fixed by the data' : 'not fixed by the data'}</td>
    <td>${standingWords[edge.standing] || 'supported'}</td>
    <td class="r">${edge.strength.toFixed(3)}</td>
    ${
      known
        ? html`<td>${bar(joined, !isDirected(edge))}</td>
            <td class="r">${percent(joined)}</td>
            <td class="r">${percent(restarts?.forward ?? 0)}</td>
            <td class="r">${percent(restarts?.backward ?? 0)}</td>`
        : null
    }
  </tr>`
}

function evidenceTable(graph: LearnedGraph): Markup {
  const all = graph.edges.map(shown)
  if (all.length === 0) return html`<p>No edge has a strength above 0.5.</p>`
  const known = graph.restarts > 0
  const often = known
    ? `The last columns are shares of the restarts whose score (BIC) is within 2 nats of the best (${graph.restarts}).`
    : 'No restart of the search came within 2 nats of this graph’s score (BIC), so there are no frequencies.'
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
            <th scope="col" class="r">Strength</th>
            ${
              known
                ? html`<th scope="col" colspan="2">Joined in</th>
                    <th scope="col" class="r">This way</th>
                    <th scope="col" class="r">Reverse</th>`
                : null
            }
          </tr>
        </thead>
        <tbody>
          ${all.map((edge) => evidenceRow(graph, edge, known))}
        </tbody>
      </table>
    </div>
    <p class="muted small">
      Strength E is the edge’s weight at the final temperature, read out as an edge above 0.5. ${often} A direction is
      fixed where every graph of the same Markov-equivalence class has it.
    </p>`
}

export function graphSection(run: CheckedRun): Markup | null {
  const { graph } = run
  if (graph === null) return null
  return html`<section aria-labelledby="graph">
    <h2 id="graph">The graph</h2>
    <p class="lead">Bars show how often each category occurs.</p>
    <div class="split">
      <div class="figure">${new Markup(drawnGraph(run, pagePaint, false))}</div>
      <div>${evidenceTable(graph)}</div>
    </div>
  </section>`
}

function tableOf(graph: LearnedGraph, samplesOfRun: number, { node, parents, rows }: ConditionalTable): Markup {
  const { nodes } = graph
  const own = nodes[node]!
  const given = parents.map((parent) => nodes[parent]!)
  const condition = given.length === 0 ? '' : ` | ${given.map((parent) => parent.name).join(', ')}`
  const samples = (weight: number): string => (weight * samplesOfRun).toFixed(0)
  const shown = rows.slice(0, mostRows)
  return html`<div class="scroll">
    <table>
      <caption>
        P( ${own.name}${condition} )
      </caption>
      <thead>
        <tr>
          ${given.map((parent) => html`<th scope="col">${parent.name}</th>`)}${own.categories.map((category) => html`<th scope="col" class="r">${category}</th>`)}
          <th scope="col" class="r">samples</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (row) =>
            html`<tr>
              ${row.given.map((k, i) => html`<td>${given[i]!.categories[k]!}</td>`)}${row.probabilities.map(
                (p) => html`<td class="r p" style="--p:${(p * 100).toFixed(1)}%">${p.toFixed(3)}</td>`,
              )}
              <td class="r muted">${samples(row.weight)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${rows.length > shown.length ? html`<p class="muted small">The first ${shown.length} of ${rows.length} rows; graph.json and graph.bif hold all.</p>` : null}
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
