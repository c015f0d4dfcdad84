/** Small data sets after kinds of files that laboratories have, each with what a person would have it read as. */
import { type Files, greyPng, pixels } from './source-files.ts'

export const count = 12
const numbers = Array.from({ length: count }, (_, i) => i + 1)
const ids = numbers.map((i) => `s${String(i).padStart(3, '0')}`)

/** Values by sample, of a metadata column or of a curve: [n] or [n, points]. */
export type Values = Readonly<Record<string, readonly (number | null)[] | readonly (readonly number[])[]>>

export interface Kind {
  readonly name: string
  readonly files: Files
  /** What is stored as it lies; null where the import must ask. */
  readonly stored: Values | null
  /** By the answers that the refusal prints, in their order: what each stores; null where it leads to a refusal. */
  readonly answers?: readonly (Values | null)[]
  /** What is shown of the question. */
  readonly asks?: RegExp
}

const grid = [0, 0.1, 0.2, 0.3, 0.4, 0.5]
const stress = (i: number): number[] => grid.map((x) => Number((x * (10 + i) + 0.25).toFixed(3)))
const curves = numbers.map(stress)
const hardness = (i: number): number => 200 + 3 * i + 0.5

const points = (rows: readonly (readonly (number | string)[])[], delimiter = ','): string =>
  rows.map((row) => row.join(delimiter)).join('\n') + '\n'
const curveRows = (i: number): [number, number][] => grid.map((x, k) => [x, stress(i)[k]!])
const table = (row: (i: number) => string): string => numbers.map((i) => row(i)).join('\n') + '\n'
const id = (i: number): string => ids[i - 1]!

async function images(name: (i: number) => string = (i) => `sem/${id(i)}.png`): Promise<Record<string, Uint8Array>> {
  return Object.fromEntries(await Promise.all(numbers.map(async (i) => [name(i), await greyPng(5, 6, i)] as const)))
}

function perSample(file: (i: number) => string, content: (i: number) => string): Record<string, string> {
  return Object.fromEntries(numbers.map((i) => [file(i), content(i)]))
}

const csv = (i: number): string => `curves/${id(i)}.csv`
const txt = (i: number): string => `curves/${id(i)}.txt`

