/** JCAMP-DX spectra (McDonald & Wilks 1988, version 4.24, and later ones), one a file or several in linked blocks. */
import { createRequire } from 'node:module'
import type { convert as convertSpectra, Entry } from 'jcampconverter'
import { type CausalscopeError, refused } from '../../../src-shared/errors.ts'
import { decodeText } from '../delimited.ts'
import type { Format, RawTable } from './format.ts'
import { axisName, type Spectrum, tableOfSpectra } from './spectra.ts'

// Tables are read synchronously, and who has no spectrum shall not load their reader.
const load = createRequire(import.meta.url)

/** How far the first value may lie from what the header says of it, often rounded, as a share of the largest. */
const firstTolerance = 0.02

function tableOfJcamp(bytes: Buffer, path: string): RawTable {
  const { text } = decodeText(bytes, path)
  const { convert } = load('jcampconverter') as { convert: typeof convertSpectra }
  const damaged: string[] = []
  const say = (said: unknown): void => void damaged.push(String(said))
  const pass = (): void => undefined
  const logger = { trace: (said: unknown) => String(said).includes('repeat the same value') && say(said), debug: pass, info: pass, warn: pass, error: say, fatal: say } // prettier-ignore
  let entries: readonly Entry[]
  try {
    entries = convert(withPoints(text), { noContour: true, logger: logger as never }).flatten
  } catch (error) {
    throw broken(path, error instanceof Error ? error.message : String(error))
  }
  if (damaged[0] !== undefined)
    throw broken(path, 'a value that is written twice to tell damage is not the same both times')
  const holding = entries.filter(({ spectra }) => spectra.length > 0)
  if (holding.length === 0) throw nothing(path, text)
  const table = tableOfSpectra(
    holding.map((entry) => spectrumOf(entry, path, /^##\s*PEAK/im.test(text))),
    path,
  )
  if (!holding.some(({ spectra }) => spectra.length > 1)) return table
  return { ...table, warnings: ['of complex spectra the real part is read, not the imaginary one'] }
}

/** XYPOINTS, pairs of an uneven grid, as the list of pairs that the reader knows; it applies their factors. */
function withPoints(text: string): string {
  return text.replaceAll(/^##\s*XYPOINTS\s*=[^\r\n]*\r?\n([^#]*)/gim, (_, body: string) => {
    const values = body.replaceAll(/\$\$[^\r\n]*/g, '').match(/[^\s,;]+/g) ?? []
    const pairs = Array.from({ length: Math.ceil(values.length / 2) }, (__, k) =>
      values.slice(2 * k, 2 * k + 2).join(', '),
    )
    return `##PEAKTABLE=(XY..XY)\n${pairs.join('\n')}\n`
  })
}

/** The page that is the spectrum: the only one, or of a complex one its real part. */
function pageOf({ spectra }: Entry, where: string, path: string): Entry['spectra'][number] {
  const [first, second] = spectra
  if (spectra.length === 1) return first!
  const parts = [first, second].map((page) => String(page?.yUnits ?? ''))
  if (spectra.length === 2 && /real/i.test(parts[0]!) && /imag/i.test(parts[1]!)) return first!
  const pages = spectra.map(({ page }) => String(page ?? '')).filter((page) => page !== '')
  throw refused(
    `${where} holds ${spectra.length} pages in one block (NTUPLES: ${pages.slice(0, 3).join(', ')}${pages.length > 3 ? ', ...' : ''}): each is a spectrum of its own.`,
    'Export the page that is meant as XYDATA, or each into a file of its own.',
    { file: path },
  )
}

function broken(path: string, why: string): CausalscopeError {
  return refused(`${path} is not a whole JCAMP-DX file: ${why.replace(/\.$/, '')}.`, 'Copy or export it again.', {
    file: path,
  })
}

function nothing(path: string, text: string): CausalscopeError {
  const data = /^##\s*(XYDATA|XYPOINTS|PEAK\s*TABLE|PEAK\s*ASSIGNMENTS|NTUPLES|RADATA)\s*=/im.exec(text)?.[1]
  return data === undefined
    ? broken(path, 'it holds no data')
    : refused(`${path} holds data of the kind ${data}, which is not read.`, 'Export it as XYDATA.', { file: path })
}

function spectrumOf(entry: Entry, path: string, peaks: boolean): Spectrum {
  const { title = '', dataType = '' } = entry
  const name = title.trim()
  const where = name === '' ? path : `${path} (${name})`
  const block = pageOf(entry, where, path)
  // A list of pairs is a spectrum only where it says so: peaks are chosen points.
  if (block.isPeaktable === true && (peaks || /peak/i.test(dataType)))
    throw refused(`${where} holds a table of peaks, not a spectrum.`, 'Export the spectrum as XYDATA.', { file: path })
  const { x, y } = block.data as { x: number[]; y: number[] }
  const { nbPoints, firstX, lastX, firstY } = block
  if (nbPoints !== undefined && nbPoints !== y.length)
    throw broken(where, `its header says ${nbPoints} points, it has ${y.length}`)
  const largest = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (y.length > 0 && Math.abs((firstY ?? y[0]!) - y[0]!) > firstTolerance * largest)
    throw broken(where, `its header says that it begins with ${String(firstY)}, it begins with ${y[0]!}`)
  const even = block.isXYdata === true && firstX !== undefined && lastX !== undefined && y.length > 1
  return {
    title: name,
    xName: axisName(String(block.xUnits ?? ''), 'x'),
    yName: axisName(String(block.yUnits ?? ''), 'y'),
    // From both ends, not by adding up steps that are rounded in the file.
    x: even ? x.map((_, k) => firstX + ((lastX - firstX) * k) / (y.length - 1)) : x,
    y,
  }
}

export const jcamp: Format = {
  id: 'jcamp',
  words: 'a JCAMP-DX spectrum',
  begins: (head) =>
    /^\uFEFF?(?:\s|\$\$[^\n]*\n)*##\s*TITLE\s*=/i.test(new TextDecoder('latin1').decode(head.subarray(0, 1024))),
  measurements: true,
  reader: { role: 'table', spectrum: true, table: tableOfJcamp },
}
