/** What the recorded runs come to: one row a run, and how often the caution is right on each half. */
import type { DividedRecord } from './record.ts'

/** A component is two in one from this share of other samples on. */
const twoFrom = 0.1

type Component = DividedRecord['components'][number]
const isTwo = ({ second }: Component): boolean => second !== null && second >= twoFrom
const isOne = ({ second }: Component): boolean => second !== null && second < twoFrom

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const gaps = (some: readonly Component[]): string =>
  some.length === 0 ? '-' : some.map(({ gap }) => gap.toFixed(2)).join(', ')
const spoken = (some: readonly Component[]): string => `${some.filter(({ speaks }) => speaks).length} of ${some.length}`

export function dividedTables(records: readonly DividedRecord[]): string {
  const head = ['half', 'set', 'nodes asked for', 'asked', 'gaps of two in one', 'gaps of the others', 'speaks']
  const rows = records.map(({ half, set, nodes, asked, seed, components }) =>
    row([
      ...[half, seed === 1 ? set : `${set}, seed ${seed}`, nodes, asked, gaps(components.filter(isTwo))],
      ...[gaps(components.filter((one) => !isTwo(one))), spoken(components)],
    ]),
  )
  const totals = (['set', 'report'] as const).map((half) => {
    const own = records.filter((record) => record.half === half && record.asked !== 'measured')
    const all = own.flatMap(({ components }) => components)
    const nothing = own.filter(({ asked }) => asked === 'nothing there').flatMap(({ components }) => components)
    return `${half}: speaks of ${spoken(all.filter(isTwo))} that are two in one, ${spoken(all.filter(isOne))} that are one, ${spoken(nothing)} where there is nothing`
  })
  return [[row(head), row(head.map(() => '---')), ...rows].join('\n'), ...totals].join('\n\n')
}
