import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { Table } from '../../../src-main/importers/table.ts'
import { parseTable } from './parse-table.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import type { TextDescription } from '../../../src-shared/domain/dataset.ts'
import { CausalscopeError } from '../../../src-shared/errors.ts'

const table = (content: string | Uint8Array, decimal?: '.' | ',') =>
  parseTable(Buffer.from(content), 't.csv', defaultLimits, decimal === undefined ? {} : { decimal })

interface Dialect {
  readonly delimiter: string
  readonly decimal: '.' | ','
  readonly thousands: string
  readonly places: number
  readonly minus: string
  readonly above: readonly string[]
  readonly units: boolean
  readonly trailing: boolean
  readonly emptyRows: boolean
  readonly encoding: string
  readonly end: string
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  decimal: fc.constantFrom('.' as const, ',' as const),
  thousands: fc.constantFrom('', '.', ',', ' ', '\u00a0', "'"),
  places: fc.integer({ min: 0, max: 4 }),
  minus: fc.constantFrom('-', '\u2212'),
  above: fc.constantFrom(
    [],
    ['Hardness of series 4', ''],
    ['# rig 2', '# T = 300 K'],
    ['% exported'],
    ['Operator: lab', 'made 2024'],
  ),
  units: fc.boolean(),
  trailing: fc.boolean(),
  emptyRows: fc.boolean(),
  encoding: fc.constantFrom('utf8', 'utf8-bom', 'utf16le-bom', 'utf16be-bom'),
  end: fc.constantFrom('\n', '\r\n', '\r'),
})

