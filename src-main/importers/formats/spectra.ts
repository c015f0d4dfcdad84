/** Spectra as tables: of one spectrum its points, of several a row a point with the sample's name before it. */
import { type CausalscopeError, refused } from '../../../src-shared/errors.ts'
import type { RawTable } from './format.ts'

export interface Spectrum {
  /** Of the sample; tells the spectra of one file apart. */
  readonly title: string
  /** With the unit in brackets, as a header has it. */
  readonly xName: string
  readonly yName: string
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

/** Throws `refused` for spectra that share a name, or are not measured alike. */
export function tableOfSpectra(spectra: readonly Spectrum[], path: string): RawTable {
  const first = spectra[0]
  if (first === undefined) throw refused(`${path} holds no spectrum.`, 'Export it again.', { file: path })
  const several = spectra.length > 1
  if (several) checkAlike(spectra, path)
  const records = spectra.flatMap(({ title, x, y }) =>
    Array.from(x, (at, k) => [...(several ? [title] : []), String(at), String(y[k]!)]),
  )
  return {
    name: '',
    header: [...(several ? ['sample'] : []), first.xName, first.yName],
    records,
    // The points stand in lines of their own making; what can be named is their number.
    lines: records.map((_, k) => k + 1),
    delimiter: '',
    exact: new Set(several ? [1, 2] : [0, 1]),
  }
}

function checkAlike(spectra: readonly Spectrum[], path: string): void {
  const [first] = spectra
  const seen = new Set<string>()
  for (const { title, xName, yName } of spectra) {
    if (title === '' || seen.has(title))
      throw refused(
        title === ''
          ? `${path}: one of its spectra has no title.`
          : `${path}: two of its spectra are called "${title}".`,
        'Give each a title of its own: it names the sample.',
        { file: path, id: title },
      )
    seen.add(title)
    if (xName !== first!.xName || yName !== first!.yName) throw unlike(path, first!, { title, xName, yName })
  }
}

function unlike(path: string, a: Spectrum, b: Pick<Spectrum, 'title' | 'xName' | 'yName'>): CausalscopeError {
  return refused(
    `${path}: ${a.title} is ${a.yName} over ${a.xName}, ${b.title} is ${b.yName} over ${b.xName}.`,
    'Export spectra of one kind into a file.',
    { file: path, id: b.title },
  )
}

const axes: readonly (readonly [RegExp, string])[] = [
  [/^(?:1\/cm|cm-1|cm\^-1|wavenumbers?(?: \(cm-1\))?)$/i, 'wavenumber (cm-1)'],
  [/^(?:nanomet(?:er|re)s?|nm)$/i, 'wavelength (nm)'],
  [/^(?:micromet(?:er|re)s?|microns?|um|µm)$/i, 'wavelength (µm)'],
  [/^raman shift(?: \(cm-1\))?$/i, 'raman shift (cm-1)'],
  [/^(?:hz|hertz)$/i, 'frequency (Hz)'],
  [/^ppm$/i, 'shift (ppm)'],
  [/^(?:seconds?|s|sec)$/i, 'time (s)'],
  [/^(?:minutes?|min)$/i, 'time (min)'],
  [/^m\/z$/i, 'm/z'],
  [/^(?:%\s*t(?:ransmittance)?|transmittance \(?%\)?|percent transmittance)$/i, 'transmittance (%)'],
  [/^transmittance$/i, 'transmittance (1)'],
  [/^(?:%\s*r(?:eflectance)?|percent reflectance)$/i, 'reflectance (%)'],
  [/^reflectance$/i, 'reflectance (1)'],
  [/^arb(?:itrary)?\.?(?: units?)?(?: \(.*\))?$/i, 'intensity (a.u.)'],
  [/^counts?$/i, 'intensity (counts)'],
]

/** A unit of a spectrum's file as the name of a column: what it measures is in it. `otherwise` where it says nothing. */
export function axisName(unit: string, otherwise: string): string {
  // Pages name what they hold before the unit: SPECTRUM/REAL [ARBITRARY UNITS].
  const text = (/\[([^[\]]+)\]$/.exec(unit)?.[1] ?? unit).trim()
  return axes.find(([pattern]) => pattern.test(text))?.[1] ?? (text === '' ? otherwise : text.toLowerCase())
}
