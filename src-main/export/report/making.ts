/** What the meaning of nodes rests on, and how the result was made: enough to make it again. */
import type { EarlierRun, PreparationRecord } from '../../../src-shared/domain/run.ts'
import { definitionOf } from '../../../src-shared/methods/available.ts'
import type { AssignmentReading } from '../../../src-shared/methods/facets.ts'
import { resultsOf } from '../../../src-shared/methods/results.ts'
import type { NamingEvidence } from '../../../src-shared/methods/naming-evidence.ts'
import { isObject } from '../../../src-shared/json-object.ts'
import { dividesWords } from '../../../src-shared/preparations/words.ts'
import { tellApart } from '../../../src-shared/findings/words.ts'
import type { CheckedRun } from '../finished-run.ts'
import { html, Markup } from './html.ts'

const mostRivals = 5

const yesNo = (answer: boolean): string => (answer ? 'yes' : 'no')

/** The components that stand for other outcomes than in the chosen reading. */
function differences(chosen: AssignmentReading, rival: AssignmentReading): number {
  return rival.order.filter((component, outcome) => component !== chosen.order[outcome]).length
}

/** Margin, null and agreement of the chosen names, and what each modality says. */
function evidenceTables(evidence: NamingEvidence): Markup {
  const { margin, nullP, measuresAgree, distinct, decided, votes } = evidence
  const rows = votes.map(
    ({ modality, counted, noiseShare, residual, agrees }) =>
      html`<tr>
        <th scope="row">${modality}</th>
        <td>${yesNo(counted)}</td>
        <td class="r">${(100 * noiseShare).toFixed(1)} %</td>
        <td class="r">${residual === null ? '' : residual.toFixed(4)}</td>
        <td>${agrees === null ? '' : yesNo(agrees)}</td>
      </tr>`,
  )
  return html`<dl>
      <dt>Decided</dt>
      <dd>${decided ? 'yes' : 'no: treat what the nodes mean as undecided'}</dd>
      <dt>The next best reading costs more by</dt>
      <dd>${margin === null ? 'there is no other' : `${(100 * margin).toFixed(1)} %`}</dd>
      <dt>Clusters without structure are named as well with probability</dt>
      <dd>${nullP === null ? 'not tried' : nullP.toFixed(2)}</dd>
      <dt>Measures of how clusters differ prefer the same names</dt>
      <dd>${yesNo(measuresAgree)}</dd>
      <dt>Clusters spread in as many directions as there are nodes</dt>
      <dd>${yesNo(distinct)}</dd>
    </dl>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Modality</th>
            <th scope="col">Has a vote</th>
            <th scope="col" class="r">Noise in distances</th>
            <th scope="col" class="r">Residual by itself</th>
            <th scope="col">Same names by itself</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`
}

export function assignmentSection({ clusters }: CheckedRun): Markup | null {
  const assignment = clusters?.assignment ?? null
  if (assignment === null) return null
  const { chosen, rivals } = assignment
  const nearest = [...rivals].sort((a, b) => a.residual - b.residual).slice(0, mostRivals)
  const [score] = tellApart(chosen.residual, nearest[0]?.residual ?? Infinity)
  const rows = nearest.map((rival, i) => {
    const gap =
      chosen.residual > 0 ? `+${((100 * (rival.residual - chosen.residual)) / chosen.residual).toFixed(1)} %` : ''
    return html`<tr>
      <th scope="row">Rival ${i + 1}</th>
      <td class="r">${rival.residual.toFixed(4)}</td>
      <td class="r">${gap}</td>
      <td class="r">${differences(chosen, rival)} of ${chosen.order.length}</td>
    </tr>`
  })
  return html`<section aria-labelledby="assignment">
    <h2 id="assignment">What the nodes mean</h2>
    <p class="lead">
      The model finds clusters; which cluster is which combination of categories is a search of its own. Under the right
      reading, changing one node changes the data in about the same way wherever it happens. The residual says how far
      this fails: 0 is perfect, 1 is what names drawn by chance reach. The chosen reading scores ${score}.
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Reading</th>
            <th scope="col" class="r">Residual</th>
            <th scope="col" class="r">Against chosen</th>
            <th scope="col" class="r">Clusters read differently</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Chosen</th>
            <td class="r">${chosen.residual.toFixed(4)}</td>
            <td class="r"></td>
            <td class="r"></td>
          </tr>
          ${rows}
        </tbody>
      </table>
    </div>
    ${assignment.evidence == null ? null : evidenceTables(assignment.evidence)}
  </section>`
}

