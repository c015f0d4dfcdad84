/**
 * report.html: one file that says what was found, shows it, and tells how it was made. It opens offline, holds no script
 * and asks for nothing; its security policy forbids both.
 */
import { definitionOf } from '../../../src-shared/methods/available.ts'
import { type CheckedRun, toldOf } from '../finished-run.ts'
import { clustersSection } from './clusters.ts'
import { couplingSection } from './coupling.ts'
import { graphSection, tablesSection } from './evidence.ts'
import { html, Markup } from './html.ts'
import { assignmentSection, makingSection, methodsSection, warningsSection } from './making.ts'
import { predictionSection } from './prediction.ts'
import { readingsSection } from './readings.ts'
import { rankingSection } from './ranking.ts'
import { style } from './style.ts'
import { trainingSection } from './training.ts'
import { whatIfSection } from './what-if.ts'

const policy = new Markup("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
const sign = new Markup(
  '<svg width="18" height="18" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true"><circle cx="5" cy="6" r="2.6"/><circle cx="15" cy="5" r="2.6"/><circle cx="10" cy="15" r="2.6" fill="currentColor"/><path d="M7.4 7.6l1.6 5M13.6 7.4l-2.4 5.2"/></svg>',
)

function opening(run: CheckedRun): Markup {
  const { dataset, result } = run
  const { headline, details } = toldOf(run)
  const count = dataset.ids.length.toLocaleString('en')
  const modalities = dataset.modalities.length
  const views = modalities === 0 ? 'table' : `${modalities} ${modalities === 1 ? 'modality' : 'modalities'}`
  const warnings = details.filter((finding) => finding.severity === 'warning')
  const rest = details.filter((finding) => finding.severity === 'info')
  return html`<header>
    <div class="kicker">
      <b>${sign}Causalscope</b><span>${dataset.name}</span><span>${count} samples</span><span>${views}</span
      ><span>${definitionOf(result.method).title}</span><span>seed ${result.provenance.seed}</span>
    </div>
    <h1>${headline}</h1>
    <ul class="findings">
      ${[...warnings, ...rest].map(
        ({ severity, text }) =>
          html`<li class="${severity}">
            ${severity === 'warning' ? html`<span class="tag">Caution:</span> ` : null}${text}
          </li>`,
      )}
    </ul>
  </header>`
}

export async function reportHtml(run: CheckedRun): Promise<string> {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="${run.result.provenance.application}" />
        <title>${run.dataset.name} · Causalscope report</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <main>
          ${opening(run)} ${graphSection(run)} ${await readingsSection(run)} ${tablesSection(run)}
          ${await whatIfSection(run)} ${couplingSection(run)} ${await predictionSection(run)} ${rankingSection(run)}
          ${await clustersSection(run)} ${assignmentSection(run)} ${trainingSection(run)} ${warningsSection(run)}
          ${makingSection(run)} ${methodsSection(run)}
        </main>
      </body>
    </html> `
  return page.text
}
