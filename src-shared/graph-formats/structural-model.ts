/**
 * The structural causal model of a told label (causal-complete.md section 3): what the method assumes of how label and
 * measurements came about, and what it computes of them, with what was measured on each of its edges. As text for other tools.
 */
import type { Prediction } from '../methods/facets.ts'
import { percent } from '../findings/words.ts'
import { escapeMarkup } from './markup.ts'
import { type About, aboutRecord, toldData, toldKeys, toldLines } from './told.ts'

export interface ModelNode {
  readonly id: string
  readonly label: string
  readonly kind: 'observed' | 'latent'
  /** For readers. */
  readonly words: string
}

export interface ModelEdge {
  readonly from: string
  readonly to: string
  /** Nobody measured it: the method takes it for given. */
  readonly assumed: boolean
  /** What was measured, by name: shares of samples, mean attention, errors a sample. */
  readonly measured: Readonly<Record<string, number>>
  /** The same in few words, a line each. */
  readonly lines: readonly string[]
}

export interface StructuralModel {
  readonly nodes: readonly ModelNode[]
  readonly edges: readonly ModelEdge[]
}

type Told = Pick<Prediction, 'label' | 'robustness' | 'attention' | 'accuracy' | 'risk'>

const two = (value: number): string => value.toFixed(2)

export function structuralModel({ label, robustness, attention, accuracy, risk }: Told): StructuralModel {
  const modalities = robustness.find(({ kind }) => kind === 'clean')?.modalities ?? []
  const sets = robustness.filter(({ kind }) => kind === 'modalities')
  const seen = (names: readonly string[]): number | undefined =>
    sets.find((set) => set.modalities.length === names.length && names.every((name) => set.modalities.includes(name)))
      ?.accuracy
  const assumed = (from: string, to: string): ModelEdge => ({ from, to, assumed: true, measured: {}, lines: [] })
  const toRepresentation = modalities.map((name, m): ModelEdge => {
    const [alone, without] = [seen([name]), seen(modalities.filter((other) => other !== name))]
    const known = modalities.length > 1 && alone !== undefined && without !== undefined
    return {
      ...{ from: `x${m}`, to: 'z', assumed: false },
      measured: known ? { accuracyAlone: alone, accuracyWithout: without } : {},
      lines: known ? [`alone ${percent(alone)}`, `without ${percent(without)}`] : [],
    }
  })
  const toInstrument = modalities.map((_, m): ModelEdge => {
    const shares = attention.flatMap(({ takes }) => takes[m] ?? [])
    const mean = shares.length === 0 ? null : shares.reduce((a, b) => a + b, 0) / shares.length
    return {
      ...{ from: `x${m}`, to: 'v', assumed: false },
      measured: mean === null ? {} : { attention: mean },
      lines: mean === null ? [] : [`takes ${percent(mean)}`],
    }
  })
  return {
    nodes: [
      { id: 'y', label, kind: 'observed', words: `${label}: the label as it came with the data` },
      { id: 'fc', label: 'Fc: causal', kind: 'latent', words: 'Fc: what the label makes of every measurement' },
      { id: 'fs', label: 'Fs: the rest', kind: 'latent', words: 'Fs: what else the measurements show' },
      ...modalities.map((name, m): ModelNode => ({ id: `x${m}`, label: name, kind: 'observed', words: `${name}: measured` })), // prettier-ignore
      ...(attention.length === 0
        ? []
        : [{ id: 'v', label: 'V: instrument', kind: 'latent' as const, words: 'V: the instrument, attention across the modalities' }]), // prettier-ignore
      {
        id: 'z',
        label: 'Z: learned',
        kind: 'latent',
        words: 'Z: the representation that the label is told from',
      },
      { id: 'told', label: `${label} told`, kind: 'observed', words: `${label} as it is told` },
    ],
    edges: [
      assumed('y', 'fc'),
      ...modalities.flatMap((_, m) => [assumed('fc', `x${m}`), assumed('fs', `x${m}`)]),
      ...toRepresentation,
      ...(attention.length === 0
        ? []
        : [...toInstrument, { from: 'v', to: 'z', assumed: false, measured: {}, lines: ['teaches'] }]),
      {
        ...{ from: 'z', to: 'told', assumed: false },
        measured: { accuracy: accuracy.value, sufficiencyRisk: risk.sufficiency, necessityRisk: risk.necessity },
        lines: [`right ${percent(accuracy.value)}`, `not sufficient ${two(risk.sufficiency)}`, `not necessary ${two(risk.necessity)}`], // prettier-ignore
      },
    ],
  }
}

