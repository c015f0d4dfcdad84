/**
 * Draws the icons of the packages from resources/icons/*.svg: PNG for Linux, ICO for Windows, ICNS for macOS. Run after
 * changing a drawing: npm run icons
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

const folder = join(import.meta.dirname, '..', 'resources', 'icons')
const linuxSizes = [16, 32, 48, 64, 128, 256, 512]
const icoSizes = [16, 24, 32, 48, 64, 128, 256]
/** ICNS types that hold a PNG, by size in pixels. */
const icnsTypes = {
  icp4: 16,
  icp5: 32,
  ic07: 128,
  ic08: 256,
  ic09: 512,
  ic10: 1024,
  ic11: 32,
  ic12: 64,
  ic13: 256,
  ic14: 512,
}

async function png(svg: Buffer, size: number): Promise<Buffer> {
  return await sharp(svg, { density: (72 * size) / 1024 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer()
}

/** An ICO file of PNG images (Windows Vista and later). */
export function ico(images: readonly { readonly size: number; readonly png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * images.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = header.length
  images.forEach((image, i) => {
    const at = 6 + 16 * i
    // 256 is written as 0.
    header.writeUInt8(image.size % 256, at)
    header.writeUInt8(image.size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(image.png.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += image.png.length
  })
  return Buffer.concat([header, ...images.map((image) => image.png)])
}

/** An ICNS file of PNG images. */
export function icns(images: readonly { readonly type: string; readonly png: Buffer }[]): Buffer {
  const parts = images.flatMap(({ type, png: image }) => {
    const head = Buffer.alloc(8)
    head.write(type, 0, 'latin1')
    head.writeUInt32BE(8 + image.length, 4)
    return [head, image]
  })
  const head = Buffer.alloc(8)
  head.write('icns', 0, 'latin1')
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4)
  return Buffer.concat([head, ...parts])
}

async function draw(name: string): Promise<void> {
  const svg = await readFile(join(folder, `${name}.svg`))
  const sized = new Map<number, Buffer>()
  for (const size of new Set([...linuxSizes, ...icoSizes, ...Object.values(icnsTypes)]))
    sized.set(size, await png(svg, size))
  await writeFile(join(folder, `${name}.png`), sized.get(512)!)
  await writeFile(join(folder, `${name}.ico`), ico(icoSizes.map((size) => ({ size, png: sized.get(size)! }))))
  await writeFile(
    join(folder, `${name}.icns`),
    icns(Object.entries(icnsTypes).map(([type, size]) => ({ type, png: sized.get(size)! }))),
  )
  if (name !== 'icon') return
  await mkdir(join(folder, 'linux'), { recursive: true })
  for (const size of linuxSizes) await writeFile(join(folder, 'linux', `${size}x${size}.png`), sized.get(size)!)
}

if (import.meta.main) {
  await draw('icon')
  await draw('document')
}
