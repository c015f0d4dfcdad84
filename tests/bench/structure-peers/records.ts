/** What programs said of tables, and its Markdown. */
import * as v from 'valibot'

const number = v.nullable(v.number())
export const recordSchema = v.object({
  network: v.string(),
  seed: v.number(),
  learner: v.string(),
  version: v.optional(v.string()),
  /** Why there is nothing. */
  failed: v.optional(v.string()),
  seconds: v.optional(v.number()),
  /** Of a member of what was found; null: it has none. */
  shd: v.optional(number),
  classShd: v.optional(v.number()),
  /** By our score, nats. */
  bic: v.optional(number),
  /** By the program's own score: our best DAG, and the best that its exact search finds; null: it has none. */
  scored: v.optional(number),
  best: v.optional(number),
  oursBest: v.optional(v.number()),
})
export type PeerRecord = v.InferOutput<typeof recordSchema>

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length

/** @param tables how many tables of the network others were given */
function cellOf(records: readonly PeerRecord[], tables: number): string {
  const done = records.filter(({ failed }) => failed === undefined)
  if (done.length === 0) return '-'
  const shd = done.flatMap((record) => record.shd ?? [])
  const seconds = mean(done.map((record) => record.seconds ?? 0))
  const of = done.length < tables ? ` (${done.length} of ${tables} tables)` : ''
  return [
    shd.length === 0 ? '-' : mean(shd).toFixed(1),
    mean(done.map((record) => record.classShd ?? 0)).toFixed(1),
    `${seconds.toFixed(seconds < 10 ? 2 : 0)} s${of}`,
  ].join(' / ')
}

/** A row a learner, a column a network: SHD / CPDAG-SHD / seconds, means over the seeds; then why cells are empty. */
export function structureTable(records: readonly PeerRecord[], networks: readonly string[]): string {
  const all = [...new Set(records.map(({ learner }) => learner))]
  const ours = all.filter((learner) => learner.startsWith('Causalscope'))
  const learners = [...ours, ...all.filter((learner) => !ours.includes(learner))]
  const tables = (network: string): number =>
    new Set(records.filter((record) => record.network === network).map(({ seed }) => seed)).size
  const rows = learners.map((learner) => {
    const own = records.filter((record) => record.learner === learner)
    const version = own.find((record) => record.version)?.version ?? ''
    const cells = networks.map((network) =>
      cellOf(
        own.filter((record) => record.network === network),
        tables(network),
      ),
    )
    return `| ${[learner, version, ...cells].join(' | ')} |`
  })
  const failures = [
    ...new Set(
      records.flatMap(({ learner, network, failed }) =>
        failed === undefined ? [] : [`- ${learner}, ${network}: ${failed}`],
      ),
    ),
  ]
  return [
    `| learner | version | ${networks.join(' | ')} |`,
    `| --- | --- |${' --- |'.repeat(networks.length)}`,
    ...rows,
    ...(failures.length === 0 ? [] : ['', ...failures]),
  ].join('\n')
}

/** Sums of logarithms in another order. */
const rounding = 1e-6

/** How far other programs' BIC of our best DAG, and the best of their exact search, are from ours. */
export function scoreDifferences(records: readonly PeerRecord[]): { readonly text: string; readonly differ: boolean } {
  const checked = records.filter((record) => record.oursBest !== undefined)
  const furthest = (key: 'scored' | 'best') => {
    const off = checked.flatMap((record) => (record[key] == null ? [] : [Math.abs(record[key] - record.oursBest!)]))
    return { count: off.length, most: Math.max(0, ...off) }
  }
  const [scored, best] = [furthest('scored'), furthest('best')]
  const nats = (value: number): string => `${value.toExponential(0)} nats`
  return {
    text:
      `The BIC of our best graph by other programs' scores: off by at most ${nats(scored.most)} in ${scored.count}. ` +
      `The best that other exact searches find: off by at most ${nats(best.most)} in ${best.count}.`,
    differ: scored.most > rounding || best.most > rounding,
  }
}
