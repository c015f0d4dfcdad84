/** What the recorded cases come to, a table a kind. */
import { type Case, type Kind, kinds } from './cases.ts'
import type { CaseRecord } from './record.ts'

/** A node is a factor from this NMI on. */
const found = 0.9

const titles: Readonly<Record<Kind, string>> = {
  components: 'Joint outcomes asked for',
  hidden: 'A cause that nobody measured',
  selection: 'Samples chosen by what they are',
  modality: 'A modality missing or noisy',
  expert: 'An expert for the decoder',
  samples: 'Samples',
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`
}

/** What is stated and not so. */
export function wrongOf({ nodes, edges }: CaseRecord): readonly string[] {
  const claimed = edges.filter((edge) => edge.claimed)
  return [
    ...nodes
      .filter(({ status, nmi }) => status === 'supported' && (nmi ?? 0) < found)
      .map(({ name, nmi }) => `${name} is supported (NMI ${(nmi ?? 0).toFixed(2)})`),
    ...claimed.filter(({ truth }) => truth === 'none').map(({ from, to }) => `a link of ${from} and ${to}`),
    ...claimed
      .filter(({ directed, truth }) => directed && truth !== 'forward')
      .map(({ from, to }) => `the arrow ${from} → ${to}`),
  ]
}

/** Whether the words of the trouble stand among the cautions, only among what is said besides, or nowhere. */
function warns(record: CaseRecord, { warning }: Pick<Case, 'warning'>): string {
  if (record.cautions.some((text) => warning.test(text)) || warning.test(record.headline)) return 'yes, as a caution'
  if (record.details.some((text) => warning.test(text))) return 'yes, as an assumption'
  return wrongOf(record).length === 0 ? '-' : '**no**'
}

function rowOf(record: CaseRecord, one: Pick<Case, 'warning'>, seeds: boolean): string {
  const { nodes, edges, trueEdges } = record
  const supported = nodes.filter(({ status }) => status === 'supported')
  const claimed = edges.filter((edge) => edge.claimed)
  const arrows = claimed.filter(({ directed }) => directed)
  const right = (some: readonly { readonly truth: string }[], as: readonly string[]): string =>
    `${some.filter(({ truth }) => as.includes(truth)).length} of ${some.length}`
  return row([
    record.what,
    ...(seeds ? [record.seed] : []),
    record.headline,
    nodes
      .map(({ nmi, status }) => `${(nmi ?? 0).toFixed(2)}${status === 'supported' ? '' : ` (${status})`}`)
      .join(', '),
    `${supported.filter(({ nmi }) => (nmi ?? 0) >= found).length} of ${supported.length}`,
    `${right(claimed, ['forward', 'backward'])}, ${trueEdges.length} there`,
    right(arrows, ['forward']),
    wrongOf(record).join('; ') || '-',
    warns(record, one),
  ])
}

const head = [
  'what is said',
  'NMI of nodes',
  'supported: right',
  'links: right',
  'arrows: right',
  'wrong',
  'does it warn',
]

/** Each caution once, with the cases that have it; figures left out of the comparison. */
function cautionsOf(records: readonly CaseRecord[]): string {
  const lines = records.flatMap(({ what, cautions }) => cautions.map((text) => `- ${what}: ${text}`))
  return [...new Set(lines)].join('\n')
}

export function robustnessTables(records: readonly CaseRecord[], cases: readonly Case[]): string {
  return kinds
    .flatMap((kind) => {
      const own = cases.filter((one) => one.kind === kind)
      const done = own.flatMap((one) =>
        records.filter(({ what, kind: of }) => what === one.what && of === kind).map((record) => ({ record, one })),
      )
      if (done.length === 0) return []
      const seeds = new Set(done.map(({ record }) => record.seed)).size > 1
      const names = [titles[kind], ...(seeds ? ['seed'] : []), ...head]
      return [
        [row(names), row(names.map(() => '---')), ...done.map(({ record, one }) => rowOf(record, one, seeds))].join(
          '\n',
        ),
        `Cautions:\n\n${cautionsOf(done.map(({ record }) => record))}`,
      ]
    })
    .join('\n\n')
}