export async function labKinds(): Promise<Kind[]> {
  const sem = await images()
  const kind = (
    name: string,
    files: Files,
    stored: Values | null,
    rest: Pick<Kind, 'answers' | 'asks'> = {},
  ): Kind => ({ name, files: { ...sem, ...files }, stored, ...rest })
  const h = { h: numbers.map(hardness) }
  return [
    kind('header order differs between files', perSample(csv, (i) =>
      i % 4 === 0 ? `stress,strain\n${points(curveRows(i).map(([x, y]) => [y, x]))}` : `strain,stress\n${points(curveRows(i))}`), { curves }),
    kind('units differ between files', perSample(csv, (i) =>
      i % 4 === 0 ? `strain,stress (GPa)\n${points(curveRows(i).map(([x, y]) => [x, y / 1000]))}` : `strain,stress (MPa)\n${points(curveRows(i))}`), { curves }),
    kind('units in a row', perSample(csv, (i) => `strain,stress\n%,MPa\n${points(curveRows(i))}`), { curves }),
    kind('percent comments', perSample(txt, (i) => `% rig 2\n% T = 300 K\nx\ty\n${points(curveRows(i), '\t')}`), { curves }),
    kind('a LabVIEW preamble', perSample((i) => `curves/${id(i)}.lvm`, (i) =>
      `LabVIEW Measurement\t\nWriter_Version\t2\nSeparator\tTab\n***End_of_Header***\t\n\nX_Value\tVoltage\tComment\n${points(curveRows(i), '\t')}`), { curves }),
    kind('double tabs', perSample(txt, (i) => `#Wave\t\t#Intensity\n${points(curveRows(i), '\t\t')}`), { curves }),
    kind('a quoted first line and blanks', perSample((i) => `curves/${id(i)}.xy`, (i) => `'Id: "2.0" Operator: "lab" Anode: "Cu"\n${points(curveRows(i), ' ')}`), { curves }),
    kind('grid values that repeat', perSample(csv, (i) =>
      `strain,stress\n${points(curveRows(i).flatMap(([x, y]) => [[x, y - 0.5], [x, y + 0.5]]))}`), { curves }),
    kind('loading and unloading', perSample(csv, (i) =>
      `strain,stress\n${points([...curveRows(i), ...curveRows(i).reverse().map(([x, y]): [number, number] => [x - 0.001, y - 1])])}`), null, {
      asks: /turns back in 12 of 12 curves/,
      answers: [{ curves }, {}, {}, {}],
    }),
    kind('points in no order', perSample(csv, (i) =>
      `strain,stress\n${points([3, 0, 5, 2, 4, 1].map((k) => curveRows(i)[k]!))}`), null, {
      asks: /turns back in 12 of 12 curves/,
      answers: [{}, null, { curves }, {}],
    }),
    kind('a title and an empty line', { 'p.csv': `Hardness of series 4\n\nid,h,g\n${table((i) => `${id(i)},${hardness(i)},${i / 8}`)}` }, { ...h, g: numbers.map((i) => i / 8) }),
    kind('trailing delimiters', { 'p.csv': `id;h;g\n${table((i) => `${id(i)};${hardness(i)};${i / 8};`)}` }, h),
    kind('trailing empty cells and rows', { 'p.csv': `id,h,g,,\n${table((i) => `${id(i)},${hardness(i)},${i / 8},,`)},,,,\n,,,,\n` }, h),
    kind('units in a row of a table', { 'p.csv': `Sample,h,g\n,HV,um\n${table((i) => `${id(i)},${hardness(i)},${i / 8}`)}` }, { 'h (HV)': numbers.map(hardness) }),
    kind('quoted decimal commas', { 'p.csv': `id,m,u\n${table((i) => `${id(i)},"2,${100 + i}","${50 + i},5"`)}` }, { m: numbers.map((i) => 2 + (100 + i) / 1000), u: numbers.map((i) => 50.5 + i) }),
    kind('German thousands', { 'p.csv': `Probe;h;n\n${table((i) => `${id(i)};5,${10 + i};${900 + 25 * i < 1000 ? 900 + 25 * i : `1.${String(900 + 25 * i - 1000).padStart(3, '0')}`}`)}` }, { n: numbers.map((i) => 900 + 25 * i) }),
    kind('thousands that nothing tells', { 'p.csv': `id\tn\n${table((i) => `${id(i)}\t1,${200 + i}`)}` }, null, {
      asks: /1,201 may be 1\.201 or 1201/,
      answers: [{ n: numbers.map((i) => 1 + (200 + i) / 1000) }, { n: numbers.map((i) => 1200 + i) }],
    }),
    kind('a number for missing values', { 'p.csv': `id,t,g\n${table((i) => `${id(i)},${i % 5 === 0 ? -999 : 20 + i / 8},${i / 8}`)}` }, null, {
      asks: /column t: -999 lies far/,
      answers: [{ t: numbers.map((i) => (i % 5 === 0 ? null : 20 + i / 8)) }, { t: numbers.map((i) => (i % 5 === 0 ? -999 : 20 + i / 8)) }],
    }),
    kind('repeated measurements', { 'p.csv': `sample,replicate,h\n${numbers.flatMap((i) => [1, 2, 3].map((r) => `${id(i)},${r},${hardness(i) + r}`)).join('\n')}\n` }, null, {
      asks: /repeated measurements of a sample/,
      answers: [{ h: numbers.map((i) => hardness(i) + 2) }, { h: numbers.map((i) => hardness(i) + 1) }, { h: numbers.flatMap((i) => [1, 2, 3].map((r) => hardness(i) + r)) }, { p: numbers.map((i) => [1, 2, 3].map((r) => hardness(i) + r)) }],
    }),
    kind('samples in columns', { 'spectra.csv': `wavelength (nm),${ids.join(',')}\n${grid.map((x, k) => [400 + 10 * x, ...curves.map((curve) => curve[k]!)].join(',')).join('\n')}\n` }, { spectra: curves }),
    kind('counts of few photons', { 'p.csv': `id,${numbers.map((k) => 400 + k).join(',')}\n${table((i) => [id(i), ...numbers.map((k) => (k * (i + k)) % 4)].join(','))}` }, { p: numbers.map((i) => numbers.map((k) => (k * (i + k)) % 4)) }),
    kind('settings beside each image', { 'p.csv': `id,h,g\n${table((i) => `${id(i)},${hardness(i)},${i / 8}`)}`, ...perSample((i) => `sem/${id(i)}.txt`, () => '$CM_FORMAT TIFF\n$CM_TITLE \n$CM_MAG 5000\n$SM_WD 8.0\n') }, h),
    kind('an index beside the points', perSample(csv, (i) => `,strain,stress\n${points(curveRows(i).map(([x, y], k) => [k, x, y]))}`), { curves }),
    kind('a mean and its spread below the rows', { 'p.csv': `id,h,g\n${table((i) => `${id(i)},${hardness(i)},${i / 8}`)}Mean,220,0.8\nSD,10,0.4\n` }, h),
    {
      name: 'landmarks of samples as pairs of columns',
      files: { 'marks.csv': `${numbers.map((k) => `x${k},y${k}`).join(',')}\n${table((i) => numbers.map((k) => `${((i * 7 + k * 3) % 11) / 4},${((i * 5 + k * 2) % 13) / 4}`).join(','))}` },
      stored: null,
      asks: /its columns are pairs/,
      answers: [{}, { 'marks y': numbers.map((i) => numbers.map((k) => ((i * 5 + k * 2) % 13) / 4)) }],
    },
    {
      name: 'columns that may be samples',
      files: { 'spectra.csv': `wavelength,${ids.join(',')}\n${numbers.map((k) => [400 + 10 * k, ...numbers.map((i) => i + k / (8 + i))].join(',')).join('\n')}\n` },
      stored: null,
      asks: /wavelength runs on from row to row/,
      answers: [
        { spectra: numbers.map((i) => numbers.map((k) => i + k / (8 + i))) },
        { spectra: numbers.map((k) => numbers.map((i) => i + k / (8 + i))) },
      ],
    },
    kind('bounds of what can be detected', { 'p.csv': `id,h,g\n${table((i) => `${id(i)},${i % 3 === 0 ? '< 0.5' : i + 0.25},${i % 4 === 0 ? '>8' : i / 8}`)}` }, null, {
      asks: /p\.csv, column h: "< 0\.5" \(4 cells\) and p\.csv, column g: ">8" \(3 cells\)/,
      answers: [
        { h: numbers.map((i) => (i % 3 === 0 ? 0.25 : i + 0.25)), g: numbers.map((i) => (i % 4 === 0 ? 8 : i / 8)) },
        { h: numbers.map((i) => (i % 3 === 0 ? 0.5 : i + 0.25)), g: numbers.map((i) => (i % 4 === 0 ? 8 : i / 8)) },
        { h: numbers.map((i) => (i % 3 === 0 ? null : i + 0.25)), g: numbers.map((i) => (i % 4 === 0 ? null : i / 8)) },
      ],
    }),
    kind('bounds in most cells', { 'p.csv': `id;h\n${table((i) => `${id(i)};${i % 3 > 0 ? '<0,5 mg' : `${i},25 mg`}`)}` }, null, {
      asks: /column h: "<0,5 mg" \(8 cells\)/,
      answers: [0.25, 0.5, null].map((limit) => ({ 'h (mg)': numbers.map((i) => (i % 3 > 0 ? limit : i + 0.25)) })),
    }),
    kind('words of instruments in a column of few numbers', { 'p.csv': `id,h,g\n${table((i) => `${id(i)},${i % 3 === 0 ? 'OVER' : i % 4 === 0 ? 'O.L' : i / 2},${i > 4 ? 'BDL' : i}`)}` }, null, {
      asks: /column h: "OVER" \(4 cells\), "O\.L" \(2 cells\) and p\.csv, column g: "BDL" \(8 cells\)/,
      answers: [{ h: numbers.map((i) => (i % 3 === 0 || i % 4 === 0 ? null : i / 2)), g: numbers.map((i) => (i > 4 ? null : i)) }],
    }),
    kind('overload in curves', perSample(csv, (i) => `strain,stress\n${points(curveRows(i).map(([x, y], k) => [x, i === 3 && k === 2 ? 'OVERLOAD' : y]))}`), null, {
      asks: /curves\/s003\.csv, column stress: "OVERLOAD"/,
      answers: [{ curves }],
    }),
    kind('a running index before the points of all samples', { 'p.csv': `,id,x,y\n${numbers.flatMap((i) => curveRows(i).map(([x, y], k) => `${(i - 1) * grid.length + k},${id(i)},${x},${y}`)).join('\n')}\n` }, { p: curves }),
    kind('a number of the point before a grid', { 'p.csv': `sample,point,strain,stress\n${numbers.flatMap((i) => curveRows(i).map(([x, y], k) => `${id(i)},${k + 1},${x},${y}`)).join('\n')}\n` }, { p: curves }),
    ...[
      ['an axis, and samples named in columns', 'Raman shift / cm-1', (i: number) => `PLA_${i % 2}_${i}`],
      ['a time, and samples by number', 'time (s)', (i: number) => String(i)],
    ].map(([name, corner, called]): Kind => ({
      name: name as string,
      files: { 'r.csv': `${corner as string},${numbers.map(called as (i: number) => string).join(',')}\n${numbers.map((k) => [400 + 10 * k, ...numbers.map((i) => i + k / (8 + i))].join(',')).join('\n')}\n` },
      stored: null,
      asks: /runs on from row to row/,
      answers: [{ r: numbers.map((i) => numbers.map((k) => i + k / (8 + i))) }, {}],
    })),
    {
      name: 'genes in rows',
      files: { 'g.csv': `gene,${ids.join(',')}\n${numbers.map((g) => `G${g},${numbers.map((i) => i + g / 4).join(',')}`).join('\n')}\n` },
      stored: null,
      asks: /its rows are "G1", "G2", "G3" \.\.\. \(gene\)/,
      answers: [{ g: numbers.map((i) => numbers.map((g) => i + g / 4)) }, { g: numbers.map((g) => numbers.map((i) => i + g / 4)) }],
    },
    { name: 'curves as pairs of columns of two names', files: { 'curves.csv': `${numbers.map(() => 'strain (%),stress (MPa)').join(',')}\n${grid.map((x, k) => curves.map((curve) => `${x},${curve[k]!}`).join(',')).join('\n')}\n` }, stored: { curves } },
    { name: 'curves as pairs of columns below the names of samples', files: { ...sem, 'curves.csv': `${ids.map((name) => `${name},`).join(',')}\n${numbers.map(() => 'strain,stress').join(',')}\n${numbers.map(() => '%,MPa').join(',')}\n${grid.map((x, k) => curves.map((curve) => `${x},${curve[k]!}`).join(',')).join('\n')}\n` }, stored: { curves, sem: numbers.map((i) => pixels(30, i)) } },
    { name: 'curves as pairs of columns',  files: { 'curves.csv': `${numbers.map((i) => `x${i},y${i}`).join(',')}\n${grid.map((x, k) => curves.map((curve) => `${x},${curve[k]!}`).join(',')).join('\n')}\n` }, stored: { curves } },
  ] // prettier-ignore
}
