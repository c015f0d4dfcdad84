/** Widths of texts in the fonts of the graph, measured once each. */
import type { Measure } from './node-box.ts'

export const fonts = { name: '600 13px', category: '400 10px' } as const

const widths = new Map<string, number>()
let context: CanvasRenderingContext2D | null = null

export const measure: Measure = (text, font) => {
  const key = `${font} ${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  context ??= document.createElement('canvas').getContext('2d')
  if (context === null) return text.length * 7
  context.font = `${fonts[font]} "Inter Variable", Inter, system-ui, sans-serif`
  const { width } = context.measureText(text)
  widths.set(key, width)
  return width
}
