import { describe, expect, it } from 'vitest'
import {
  type ColourName,
  colourRules,
  colours,
  dataColours,
  pagePaint,
  type Theme,
} from '../../../src-shared/colours.ts'

/** Relative luminance of "#rrggbb" (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(first: string, second: string): number {
  const [high = 0, low = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

describe.each<Theme>(['light', 'dark'])('the %s colours', (theme) => {
  const of = colours[theme]

  it('keep words readable on every surface', () => {
    const words: readonly ColourName[] = ['text', 'text-2', 'muted', 'accent', 'warn', 'bad']
    const surfaces: readonly ColourName[] = ['bg', 'surface', 'sunken']
    for (const word of words)
      for (const surface of surfaces)
        expect(contrast(of[word], of[surface]), `${word} on ${surface}`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(of['on-accent'], of.accent)).toBeGreaterThanOrEqual(4.5)
  })

  it('tell the borders of controls from their surroundings', () => {
    expect(contrast(of.control, of.surface)).toBeGreaterThanOrEqual(3)
  })

  it('are declared for every name that a drawing may ask for', () => {
    const rules = colourRules(theme)
    for (const [name, value] of Object.entries(of)) expect(rules).toContain(`--${name}: ${value};`)
    dataColours[theme].forEach((value, i) => {
      expect(rules).toContain(`${pagePaint.data(i).slice(4, -1)}: ${value};`)
    })
    expect(pagePaint.data(dataColours[theme].length)).toBe(pagePaint.data(0))
  })

  it('are as many as a node has categories at most, no two the same', () => {
    expect(new Set(dataColours[theme]).size).toBe(64)
  })
})
