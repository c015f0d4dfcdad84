/** The data colours of tokens.css as the scatter takes them; a canvas cannot read style sheets. */
import { parseHex, type Rgb } from './colours.ts'

export interface PointPalette {
  readonly data: readonly Rgb[]
  readonly ink: Rgb
  readonly surface: Rgb
  /** For points without a value. */
  readonly missing: Rgb
}

function palette(data: readonly string[], ink: string, surface: string, missing: string): PointPalette {
  return { data: data.map(parseHex), ink: parseHex(ink), surface: parseHex(surface), missing: parseHex(missing) }
}

const palettes: Readonly<Record<'light' | 'dark', PointPalette>> = {
  light: palette(
    ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a7d00', '#555555'],
    '#1c1d1a',
    '#ffffff',
    '#9a9d92',
  ),
  dark: palette(
    ['#4ea3e0', '#f0b73a', '#35c59a', '#e09cc3', '#8ccdf2', '#f08a45', '#c9bd3f', '#a0a0a0'],
    '#ecede8',
    '#1c1d1b',
    '#6b6f64',
  ),
}

export function pointPalette(theme: 'light' | 'dark'): PointPalette {
  return palettes[theme]
}
