import { describe, expect, it } from 'vitest'
import { decodeImage, imageHead, UnreadableImage } from '../../../../src-main/importers/image.ts'
import { fixtureBytes } from './fixtures.ts'

const pixels = Array.from({ length: 20 }, (_, k) => [Math.floor(k / 4), k % 4] as const)

describe('a BMP image', () => {
  it.each([
    ['grey', 1, pixels.map(([r, c]) => 10 * r + c)],
    ['colour', 3, pixels.flatMap(([r, c]) => [10 * r + c, 100 + r, 200 + c])],
  ])('in %s gives the pixels that were written', async (name, channels, expected) => {
    const bytes = fixtureBytes(`${name}.bmp`)
    const head = await imageHead(bytes, 'bmp', 1000)
    expect(head).toMatchObject({ height: 5, width: 4 })
    const image = await decodeImage(bytes, 'bmp', head)
    expect(image).toMatchObject({ height: 5, width: 4, channels, pixelType: 'uint8' })
    expect([...image.values]).toEqual(expected)
  })

  it('that is cut off, or claims too many pixels, is refused', async () => {
    const bytes = fixtureBytes('colour.bmp')
    const cut = bytes.subarray(0, bytes.length - 10)
    await expect(decodeImage(cut, 'bmp', await imageHead(cut, 'bmp', 1000))).rejects.toThrow(UnreadableImage)
    const claiming = Buffer.from(bytes)
    claiming.writeInt32LE(60_000, 18)
    await expect(imageHead(claiming, 'bmp', 1000)).rejects.toThrow('60,000 x 5 pixels; an import reads up to 1,000.')
  })
})
