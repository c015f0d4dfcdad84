/** Galactic's SPC spectra: the format of 1996 (0x4B), big-endian (0x4C) and the older one (0x4D). */
import { createRequire } from 'node:module'
import type { parse as parseSpectra } from 'spc-parser'
import { refused } from '../../../src-shared/errors.ts'
import { labelAndUnit } from '../cells.ts'
import type { Format, RawTable } from './format.ts'
import { axisName, type Spectrum, tableOfSpectra } from './spectra.ts'
import { stumbled } from '../file-bytes.ts'

const load = createRequire(import.meta.url)
const versions = new Set([0x4b, 0x4c, 0x4d])
/** Header of the newer format; the older is shorter. */
const headerBytes = 256

function tableOfSpc(bytes: Buffer, path: string): RawTable {
  const { parse } = load('spc-parser') as { parse: typeof parseSpectra }
  try {
    const { spectra } = parse(bytes)
    return tableOfSpectra(
      spectra.map(({ variables: { x, y } }, i): Spectrum => {
        return {
          title: String(i + 1),
          xName: named(x.label, x.units),
          yName: named(y.label, y.units),
          x: x.data,
          y: y.data,
        }
      }),
      path,
    )
  } catch (error) {
    throw refused(`${path} is not a whole SPC file: ${stumbled(error)}.`, 'Copy or export it again.', { file: path })
  }
}

function named(label = '', units = ''): string {
  const alone = labelAndUnit(label).label
  const known = axisName(units === '' ? alone : units, alone)
  return known === units.toLowerCase() && units !== '' ? `${alone.toLowerCase()} (${units})` : known
}

export const spc: Format = {
  id: 'spc',
  words: 'an SPC spectrum',
  // Its second byte is the only sign it has: the number of points and their ends, which follow, must make sense as well.
  begins: (head) => {
    if (head.length < headerBytes || !versions.has(head[1]!)) return false
    const view = new DataView(head.buffer, head.byteOffset, head.length)
    const little = head[1] !== 0x4c
    const old = head[1] === 0x4d
    const points = old ? view.getFloat32(4, true) : view.getInt32(4, little)
    const ends = old ? [view.getFloat32(8, true), view.getFloat32(12, true)] : [view.getFloat64(8, little), view.getFloat64(16, little)] // prettier-ignore
    return points >= 0 && points < 2 ** 28 && ends.every((end) => Number.isFinite(end) && Math.abs(end) < 1e9)
  },
  measurements: true,
  reader: { role: 'table', spectrum: true, table: tableOfSpc },
}
