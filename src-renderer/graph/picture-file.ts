/** A drawn SVG as a file: with its font inside, or as a PNG three times as fine as the screen. */
import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import { failed } from '../../src-shared/errors.ts'
import type { DrawnSvg } from './svg.ts'

const pngScale = 3
const largestSide = 8000

function asBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer)
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}

/** The window's font for use within a picture, so that it looks the same on every machine. */
export async function embeddedFont(): Promise<string> {
  const response = await fetch(interUrl)
  const font = asBase64(await response.arrayBuffer())
  return `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(data:font/woff2;base64,${font}) format('woff2')}`
}

/** PNG bytes in base64. */
export async function rasterised({ text, width, height }: DrawnSvg): Promise<string> {
  const scale = Math.min(pngScale, largestSide / Math.max(width, height))
  const image = new Image()
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  try {
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    const context = canvas.getContext('2d')
    if (context === null) throw failed('The picture could not be drawn.', 'Save it as SVG.')
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '')
  } finally {
    URL.revokeObjectURL(url)
  }
}
