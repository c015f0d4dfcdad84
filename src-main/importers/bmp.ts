/** BMP images, which sharp does not read. */
import { decode } from 'bmp-ts'
import type { DecodedImage, ImageHead } from './image.ts'

/** Size by the header. Throws for one that is cut off. */
export function bmpHead(bytes: Buffer): ImageHead {
  if (bytes.length < 26) throw new Error('its header is cut off')
  return { width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)), meta: null, tiff: null }
}

/** Grey where all of the image's colours are. Throws for an image that is cut off. */
export function decodeBmp(bytes: Buffer): DecodedImage {
  const { width, height, data, bitPP, palette } = decode(bytes)
  // Only images of up to 256 colours have a palette.
  const grey = bitPP <= 8 && palette.every(({ red, green, blue }) => red === green && green === blue)
  const channels = grey ? 1 : 3
  // Its pixels are transparency, blue, green, red.
  const values = new Uint8Array(width * height * channels)
  for (let p = 0; p < width * height; p++)
    for (let c = 0; c < channels; c++) values[p * channels + c] = data[4 * p + 3 - c]!
  return { width, height, channels, pixelType: 'uint8', values, alphaDropped: false, rotated: false, pages: 1 }
}
