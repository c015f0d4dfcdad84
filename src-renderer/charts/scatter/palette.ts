/** The data colours of tokens.css as the scatter takes them; a canvas cannot read style sheets. */
import { parseHex, type Rgb, type ScalePart } from './colours.ts'

export interface PointPalette {
  readonly data: readonly Rgb[]
  readonly ink: Rgb
  readonly surface: Rgb
  /** For points without a value. */
  readonly missing: Rgb
  /** Of the scale for numbers. */
  readonly scale: ScalePart
}

const colours = (...hexes: readonly string[]): readonly Rgb[] => hexes.map(parseHex)

const palettes: Readonly<Record<'light' | 'dark', PointPalette>> = {
  light: {
    data: colours('#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a7d00', '#555555'),
    ink: parseHex('#1c1d1a'),
    surface: parseHex('#ffffff'),
    missing: parseHex('#9a9d92'),
    scale: [0, 0.9],
  },
  dark: {
    data: colours('#4ea3e0', '#f0b73a', '#35c59a', '#e09cc3', '#8ccdf2', '#f08a45', '#c9bd3f', '#a0a0a0'),
    ink: parseHex('#ecede8'),
    surface: parseHex('#1c1d1b'),
    missing: parseHex('#6b6f64'),
    scale: [0.25, 1],
  },
}

export function pointPalette(theme: 'light' | 'dark'): PointPalette {
  return palettes[theme]
}
