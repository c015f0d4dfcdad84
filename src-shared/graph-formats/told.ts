/** The finding with its cautions, the same in every format that has room for it. */
import type { Provenance } from '../domain/run.ts'
import { cautionsOf, type Findings } from '../findings/finding.ts'
import { escapeMarkup } from './markup.ts'

/** What goes with a graph; no finding of one that nobody has judged. */
export interface About {
  readonly provenance?: Provenance
  readonly finding?: Findings | null
}

type Told = About['finding']

/** As graph.json holds it. */
export function toldRecord(finding: Findings): { headline: string; provisional: boolean; cautions: string[] } {
  return { headline: finding.headline, provisional: finding.provisional, cautions: cautionsOf(finding) }
}

export function aboutRecord({ finding, ...about }: About): object {
  return finding === null || finding === undefined ? about : { finding: toldRecord(finding), ...about }
}

/** For comments: "finding: ...", then "careful: ..." for each caution, each on one line. */
export function toldLines(finding: Told): readonly string[] {
  if (finding === null || finding === undefined) return []
  const lines = [`finding: ${finding.headline}`, ...cautionsOf(finding).map((caution) => `careful: ${caution}`)]
  return lines.map((line) => line.replace(/[\r\n]+/g, ' '))
}

/** GraphML: attributes of the graph, `cautions` a list as JSON text. */
export function toldKeys(finding: Told): readonly string[] {
  if (finding === null || finding === undefined) return []
  return ['finding', 'cautions'].map((id) => `  <key id="${id}" for="graph" attr.name="${id}" attr.type="string"/>`)
}

export function toldData(finding: Told): readonly string[] {
  if (finding === null || finding === undefined) return []
  const cautions = JSON.stringify(cautionsOf(finding))
  return [
    `    <data key="finding">${escapeMarkup(finding.headline)}</data>`,
    `    <data key="cautions">${escapeMarkup(cautions)}</data>`,
  ]
}
