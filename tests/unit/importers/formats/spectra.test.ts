import { describe, expect, it } from 'vitest'
import type { RawTable } from '../../../../src-main/importers/formats/format.ts'
import { recognise } from '../../../../src-main/importers/formats/formats.ts'
import { fixtureBytes, ids, refusalOf } from './fixtures.ts'

function read(bytes: Buffer, path: string): RawTable {
  const format = recognise(bytes.subarray(0, 4096))
  if (format.reader?.role !== 'table') throw new Error(`${path} is taken for ${format.words}`)
  return format.reader.table(bytes, path)
}

const points = 64
const grid = Array.from({ length: points }, (_, k) => 400 + 4 * k)
/** As make.py has it: a peak that moves with the sample, and a dip below zero. */
const signal = (i: number): number[] =>
  grid.map((_, k) => (Math.round(1000 * Math.exp(-(((k - 20 - i) / 6) ** 2))) - (k >= 50 && k < 56 ? 7 : 0)) / 1000)

function expectSpectrum(rows: readonly (readonly string[])[], i: number): void {
  expect(rows.map(([x]) => Number(x))).toEqual(grid)
  rows.forEach(([, y], k) => expect(Number(y)).toBeCloseTo(signal(i)[k]!, 12))
}

describe('JCAMP-DX', () => {
  it.each([
    ['plain numbers', 0],
    ['packed numbers', 1],
    ['squeezed numbers', 2],
    ['differences', 3],
    ['differences with repetitions', 4],
  ])('in %s gives the values that were written', (_, i) => {
    const table = read(fixtureBytes(`jcamp/${ids[i]!}.jdx`), 'a.jdx')
    expect(table.header).toEqual(['wavenumber (cm-1)', 'absorbance'])
    expectSpectrum(table.records, i)
  })

  it('of linked blocks is a table with a row a point, named by the titles of the blocks', () => {
    const table = read(fixtureBytes('link.jdx'), 'link.jdx')
    expect(table.header).toEqual(['sample', 'wavenumber (cm-1)', 'absorbance'])
    expect(table.records).toHaveLength(points * ids.length)
    ids.forEach((id, i) => {
      const own = table.records.slice(i * points, (i + 1) * points)
      expect(new Set(own.map(([sample]) => sample))).toEqual(new Set([id]))
      expectSpectrum(
        own.map((row) => row.slice(1)),
        i,
      )
    })
  })

  it('keeps the unit in which a spectrum was taken', () => {
    expect(read(fixtureBytes('transmittance.jdx'), 't.jdx').header).toEqual(['wavenumber (cm-1)', 'transmittance (%)'])
  })

  const header = (title: string, rest: readonly string[]): string[] => [
    ...[`##TITLE=${title}`, '##JCAMP-DX=5.01', '##ORIGIN=lab', '##OWNER=lab'],
    ...rest,
  ]
  const file = (lines: readonly string[]): Buffer => Buffer.from([...lines, '##END=', ''].join('\r\n'))
  const uneven = grid.map((x, k) => x + (k * k) / 128)

  it('of XYPOINTS keeps its uneven grid, its factors applied', () => {
    const pairs = (scale: number, parting: string): string[] =>
      uneven.map((x, k) => `${x * scale},${Math.round(1000 * signal(3)[k]!)}${parting}`)
    for (const [factor, parting] of [
      [1, ''],
      [4, ' ;'],
    ] as const) {
      const table = read(
        file(
          header('s003', [
            ...['##DATA TYPE=INFRARED SPECTRUM', '##XUNITS=1/CM', '##YUNITS=ABSORBANCE', `##NPOINTS=${points}`],
            ...[`##XFACTOR=${1 / factor}`, '##YFACTOR=0.001', '##XYPOINTS=(XY..XY)', ...pairs(factor, parting)],
          ]),
        ),
        'p.jdx',
      )
      expect(table.header).toEqual(['wavenumber (cm-1)', 'absorbance'])
      table.records.forEach(([x, y], k) => {
        expect(Number(x)).toBeCloseTo(uneven[k]!, 9)
        expect(Number(y)).toBeCloseTo(signal(3)[k]!, 9)
      })
      expect(table.records).toHaveLength(points)
    }
  })

  const page = (n: number, symbol: string, values: readonly number[]): string[] => [
    ...[`##PAGE=N=${n}`, `##DATA TABLE=(X++(${symbol}..${symbol})), XYDATA`],
    ...Array.from({ length: points / 8 }, (_, l) => `${8 * l} ${values.slice(8 * l, 8 * l + 8).join(' ')}`),
  ]
  const pages = (names: readonly string[], symbols: readonly string[]): Buffer =>
    file(
      header('s004', [
        ...['##DATA TYPE=NMR SPECTRUM', '##DATA CLASS=NTUPLES', '##NTUPLES=NMR SPECTRUM'],
        ...[`##VAR_NAME=TIME, ${names.join(', ')}, PAGE NUMBER`, `##SYMBOL=X, ${symbols.join(', ')}, N`],
        ...['##VAR_TYPE=INDEPENDENT, DEPENDENT, DEPENDENT, PAGE', '##VAR_FORM=AFFN, ASDF, ASDF, AFFN'],
        ...[`##VAR_DIM=${points}, ${points}, ${points}, 2`, '##UNITS=SECONDS, ARBITRARY UNITS, ARBITRARY UNITS,'],
        ...['##FIRST=0, 0, 5, 1', `##LAST=${points - 1}, 63, 68, 2`, '##FACTOR=1, 1, 1, 1'],
        ...page(
          1,
          symbols[0]!,
          grid.map((_, k) => k),
        ),
        ...page(
          2,
          symbols[1]!,
          grid.map((_, k) => k + 5),
        ),
        '##END NTUPLES=NMR SPECTRUM',
      ]),
    )

  it('of NTUPLES with a real and an imaginary page is the real one, and says so', () => {
    const table = read(pages(['SPECTRUM/REAL', 'SPECTRUM/IMAG'], ['R', 'I']), 'n.jdx')
    expect(table.header).toEqual(['time (s)', 'intensity (a.u.)'])
    expect(table.records.map(([x, y]) => [Number(x), Number(y)])).toEqual(grid.map((_, k) => [k, k]))
    expect(table.warnings).toEqual(['of complex spectra the real part is read, not the imaginary one'])
  })

  it('of NTUPLES with pages of other kinds is refused with what they are', async () => {
    expect(await refusalOf(() => read(pages(['FIRST', 'SECOND'], ['A', 'B']), 'n.jdx'))).toBe(
      'n.jdx (s004) holds 2 pages in one block (NTUPLES: N=1, N=2): each is a spectrum of its own.',
    )
  })

  it('of peaks is refused in words', async () => {
    expect(await refusalOf(() => read(fixtureBytes('peaks.jdx'), 'peaks.jdx'))).toBe(
      'peaks.jdx (peaks) holds a table of peaks, not a spectrum.',
    )
  })

  const text = fixtureBytes('jcamp/s005.jdx').toString()

  it('that is cut off is refused with the points it lacks', async () => {
    const cut = Buffer.from(text.slice(0, text.indexOf('\n592')))
    expect(await refusalOf(() => read(cut, 'cut.jdx'))).toMatch(
      /^cut\.jdx \(s005\) is not a whole JCAMP-DX file: its header says 64 points, it has \d+\.$/,
    )
  })

  it('with a changed digit is refused: differences repeat a value to tell', async () => {
    const changed = Buffer.from(text.replace('J38J16', 'J39J16'))
    expect(changed.toString()).not.toBe(text)
    expect(await refusalOf(() => read(changed, 'bad.jdx'))).toBe(
      'bad.jdx is not a whole JCAMP-DX file: a value that is written twice to tell damage is not the same both times.',
    )
  })

  it('of blocks that share a title, or are measured otherwise, is refused by name', async () => {
    const link = fixtureBytes('link.jdx').toString()
    const twice = Buffer.from(link.replace('##TITLE=s003', '##TITLE=s002'))
    expect(await refusalOf(() => read(twice, 'l.jdx'))).toBe('l.jdx: two of its spectra are called "s002".')
    const mixed = Buffer.from(link.replace(/(##TITLE=s002[^]*?##YUNITS=)ABSORBANCE/, '$1%T'))
    expect(await refusalOf(() => read(mixed, 'l.jdx'))).toBe(
      'l.jdx: s001 is absorbance over wavenumber (cm-1), s002 is transmittance (%) over wavenumber (cm-1).',
    )
  })
})

/** Several spectra on one even grid, as Galactic's format of 1996 has them: a header of 512 bytes, then a subheader of 32 and 32-bit floats for each. */
function spcOf(spectra: readonly (readonly number[])[]): Buffer {
  const header = Buffer.alloc(512)
  // Several spectra.
  header.writeUInt8(0x04, 0)
  header.writeUInt8(0x4b, 1)
  header.writeUInt8(4, 2)
  // Values are floats.
  header.writeInt8(-128, 3)
  header.writeInt32LE(points, 4)
  header.writeDoubleLE(grid[0]!, 8)
  header.writeDoubleLE(grid.at(-1)!, 16)
  header.writeInt32LE(spectra.length, 24)
  header.writeUInt8(1, 28)
  header.writeUInt8(2, 29)
  const parts = spectra.map((values, i) => {
    const part = Buffer.alloc(32 + 4 * points)
    part.writeInt8(-128, 1)
    part.writeUInt16LE(i, 2)
    values.forEach((value, k) => part.writeFloatLE(value, 32 + 4 * k))
    return part
  })
  return Buffer.concat([header, ...parts])
}

describe('SPC', () => {
  it('of several spectra is a table with a row a point, named by their number', () => {
    const table = read(spcOf([signal(0), signal(1), signal(2)]), 'several.spc')
    expect(table.header).toEqual(['sample', 'wavenumber (cm-1)', 'absorbance'])
    expect(table.records).toHaveLength(3 * points)
    for (const i of [0, 1, 2]) {
      const own = table.records.slice(i * points, (i + 1) * points)
      expect(new Set(own.map(([sample]) => sample))).toEqual(new Set([String(i + 1)]))
      own.forEach(([, x, y], k) => {
        expect(Number(x)).toBeCloseTo(grid[k]!, 9)
        expect(Number(y)).toBeCloseTo(signal(i)[k]!, 6)
      })
    }
  })

  it('of several spectra that is cut off is refused', async () => {
    const whole = spcOf([signal(0), signal(1), signal(2)])
    expect(await refusalOf(() => read(whole.subarray(0, whole.length - 100), 'cut.spc'))).toMatch(/^cut\.spc /)
  })

  it('gives the values that were written', () => {
    const table = read(fixtureBytes('spectrum.spc'), 'a.spc')
    expect(table.header).toEqual(['wavenumber (cm-1)', 'absorbance'])
    expect(table.records.map(([x]) => Number(x))).toEqual(grid)
    expect(table.records.map(([, y]) => Math.fround(Number(y)))).toEqual(signal(2).map(Math.fround))
  })

  it('that is cut off is refused by name', async () => {
    const cut = fixtureBytes('spectrum.spc').subarray(0, 600)
    expect(await refusalOf(() => read(cut, 'cut.spc'))).toMatch(/^cut\.spc is not a whole SPC file/)
  })
})
