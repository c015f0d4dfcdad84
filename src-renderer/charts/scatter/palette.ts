/** The theme's colours as the scatter takes them. */
import { colours, dataColours, type Theme } from '../../../src-shared/colours.ts'
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

const scales: Readonly<Record<Theme, ScalePart>> = { light: [0, 0.9], dark: [0.25, 1] }

export function pointPalette(theme: Theme): PointPalette {
  const { text, surface, missing } = colours[theme]
  return {
    data: dataColours[theme].map(parseHex),
    ink: parseHex(text),
    surface: parseHex(surface),
    missing: parseHex(missing),
    scale: scales[theme],
  }
}
