/** A laboratory's spectra, a JCAMP-DX file a melt, and its workbook of chemistry, in which one hardness is missing. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'

export const samples = 96
export const points = 64
export const [firstX, step, factor] = [400, 4, 0.001]
export const ids = Array.from({ length: samples }, (_, i) => `melt_${String(i + 1).padStart(3, '0')}`)
export const routes = ids.map((_, i) => (i % 3 === 0 ? 'cast' : 'forged'))
export const carbon = ids.map((_, i) => (11 + ((i * 7) % 40)) / 64)
export const hardness = ids.map((_, i) => (i === 4 ? null : 180.5 + 2 * i))

/** Absorbance in thousandths: a slope that differs from sample to sample, and a peak whose place goes with the route. */
export function thousandths(i: number): number[] {
  const place = routes[i] === 'cast' ? 20 : 40
  return Array.from({ length: points }, (_, k) => Math.round(600 * Math.exp(-(((k - place) / 5) ** 2)) + (i % 7) * (k + 10) - 25)) // prettier-ignore
}

/** XYDATA with eight ordinates a line, each line beginning with its abscissa, as JCAMP-DX 4.24 has it. */
function jcamp(i: number): string {
  const y = thousandths(i)
  const lines = Array.from(
    { length: points / 8 },
    (_, l) => `${firstX + step * 8 * l} ${y.slice(8 * l, 8 * l + 8).join(' ')}`,
  )
  const header = {
    ...{ TITLE: ids[i], 'JCAMP-DX': '4.24', 'DATA TYPE': 'INFRARED SPECTRUM', ORIGIN: 'lab', OWNER: 'lab' },
    ...{ XUNITS: '1/CM', YUNITS: 'ABSORBANCE', FIRSTX: firstX, LASTX: firstX + step * (points - 1), DELTAX: step },
    ...{ FIRSTY: y[0]! * factor, XFACTOR: 1, YFACTOR: factor, NPOINTS: points, XYDATA: '(X++(Y..Y))' },
  }
  return [...Object.entries(header).map(([key, value]) => `##${key}=${value}`), ...lines, '##END=', ''].join('\r\n')
}

/** Writes `lab` into the folder: `lab/ftir/*.jdx` and `lab/chemistry.xlsx`. */
export async function writeSpectraLab(folder: string): Promise<void> {
  mkdirSync(join(folder, 'lab', 'ftir'), { recursive: true })
  ids.forEach((id, i) => writeFileSync(join(folder, 'lab', 'ftir', `${id}.jdx`), jcamp(i)))
  const rows = [
    ['Melts of the second series'],
    ['Sample', 'Route', 'C', 'Hardness'],
    [null, null, 'wt%', 'HV'],
    // The workbook has an order of its own.
    ...ids.map((id, i) => [id, routes[i]!, carbon[i]!, hardness[i]!]).reverse(),
  ]
  writeFileSync(join(folder, 'lab', 'chemistry.xlsx'), await writeXlsx({ sheets: [{ name: 'Chemistry', rows }] }))
}
