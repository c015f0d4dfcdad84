import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { parseTable } from './parse-table.ts'
import { numberOf } from '../../../src-main/importers/cells.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import { CausalscopeError } from '../../../src-shared/errors.ts'

const table = (content: string | Uint8Array) => parseTable(Buffer.from(content), 't.csv', defaultLimits)

/** Numbers of a table whose first column is the id. */
const numbersOf = ({ rows, decimalComma }: ReturnType<typeof table>) =>
  rows.map((row) => row.slice(1).map((cell) => numberOf(cell, decimalComma)))

const delimiters = fc.constantFrom(',', ';', '\t', '|')
const encodings = fc.constantFrom('utf8', 'utf8-bom', 'utf16le', 'utf16le-bom', 'utf16be-bom')

function encoded(text: string, encoding: string): Buffer {
  return iconv.encode(text, encoding.replace('-bom', ''), { addBOM: encoding.endsWith('-bom') })
}

const grids = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 30 })).chain(([width, height]) =>
  fc.array(
    fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => Number(x.toFixed(3))), { minLength: width, maxLength: width }), // prettier-ignore
    { minLength: height, maxLength: height },
  ),
)

describe('text tables', () => {
  it('are understood whatever their delimiter, decimal sign, line ends and encoding', () => {
    fc.assert(
      fc.property(
        grids,
        delimiters,
        fc.boolean(),
        encodings,
        fc.constantFrom('\n', '\r\n'),
        (values, delimiter, comma, encoding, end) => {
          fc.pre(!(comma && delimiter === ','))
          const cell = (x: number) => (comma ? x.toFixed(3).replace('.', ',') : x.toFixed(3))
          const header = ['id', ...values[0]!.map((_, k) => `größe ${String.fromCharCode(97 + k)}`)].join(delimiter)
          const rows = values.map((row, i) => [`probe ${i}`, ...row.map(cell)].join(delimiter))
          const read = table(encoded([header, ...rows].join(end), encoding))
          // All of 1,234 alone may be thousands: asked, not read.
          if (read.undecided !== null) return
          expect(read).toMatchObject({ delimiter, decimalComma: comma, hasHeader: true })
          expect(read.columns[1]).toBe('größe a')
          expect(numbersOf(read)).toEqual(values.map((row) => row.map((x) => x + 0)))
          expect(read.lines).toEqual(values.map((_, i) => i + 2))
        },
      ),
    )
  })

  it('cut off or scrambled are refused, or are still a table', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ maxLength: 400 }).map((text) => Buffer.from(text)),
    )
    fc.assert(
      fc.property(bytes, (content) => {
        try {
          table(content)
        } catch (error) {
          expect(error).toBeInstanceOf(CausalscopeError)
        }
      }),
      { numRuns: 500 },
    )
    const whole = Buffer.from(`id;"a ""b""";c\n${Array.from({ length: 20 }, (_, i) => `s${i};"${i},5";x\n`).join('')}`)
    for (let end = 0; end < whole.length; end++)
      try {
        table(whole.subarray(0, end))
      } catch (error) {
        expect(error).toBeInstanceOf(CausalscopeError)
      }
  })

  it('keep delimiters, line ends and quotes within quoted cells', () => {
    const read = table('id,note,n\na,"x, ""y""\nz",1\nb,,2\n')
    expect(read.rows).toEqual([
      ['a', 'x, "y"\nz', '1'],
      ['b', '', '2'],
    ])
    expect(read.lines).toEqual([3, 4])
  })

  it('parted by blanks, with comments above and a commented header, are read', () => {
    const read = table('# pulled on Monday\n# strain  stress\n  0.0   1.5\n  0.1   2.5 \n')
    expect(read).toMatchObject({ columns: ['strain', 'stress'], lines: [3, 4], delimiter: ' ' })
    expect(read.rows).toEqual([
      ['0.0', '1.5'],
      ['0.1', '2.5'],
    ])
  })

  it('lose no row to a # in an id or to a missing header', () => {
    expect(table('id,a,b\n#1,2,3\n#2,4,5\n').rows).toHaveLength(2)
    const bare = table('s1,2.5,3\ns2,4,5\n')
    expect(bare).toMatchObject({ hasHeader: false, columns: ['column 1', 'column 2', 'column 3'] })
    expect(table('id,0,0.1,0.2\ns1,1,2,3\n')).toMatchObject({ hasHeader: true, columns: ['id', '0', '0.1', '0.2'] })
  })

  it('announce their delimiter as Excel does', () => {
    expect(table('sep=;\nid;x\na;1,5\nb;2,5\n')).toMatchObject({ delimiter: ';', decimalComma: true, lines: [3, 4] })
  })

  it('drop the empty last column that a trailing delimiter makes', () => {
    expect(table('id,a,\nx,1,\ny,2,\n').columns).toEqual(['id', 'a'])
  })

  it('in old Windows encoding keep their accents', () => {
    const read = table(iconv.encode('id,größe\na,1\nb,2\n', 'windows-1252'))
    expect(read).toMatchObject({ encoding: 'windows-1252', columns: ['id', 'größe'] })
  })

  it('that are no tables are refused, naming what is wrong', () => {
    expect(() => table('')).toThrow('t.csv is empty.')
    expect(() => table('a\n1\n2\n')).toThrow('t.csv has a single column.')
    expect(() => table('id,a\n')).toThrow(/a header but no rows/)
    expect(() => table('id,a,a\nx,1,2\n')).toThrow(/two columns are called "a"/)
    expect(() => table('id,a\nx,1\ny,1,2\nz,3\n')).toThrow('t.csv, row 3: it has 3 cells, the table has 2 columns.')
    expect(() => table('id,a\nx,"1\ny,2\nz,3\n')).toThrow(/^t\.csv, row \d+: /)
    expect(() => table(Uint8Array.of(0, 1, 2, 3, 0, 0, 255))).toThrow('t.csv is not text.')
  })

  it('that were cut off within a character are refused, in any encoding, and none that is whole', () => {
    const text = 'id,größe\nä1,1\nö2,2\nü3,ü'
    for (const encoding of ['utf8', 'utf16le', 'utf16be'])
      for (const addBOM of [false, true]) {
        const bytes = iconv.encode(text, encoding, { addBOM })
        expect(table(bytes).rows).toHaveLength(3)
        expect(() => table(bytes.subarray(0, -1))).toThrow('t.csv ends in the middle of a character')
      }
    expect(table(iconv.encode(text, 'windows-1252')).rows).toHaveLength(3)
    expect(table(iconv.encode('id,a\nx1,1\nx2,\u00fc', 'windows-1252')).rows).toHaveLength(2)
  })

  it('with a cell beyond all limits are refused with its row', () => {
    const cell = 'x'.repeat(4_100_000)
    expect(() => table(`id,a\ns1,1\ns2,"${cell}"\n`)).toThrow('t.csv, row 3 has more than 4,000,000 characters.')
  })
})
