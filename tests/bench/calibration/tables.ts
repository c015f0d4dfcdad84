/** What the recorded cases come to: a row a case, and thresholds of nodes and edges on each half. */
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import { factorFrom } from '../stated.ts'
import type { Half } from './cases.ts'
import type { CaseRecord } from './record.ts'

const halves: readonly Half[] = ['set', 'report']
const two = (value: number | null): string => (value === null || Number.isNaN(value) ? '-' : value.toFixed(2))
const of = (part: number, whole: number): string => `${part} of ${whole}`

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

function casesTable(records: readonly CaseRecord[]): string {
  return table(
    [
      'set, size, seed',
      'half',
      'joint NMI',
      'node NMI',
      'replicability',
      'edges claimed',
      'false',
      'arrows',
      'false',
      's, s of replicates (said)',
    ],
    records.map((one) => {
      const claimed = one.edges.filter((edge) => edge.claimed)
      const arrows = one.edges.filter((edge) => edge.directed)
      return [
        one.key,
        one.half,
        two(one.jointNmi),
        one.nodes.map(({ nmi }) => two(nmi)).join(' '),
        one.nodes.map(({ replicability }) => two(replicability)).join(' '),
        claimed.length,
        claimed.filter(({ truth }) => truth === 'none').length,
        arrows.length,
        arrows.filter(({ truth }) => truth !== 'forward').length,
        `${one.seconds.toFixed(0)}, ${one.replication.seconds.toFixed(0)} (${two(one.replication.estimated)})`,
      ]
    }),
  )
}

/** The low end of a node's replicability, which decides. */
const low = ({ replicability, interval }: CaseRecord['nodes'][number]): number => interval?.[0] ?? replicability ?? 0

/** Nodes taken as supported from the low end of their replicability on: how many are factors, and how many factors are kept. */
function nodesTable(records: readonly CaseRecord[]): string {
  const gates = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
  return table(
    ['low end of the replicability from', 'half', 'factors among these', 'factors kept', 'nulls with such a node'],
    gates.flatMap((gate) =>
      halves.map((half) => {
        const own = records.filter((one) => one.half === half)
        const nodes = own.flatMap((one) => one.nodes)
        const above = nodes.filter((node) => low(node) >= gate)
        const nulls = own.filter(({ kind }) => kind === 'null')
        return [
          gate === evidenceThresholds.supportedNode ? `**${gate}**` : gate,
          half,
          of(above.filter(({ nmi }) => (nmi ?? 0) >= factorFrom).length, above.length),
          of(
            above.filter(({ nmi }) => (nmi ?? 0) >= factorFrom).length,
            nodes.filter(({ nmi }) => (nmi ?? 0) >= factorFrom).length,
          ),
          of(nulls.filter((one) => one.nodes.some((node) => low(node) >= gate)).length, nulls.length),
        ]
      }),
    ),
  )
}

/** Sets that hold nothing, by their kind and size. */
function nullsTable(records: readonly CaseRecord[]): string {
  const kinds = Map.groupBy(
    records.filter(({ kind }) => kind === 'null'),
    ({ key }) => key.split(/ +/).slice(0, -1).join(' '),
  )
  return table(
    [
      'set, size',
      'half',
      'runs',
      'with a supported node',
      'with a claimed edge',
      "highest low end of a node's interval",
    ],
    [...kinds].map(([kind, own]) => [
      kind,
      own[0]!.half,
      own.length,
      own.filter((one) => one.nodes.some(({ status }) => status === 'supported')).length,
      own.filter((one) => one.edges.some((edge) => edge.claimed)).length,
      two(Math.max(...own.flatMap((one) => one.nodes.map(low)))),
    ]),
  )
}

/** What is stated, as the program's thresholds have it. */
function statedTable(records: readonly CaseRecord[]): string {
  return table(
    [
      'half',
      'supported nodes that are factors',
      'edges claimed that are true',
      'arrows that are true',
      'true edges claimed',
      'nulls with a claimed edge',
      'nulls with a supported node',
    ],
    halves.map((half) => {
      const own = records.filter((one) => one.half === half)
      const nulls = own.filter(({ kind }) => kind === 'null')
      const supported = own.flatMap((one) => one.nodes).filter(({ status }) => status === 'supported')
      const edges = own.flatMap((one) => one.edges)
      const claimed = edges.filter((edge) => edge.claimed)
      const arrows = edges.filter((edge) => edge.directed)
      return [
        half,
        of(supported.filter(({ nmi }) => (nmi ?? 0) >= factorFrom).length, supported.length),
        of(claimed.filter(({ truth }) => truth !== 'none').length, claimed.length),
        of(arrows.filter(({ truth }) => truth === 'forward').length, arrows.length),
        of(
          claimed.filter(({ truth }) => truth !== 'none').length,
          edges.filter(({ truth }) => truth !== 'none').length,
        ),
        of(nulls.filter((one) => one.edges.some((edge) => edge.claimed)).length, nulls.length),
        of(nulls.filter((one) => one.nodes.some(({ status }) => status === 'supported')).length, nulls.length),
      ]
    }),
  )
}

/** Of all pairs of supported nodes, those whose stated probability lies in a range: how often the pair is joined in truth. */
function reliabilityTable(records: readonly CaseRecord[]): string {
  const bounds = [0, 0.2, 0.5, 0.8, 1]
  return table(
    ['probability', 'half', 'pairs', 'joined in truth', 'directions so probable', 'right'],
    bounds.slice(1).flatMap((to, i) =>
      halves.map((half) => {
        const from = bounds[i]!
        const within = (p: number): boolean => p >= from && (p < to || to === 1)
        const edges = records.filter((one) => one.half === half).flatMap((one) => one.edges)
        const seen = edges.filter(({ nmi }) => nmi >= factorFrom)
        const pairs = seen.filter(({ joined }) => within(joined))
        const directions = seen.flatMap(({ forward, backward, truth }) => [
          { p: forward, right: truth === 'forward' },
          { p: backward, right: truth === 'backward' },
        ])
        const probable = directions.filter(({ p }) => within(p))
        return [
          `${from} to ${to}`,
          half,
          pairs.length,
          pairs.filter(({ truth }) => truth !== 'none').length,
          probable.length,
          probable.filter(({ right }) => right).length,
        ]
      }),
    ),
  )
}

export function calibrationTables(records: readonly CaseRecord[]): string {
  return [
    casesTable(records),
    'Sets that hold nothing, by their kind:',
    nullsTable(records),
    'What is stated:',
    statedTable(records),
    'Nodes by the low end of their replicability:',
    nodesTable(records),
    'Pairs of nodes that are factors, by their probabilities:',
    reliabilityTable(records),
  ].join('\n\n')
}
