/** What a comparison of probes draws from and tests on, and what of the request the data do not carry. */
import { refused } from '../../../src-shared/errors.ts'
import type { ProbeData, ProbeOptions } from './comparison.ts'
import { rowsByClass, splitRows, validationShots } from './few-shot.ts'

export interface TestSet {
  readonly name: string
  readonly rows: Int32Array
  /** Which classes it has: only those are answered. */
  readonly present: readonly boolean[]
  readonly shifted: boolean
}

export interface ProbePlan {
  readonly pool: Int32Array
  readonly tests: readonly TestSet[]
  readonly sourceDomain: string | null
  /** Those that every class has rows for. */
  readonly shots: readonly number[]
  readonly notes: readonly string[]
}

export function planProbe(data: ProbeData, options: ProbeOptions): ProbePlan {
  const { labels, classes, domains } = data
  const source = sourceOf(data, options.sourceDomain)
  const all = Int32Array.from(labels.keys())
  const inSource = all.filter((row) => domains === null || domains.of[row] === source)
  const { pool, test } = splitRows(inSource, labels, options.testShare, 0)
  const byClass = rowsByClass(pool, labels, classes.length)
  const counts = byClass.map((rows) => rows.length)
  const scarcest = counts.indexOf(counts.reduce((a, b) => Math.min(a, b), Infinity))
  const enough = (shots: number): boolean => counts[scarcest]! >= shots + validationShots(shots)
  const shots = options.shots.filter(enough)
  const left = options.shots.filter((number) => !enough(number))
  const scarce = `class ${classes[scarcest]!} has ${counts[scarcest]!} rows to draw from`
  if (shots.length === 0)
    throw refused(
      `${options.shots.join(', ')} shots cannot be drawn: ${scarce}, and validation needs rows of its own.`,
      'Ask for fewer shots, label more samples, or leave the class out of the label column.',
    )
  const named = (name: string, rows: Int32Array, shifted: boolean): TestSet => {
    const found = new Set(rows.map((row) => labels[row]!))
    return { name, rows, present: classes.map((_, code) => found.has(code)), shifted }
  }
  const shifted = (domains?.names ?? []).flatMap((name, domain) => {
    const rows = all.filter((row) => domain !== source && domains!.of[row] === domain && labels[row]! >= 0)
    return rows.length === 0 ? [] : [named(name, rows, true)]
  })
  const name = domains === null ? 'test' : domains.names[source]!
  const tests = [named(name, test, false), ...shifted]
  const partial = tests.filter(({ present }) => present.includes(false))
  const notes = [
    ...(left.length === 0 ? [] : [`Without ${left.join(' and ')} shots: ${scarce}.`]),
    ...partial.map(
      ({ name: set, present }) =>
        `Test set ${set} has ${present.filter(Boolean).length} of ${classes.length} classes: only those are answered there.`,
    ),
  ]
  return { pool, tests, sourceDomain: domains === null ? null : name, shots, notes }
}

/** Number of the source domain: the named one, else that of most rows. */
function sourceOf({ domains, labels }: ProbeData, wanted: string | null): number {
  if (domains === null) {
    if (wanted === null) return -1
    throw refused(`There is no domain ${wanted}: no domain column was named.`, 'Name it as well.')
  }
  if (wanted !== null) {
    const at = domains.names.indexOf(wanted)
    if (at >= 0) return at
    throw refused(`There is no domain ${wanted}.`, `The domains are ${domains.names.join(', ')}.`)
  }
  const counts = domains.names.map(
    (_, domain) => labels.filter((label, row) => label >= 0 && domains.of[row] === domain).length,
  )
  return counts.indexOf(Math.max(...counts))
}