export function warningsSection({ result, dataset }: CheckedRun): Markup | null {
  const notes = [
    ...result.warnings.map((message) => ({ severity: 'warning', message })),
    ...dataset.notes.filter((note) => note.severity === 'warning'),
  ]
  if (notes.length === 0) return null
  return html`<section aria-labelledby="warnings">
    <h2 id="warnings">Technical notes of the training and the import</h2>
    <ul class="findings">
      ${notes.map(({ message }) => html`<li class="warning">${message}</li>`)}
    </ul>
  </section>`
}

/** A configuration as dotted keys, the form in which the command line takes them; of a list of objects, one a line. */
function dottedSettings(value: unknown, prefix = ''): readonly (readonly [string, string])[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isObject))
    return value.map((item, i) => [`${prefix}.${i}`, JSON.stringify(item)] as const)
  if (!isObject(value)) return [[prefix, JSON.stringify(value)]]
  return Object.entries(value).flatMap(([key, inner]) =>
    dottedSettings(inner, prefix === '' ? key : `${prefix}.${key}`),
  )
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds.toFixed(1)} s` : `${minutes} min ${Math.round(seconds % 60)} s`
}

/** What it was made from, by which steps, and where these took numbers. */
function preparationFact({ from, steps, fittedOn, divides }: PreparationRecord): Markup {
  const fitted = fittedOn === '' ? null : html`<br />numbers of its steps taken from ${fittedOn}`
  const why = divides === undefined ? null : html`<br />made by itself: ${dividesWords(divides)}`
  return html`from ${from}: <code>${steps}</code>${fitted}${why}`
}

function goesOnFacts(from: EarlierRun | undefined): Markup[] {
  if (from === undefined) return []
  return [html`run ${from.run} at epoch ${from.epoch}, model <code>sha256 ${from.sha256}</code>`]
}

export function makingSection({ result, dataset }: CheckedRun): Markup {
  const { provenance } = result
  const fact = (name: string, value: string | Markup): Markup =>
    html`<dt>${name}</dt>
      <dd>${value}</dd>`
  const modalities = dataset.modalities.map(
    ({ modality }) => `${modality.name} (${modality.kind} ${modality.shape.join(' × ')}, ${modality.present} samples)`,
  )
  return html`<section aria-labelledby="making">
    <h2 id="making">How this was made</h2>
    <dl class="facts">
      ${fact('Data set', `${dataset.name}, ${dataset.ids.length} samples`)} ${fact('Source', dataset.source)}
      ${fact('Modalities', modalities.length === 0 ? 'none: the nodes are columns of a table' : modalities.join('; '))}
      ${(provenance.preparations ?? []).map((record) => fact(`Prepared: ${record.modality}`, preparationFact(record)))}
      ${fact('Data hash', html`<code>sha256 ${provenance.datasetSha256}</code>`)}
      ${fact('Method', definitionOf(result.method).title)} ${fact('Seed', html`<code>${provenance.seed}</code>`)}
      ${fact('Engine', `${provenance.engine} (${provenance.engineDetail}), ${provenance.threads} ${provenance.threads === 1 ? 'thread' : 'threads'}`)}
      ${fact('Trained', `${result.epochs} epochs in ${duration(result.seconds)}`)}
      ${goesOnFacts(provenance.goesOnFrom).map((value) => fact('Goes on from', value))}
      ${fact('Made with', provenance.application)}
      ${fact(
        'Versions',
        Object.entries(provenance.versions)
          .map(([name, version]) => `${name} ${version}`)
          .join(', '),
      )}
    </dl>
    <h3 style="margin-top:20px">Settings</h3>
    <div class="settings">
      ${dottedSettings(result.config).map(([key, value]) => html`<div><code>${key}</code><code>${value}</code></div>`)}
    </div>
    <p class="muted small" style="margin-top:12px">
      The same data, settings, seed, engine and number of threads give the same numbers on the same machine.
    </p>
  </section>`
}

export function methodsSection({ result }: CheckedRun): Markup {
  const { cite } = resultsOf(result.method)
  const works =
    cite.length === 0
      ? null
      : html`<h2 id="methods">Methods to cite</h2>
          ${cite.map((work) => html`<p>${new Markup(work)}</p>`)}`
  return html`<section aria-label="Methods and licence">
    ${works}
    <p class="muted small">
      Causalscope is free software under the Apache License 2.0. This report is yours: no licence is put on results. It
      needs no network and holds no script.
    </p>
  </section>`
}
