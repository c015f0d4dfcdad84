import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodeImage, imageHead, UnreadableImage } from '../../../src-main/importers/image.ts'

const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251))
const image = sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })

async function complaint(bytes: Buffer, format: string): Promise<string> {
  try {
    await decodeImage(bytes, format, await imageHead(bytes, format, 10_000))
  } catch (error) {
    if (error instanceof UnreadableImage) return error.message
    throw error
  }
  return 'read'
}

describe('a damaged image', () => {
  it('is told without what decoders say of themselves', async () => {
    const png = await image.clone().png().toBuffer()
    const jpeg = await image.clone().jpeg().toBuffer()
    const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length >> 1)
    expect(await complaint(half(png), 'png')).toBe('the image is damaged or cut off.')
    expect(await complaint(png.subarray(0, 30), 'png')).toBe('the image is damaged or cut off.')
    for (const cut of [half(jpeg), jpeg.subarray(0, 30)])
      expect(await complaint(cut, 'jpeg')).toBe('the image is damaged or cut off (premature end of JPEG image).')
    const flipped = Buffer.from(png)
    // The checksum of the header.
    flipped[29]! ^= 0x55
    expect(await complaint(flipped, 'png')).toBe('the image is damaged or cut off (IHDR: CRC error).')
    expect(await complaint(png, 'png')).toBe('read')
    for (const format of ['png', 'jpeg', 'tiff', 'bmp'])
      expect(await complaint(Buffer.alloc(0), format)).toBe('the file is empty: it has no byte.')
  })
})
