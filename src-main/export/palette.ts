/** The colours of drawings: the window's, as CSS variables inside the report and as values in files of their own. */

export interface Palette {
  readonly surface: string
  readonly line: string
  readonly lineStrong: string
  readonly text: string
  readonly text2: string
  readonly text3: string
  readonly accent: string
  /** Okabe-Ito, ordered for neighbours that differ in lightness too. */
  readonly data: readonly string[]
}

export const light: Palette = {
  surface: '#ffffff',
  line: '#e2e2dc',
  lineStrong: '#c9c9c0',
  text: '#1c1d1a',
  text2: '#575950',
  text3: '#767970',
  accent: '#0f6b6f',
  data: ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a7d00', '#555555'],
}

/** Light or dark as the page is. */
export const ofPage: Palette = {
  surface: 'var(--surface)',
  line: 'var(--line)',
  lineStrong: 'var(--line-strong)',
  text: 'var(--text)',
  text2: 'var(--text-2)',
  text3: 'var(--text-3)',
  accent: 'var(--accent)',
  data: light.data.map((_, i) => `var(--c${i})`),
}

/** Colour of the i-th category, component or curve. */
export function dataColour(palette: Palette, i: number): string {
  return palette.data[i % palette.data.length]!
}
