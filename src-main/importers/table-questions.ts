/** What tables leave open and a person must settle; each thing is asked once. */
import { decision } from './decisions.ts'
import type { TextDescription } from '../../src-shared/domain/dataset.ts'
import { counted, firstIds, listed, type Reading } from './reading.ts'
import type { Marked, MarkKind } from './marked-cells.ts'
import type { Table } from './table.ts'
import { isPairs } from './table-layout.ts'
import { numericShare } from './table-structure.ts'
import type { Undecided } from './written-numbers.ts'

export class TableQuestions {
  private readonly reading: Reading
  /** What is asked for already: tables without a certain id column, the decimal sign, sentinels. */
  private readonly asked = new Set<string>()

  /** By file and column: a table may be read several times. */
  private readonly marked = new Map<string, Marked & { readonly file: string }>()
  private readonly missing = new Map<string, Marked & { readonly file: string }>()

  constructor(reading: Reading) {
    this.reading = reading
  }

  orientation(table: Table): void {
    this.reading.decisions.push(
      decision({
        title: `Where are the samples of ${table.file}?`,
        message: isPairs(table)
          ? `${table.file}: its columns are pairs (${firstIds(table.columns)}): these may be curves of samples, or values of one sample a row.`
          : `${table.file}: ${rowWords(table)}, and the other columns are ${firstIds(table.columns.slice(1))}: these may be samples, or what was measured of them.`,
        field: 'text.samples',
        options: [
          { value: 'columns', title: isPairs(table) ? 'each pair is a sample' : 'each column is a sample' },
          { value: 'rows', title: 'each row is a sample' },
        ],
        file: table.file,
      }),
    )
  }

  replicates(table: Table, id: string): void {
    this.reading.decisions.push(
      decision({
        title: `Several rows a sample in ${table.file}`,
        message: `${table.file}: ids of column ${id} come several times, and the rows look like repeated measurements of a sample.`,
        field: 'replicates',
        options: [
          { value: 'mean', title: 'take their mean' },
          { value: 'first', title: 'take the first' },
          { value: 'each', title: 'each is a sample of its own, with a column that groups them' },
          { value: 'curve', title: 'they are points of curves' },
        ],
        file: table.file,
      }),
    )
  }

  sentinels(table: Table, { column, cell }: Undecided): void {
    if (this.asked.has('sentinels')) return
    this.asked.add('sentinels')
    this.reading.decisions.push(
      decision({
        title: `Is ${cell} a measurement?`,
        message: `${table.file}, column ${column}: ${cell} lies far from all other values and is what programs write where a value is missing.`,
        field: 'text.sentinels',
        options: [
          { value: 'missing', title: 'such numbers are missing values' },
          { value: 'keep', title: 'they are measurements' },
        ],
        file: table.file,
      }),
    )
  }

  /** Nothing in the file tells whether 1.234 is a decimal or a thousand. */
  decimal(table: Table, { column, cell }: Undecided): void {
    if (this.asked.has('decimal')) return
    this.asked.add('decimal')
    const [decimal, grouped] = [cell.replace(',', '.'), cell.replace(/[.,]/, '')]
    const [own, other] = cell.includes(',') ? ([',', '.'] as const) : (['.', ','] as const)
    this.reading.decisions.push(
      decision({
        title: `What is ${cell} in ${column}?`,
        message: `${table.file}, column ${column}: ${cell} may be ${decimal} or ${grouped}; nothing in the file tells whether its sign parts decimals or thousands.`,
        field: 'text.decimal',
        options: [
          { value: own, title: `${cell} is ${decimal}` },
          { value: other, title: `${cell} is ${grouped}` },
        ],
        file: table.file,
      }),
    )
  }

  /** Two columns or more fit as ids: a person must say which. */
  id(table: Table, names: readonly string[]): void {
    if (this.asked.has(table.file)) return
    this.asked.add(table.file)
    const some = names.map((name) => {
      const c = table.columns.indexOf(name)
      return `${name} (${firstIds(table.rows.map((row) => row[c]!))})`
    })
    this.reading.decisions.push(
      decision({
        title: `Which column of ${table.file} names the samples?`,
        message: `${table.file}: more than one column could name the samples: ${some.join(' and ')}.`,
        field: 'samples.id',
        options: names.map((name) => ({ value: name, title: `${name} is the sample` })),
        file: table.file,
      }),
    )
  }

  /** Keeps what stands in columns of numbers instead of them until all tables are read. */
  marks({ file, marked, missing }: Table): void {
    for (const own of marked) this.marked.set(`${file}\u0000${own.column}\u0000${own.kind}`, { ...own, file })
    for (const own of missing) this.missing.set(`${file}\u0000${own.column}`, { ...own, file })
  }

  /** One question for all bounds and one for all words; notes for what is read by rule. */
  settleMarks(text: TextDescription): void {
    const all = [...this.marked.values()]
    const of = (kind: MarkKind, open: boolean) => all.filter((own) => own.kind === kind && own.open === open)
    const [limits, words, read] = [of('limit', true), of('word', true), of('limit', false)]
    if (limits.length > 0)
      this.reading.decisions.push(
        decision({
          title: 'What are bounds read as?',
          message: `Bounds stand in columns of numbers: ${placesOf(limits)}.`,
          field: 'text.limits',
          options: [
            { value: 'half', title: 'half of what a value is below, what it is above as it is' },
            { value: 'limit', title: 'the number itself' },
            { value: 'missing', title: 'they are missing' },
          ],
          file: limits[0]!.file,
        }),
      )
    if (words.length > 0) {
      const found = [...new Set(words.flatMap(({ cells }) => [...cells.keys()]))]
      this.reading.decisions.push(
        decision({
          title: 'Are these values missing?',
          message: `Words stand in columns of numbers: ${placesOf(words)}.`,
          field: 'text.missing',
          options: [{ value: [...(text.missing ?? []), ...found].join('\n'), title: 'they are missing values' }],
          otherwise: 'Or write numbers into these cells.',
          file: words[0]!.file,
        }),
      )
    }
    const note = (message: string): void => void this.reading.notes.push({ severity: 'info', message })
    if (read.length > 0) note(`Bounds are read as ${limitWords[text.limits ?? 'missing']}: ${placesOf(read)}.`)
    if (this.missing.size > 0) note(`Taken as missing: ${placesOf([...this.missing.values()])}.`)
  }
}

const limitWords: Readonly<Record<NonNullable<TextDescription['limits']>, string>> = {
  half: 'half of what they are below',
  limit: 'the number in them',
  missing: 'missing',
}

/** Texts of a column that are shown. */
const shownTexts = 3

/** `t.csv, column a: "< 0.5" (2 cells)`, column by column. */
function placesOf(columns: readonly (Marked & { readonly file: string })[]): string {
  const places = columns.map(({ file, column, cells }) => {
    const texts = [...cells].slice(0, shownTexts).map(([cell, count]) => `"${cell}" (${counted(count, 'cell')})`)
    return `${file}, column ${column}: ${texts.join(', ')}${cells.size > shownTexts ? ' ...' : ''}`
  })
  return listed(places)
}

function rowWords(table: Table): string {
  const name = table.columns[0]!
  if (numericShare(table, 0) >= 0.5) return `${name} runs on from row to row`
  return `its rows are ${firstIds(table.rows.map(([cell]) => cell!))} (${name})`
}
