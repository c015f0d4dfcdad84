/** Causalscope's colours, light and dark, for the page, its canvases, reports and files: one accent, neutral surfaces, colour for data. */

/**
 * `text-3` is for marks and disabled things; words that must be read take `muted`, which meets 4.5:1 on every surface.
 * `control`: borders that must be told from their surroundings, 3:1. `missing`: points without a value.
 */
const light = {
  bg: '#f7f7f5',
  surface: '#ffffff',
  sunken: '#f0f0ec',
  line: '#e2e2dc',
  'line-strong': '#c9c9c0',
  text: '#1c1d1a',
  'text-2': '#575950',
  'text-3': '#767970',
  muted: '#64675e',
  control: '#8a8d83',
  missing: '#9a9d92',
  accent: '#0f6b6f',
  'accent-soft': '#dcedec',
  'on-accent': '#ffffff',
  good: '#2c7a3f',
  warn: '#9a5b00',
  bad: '#b3261e',
  'warn-soft': '#fbf1de',
  'bad-soft': '#fbe9e7',
  focus: '#0f6b6f',
} as const

export type ColourName = keyof typeof light
export type Theme = 'light' | 'dark'

const dark: Readonly<Record<ColourName, string>> = {
  bg: '#141513',
  surface: '#1c1d1b',
  sunken: '#181917',
  line: '#2d2f2b',
  'line-strong': '#44473f',
  text: '#ecede8',
  'text-2': '#b4b7ac',
  'text-3': '#8c9085',
  muted: '#9a9e93',
  control: '#70746a',
  missing: '#6b6f64',
  accent: '#56b9b6',
  'accent-soft': '#16302f',
  'on-accent': '#0b1a1a',
  good: '#6cc084',
  warn: '#e0a64b',
  bad: '#f2857c',
  'warn-soft': '#2c2414',
  'bad-soft': '#331d1b',
  focus: '#56b9b6',
}

export const colours: Readonly<Record<Theme, Readonly<Record<ColourName, string>>>> = { light, dark }

/** Okabe-Ito, ordered for neighbours that differ in lightness too. */
const hues: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a7d00', '#555555'],
  dark: ['#4ea3e0', '#f0b73a', '#35c59a', '#e09cc3', '#8ccdf2', '#f08a45', '#c9bd3f', '#a0a0a0'],
}

/** Colours in charts that are told apart without looking twice. */
export const clearColours = hues.light.length
/** As many as a node has categories at most. */
const mostColours = 64

function mixed(a: string, b: string, share: number): string {
  const channel = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  const of = (at: number): number => Math.round(channel(a, at) + (channel(b, at) - channel(a, at)) * share)
  return `#${[1, 3, 5].map((at) => of(at).toString(16).padStart(2, '0')).join('')}`
}

/**
 * The clear colours first, then the same mixed with the ink or the surface by turns, so that neighbours still differ in
 * lightness and no two are the same.
 */
function shades(theme: Theme): readonly string[] {
  const { text, surface } = colours[theme]
  return Array.from({ length: mostColours }, (_, i) => {
    const hue = hues[theme][i % clearColours]!
    const round = Math.floor(i / clearColours)
    const share = Math.min(0.8, 0.25 * Math.ceil(round / 2))
    return round === 0 ? hue : mixed(hue, round % 2 === 1 ? text : surface, share)
  })
}

/** Colours of categories, components and curves. */
export const dataColours: Readonly<Record<Theme, readonly string[]>> = { light: shades('light'), dark: shades('dark') }

/** Every colour as a CSS declaration: `--text-2: #575950; --c0: #0072b2;`. */
export function colourRules(theme: Theme): string {
  const named = Object.entries(colours[theme]).map(([name, value]) => `--${name}: ${value};`)
  return [...named, ...dataColours[theme].map((value, i) => `--c${i}: ${value};`)].join(' ')
}

/** What a drawing is coloured with. */
export interface Paint {
  of(name: ColourName): string
  /** Colour of the i-th category, component or curve. */
  data(i: number): string
}

/** For files of their own: light, for paper, whatever the screen's theme. */
export const lightPaint: Paint = {
  of: (name) => light[name],
  data: (i) => dataColours.light[i % dataColours.light.length]!,
}

/** Inside the page or a report, whose style has `colourRules`: light or dark as they are. */
export const pagePaint: Paint = {
  of: (name) => `var(--${name})`,
  data: (i) => `var(--c${i % dataColours.light.length})`,
}