const grids = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 6, max: 20 }), fc.constantFrom(1, 1e3, 1e6))
  .chain(([width, height, size]) =>
    fc.array(fc.array(fc.double({ min: -size, max: size, noNaN: true }), { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  )

function written(value: number, { decimal, thousands, places, minus }: Dialect): string {
  const [whole, fraction] = Math.abs(value).toFixed(places).split('.')
  const grouped = whole!.replaceAll(/\B(?=(?:\d{3})+$)/g, thousands)
  const sign = Number(value.toFixed(places)) < 0 ? minus : ''
  return sign + grouped + (fraction === undefined ? '' : decimal + fraction)
}

function text(values: readonly (readonly number[])[], dialect: Dialect): string {
  const { delimiter, above, units, trailing, emptyRows, end } = dialect
  const quoted = (cell: string): string => (cell.includes(delimiter) ? `"${cell}"` : cell)
  const names = values[0]!.map((_, k) => `value ${String.fromCharCode(97 + k)}`)
  const rows = [
    ['id', ...names],
    ...(units ? [['', ...names.map(() => 'MPa')]] : []),
    ...values.map((row, i) => [`p${i}`, ...row.map((value) => quoted(written(value, dialect)))]),
  ].map((row) => row.join(delimiter) + (trailing ? delimiter : ''))
  const empty = emptyRows ? [names.map(() => delimiter).join(''), names.map(() => delimiter).join('')] : []
  return [...above, ...rows, ...empty].join(end) + end
}

/** The numbers that are read; null when the table is refused or asked about. */
function numbersIn(content: Uint8Array): { read: Table; numbers: number[][] } | null {
  try {
    const read = table(content)
    if (read.undecided !== null) return null
    return { read, numbers: read.rows.map((row) => row.slice(1).map(Number)) }
  } catch (error) {
    expect(error).toBeInstanceOf(CausalscopeError)
    return null
  }
}

describe('a table in any dialect', () => {
  it('reads back to the same numbers, or is refused or asked about', () => {
    let [right, all] = [0, 0]
    fc.assert(
      fc.property(grids, dialects, (values, dialect) => {
        fc.pre(dialect.thousands !== dialect.decimal)
        const content = iconv.encode(text(values, dialect), dialect.encoding.replace('-bom', ''), {
          addBOM: dialect.encoding.endsWith('-bom'),
        })
        all += 1
        const found = numbersIn(content)
        if (found === null) return
        right += 1
        expect(found.numbers).toEqual(
          values.map((row) => row.map((value) => Number(value.toFixed(dialect.places)) + 0)),
        )
        expect(found.read.rows.map(([id]) => id)).toEqual(values.map((_, i) => `p${i}`))
      }),
      { numRuns: 400 },
    )
    // Refusing everything would be no reader.
    expect(right / all).toBeGreaterThan(0.9)
  })

  it('is asked about where nothing tells decimals from thousands, and read as told', () => {
    const open = 'id\tn\na\t1,273\nb\t2,431\nc\t3,118\n'
    expect(table(open).undecided).toEqual({ column: 'n', cell: '1,273' })
    expect(table(open, '.').rows[0]).toEqual(['a', '1273'])
    expect(table(open, ',').rows[0]).toEqual(['a', '1.273'])
  })

  it('is decided by the other numbers of its column and of the file', () => {
    expect(table('id\tn\na\t300\nb\t1,273\nc\t845\n').rows.map((row) => row[1])).toEqual(['300', '1273', '845'])
    expect(table('id;h;n\na;5,13;800\nb;5,26;1.022\n').rows).toEqual([['a', '5.13', '800'], ['b', '5.26', '1022']]) // prettier-ignore
    expect(table('id,m,u\na,"2,100","55,0"\nb,"2,110","56,1"\n').rows[1]).toEqual(['b', '2.110', '56.1'])
    expect(table('x\ty\n0.000\t15.837\n0.172\t29.166\n').rows[1]).toEqual(['0.172', '29.166'])
  })
})

describe('cells of numbers', () => {
  const column = (...cells: string[]) => {
    const read = table(`id;v\n${cells.map((cell, i) => `s${i};${cell}`).join('\n')}\n`)
    return [read.columns[1], ...read.rows.map((row) => row[1])]
  }

  it('bring their unit, minus signs, blanks and exponents as programs write them', () => {
    expect(column('5 %', '6 %', '7.5 %')).toEqual(['v (%)', '5', '6', '7.5'])
    expect(column('200 HV', '210 HV')).toEqual(['v (HV)', '200', '210'])
    expect(column('\u22121.5', '2.5')).toEqual(['v', '-1.5', '2.5'])
    expect(column('1\u202f234,5', '12,5')).toEqual(['v', '1234.5', '12.5'])
    expect(column('1.2D-03', '2.4D+02')).toEqual(['v', '1.2e-03', '2.4e+02'])
    expect(column('00:01:30', '01:00:00.5')).toEqual(['v (s)', '90', '3600.5'])
  })

  it('keep what is no number of theirs: other units, names', () => {
    expect(column('5 MPa', '6 GPa', '7 MPa')).toEqual(['v', '5 MPa', '6 GPa', '7 MPa'])
    expect(column('12A', '13B')).toEqual(['v', '12A', '13B'])
  })

  it('are never bounds or words of instruments: what these are read as is said, or asked', () => {
    const marked = (given: TextDescription, ...cells: string[]) => {
      const rows = `id;v\n${cells.map((cell, i) => `s${i};${cell}`).join('\n')}\n`
      const read = parseTable(Buffer.from(rows), 't.csv', defaultLimits, given)
      return [read.rows.map((row) => row[1]), read.marked.map(({ kind, open }) => `${kind} ${open ? 'open' : 'read'}`)]
    }
    expect(marked({}, '1.5', '< 0.5', '2.5')).toEqual([['1.5', '', '2.5'], ['limit open']])
    expect(marked({ limits: 'half' }, '1.5', '< 0.5', '>9')).toEqual([['1.5', '0.25', '9'], ['limit read']])
    expect(marked({ limits: 'limit' }, '1,5', '≤ 0,5', '2,5')).toEqual([['1.5', '0.5', '2.5'], ['limit read']])
    expect(marked({ limits: 'missing' }, '5 %', '<1 %', '7 %')).toEqual([['5', '', '7'], ['limit read']])
    expect(marked({}, '1', 'OVER', 'O.L', 'BDL')).toEqual([['1', '', '', ''], ['word open']])
    expect(marked({ missing: ['over', 'bdl'] }, '1', 'OVER', '3', 'BDL')).toEqual([['1', '', '3', ''], []])
    expect(marked({}, '<30', '30-40', '>60')).toEqual([['<30', '30-40', '>60'], []])
    expect(marked({}, 'over', 'under', 'over')).toEqual([['over', 'under', 'over'], []])
  })
})