/** What the signs and words of the picture mean. */
export const structuralCaption =
  'Broken: taken for given, not measured: the label decides Fc, which the measurements show beside all else, Fs. Full: what is computed, with what was measured on it: shares told right from a measurement alone and without it, what the instrument V takes from each, and of Z how often it does not find the label and how often its twin still has it.'

/** What each edge says, for those who do not see it. */
export function structuralWords({ nodes, edges }: StructuralModel): string {
  const name = (id: string): string => nodes.find((node) => node.id === id)?.label ?? id
  return edges
    .filter(({ lines }) => lines.length > 0)
    .map(({ from, to, lines }) => `${name(from)} to ${name(to)}: ${lines.join(', ')}`)
    .join('; ')
}

export function structuralModelText(told: Told, format: 'json' | 'dot' | 'graphml', about: About): string {
  const model = structuralModel(told)
  switch (format) {
    case 'json':
      return `${JSON.stringify({ kind: 'structural causal model', ...model, ...aboutRecord(about) }, null, 2)}\n`
    case 'dot':
      return dot(model, about.finding)
    case 'graphml':
      return graphml(model, about.finding)
  }
}

function quoted(text: string): string {
  const plain = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return `"${plain.replace(/[\r\n]+/g, ' ')}"`
}

const shapes = { observed: 'box', latent: 'ellipse' } as const

function dot({ nodes, edges }: StructuralModel, finding: About['finding']): string {
  return [
    'digraph structural {',
    ...toldLines(finding).map((line) => `  // ${line}`),
    '  rankdir=LR;',
    ...nodes.map(({ id, label, kind }) => `  ${id} [label=${quoted(label)}, shape=${shapes[kind]}];`),
    ...edges.map(({ from, to, assumed, lines }) => {
      const looks = [...(assumed ? ['style=dashed'] : []), ...(lines.length === 0 ? [] : [`label=${quoted(lines.join(', '))}`])] // prettier-ignore
      return `  ${from} -> ${to}${looks.length === 0 ? '' : ` [${looks.join(', ')}]`};`
    }),
    '}',
    '',
  ].join('\n')
}

function graphml({ nodes, edges }: StructuralModel, finding: About['finding']): string {
  const figures = [...new Set(edges.flatMap(({ measured }) => Object.keys(measured)))]
  const data = (key: string, value: string | number | boolean): string =>
    `<data key="${key}">${escapeMarkup(String(value))}</data>`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...toldKeys(finding),
    '  <key id="label" for="node" attr.name="label" attr.type="string"/>',
    '  <key id="kind" for="node" attr.name="kind" attr.type="string"/>',
    '  <key id="assumed" for="edge" attr.name="assumed" attr.type="boolean"/>',
    ...figures.map((name) => `  <key id="${name}" for="edge" attr.name="${name}" attr.type="double"/>`),
    '  <graph edgedefault="directed">',
    ...toldData(finding),
    ...nodes.map(({ id, label, kind }) => `    <node id="${id}">${data('label', label)}${data('kind', kind)}</node>`),
    ...edges.map(({ from, to, assumed, measured }) => {
      const numbers = Object.entries(measured).map(([name, value]) => data(name, value))
      return `    <edge source="${from}" target="${to}">${data('assumed', assumed)}${numbers.join('')}</edge>`
    }),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n')
}
