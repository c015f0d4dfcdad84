/**
 * A laboratory's folder: images by file name, curves and metadata by a column of ids. Two curves have no image, one image
 * has no curve.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

export const samples = 48
const side = 16
const points = 12
const withoutImage = [7, 19]
const withoutCurve = 11

const idOf = (i: number): string => `s${String(i).padStart(3, '0')}`

async function latticeImage(width: number, shade: number): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side, 235)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) if (x % 8 < width || y % 8 < width) pixels[y * side + x] = shade
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
}

export interface LatticeFolder {
  readonly folder: string
  /** Adds a curve whose values are words: an import must be told what to do with it. */
  spoil(): Promise<void>
}

/** Writes the folder "lattice" into `parent`. */
export async function writeLatticeFolder(parent: string): Promise<LatticeFolder> {
  const folder = join(parent, 'lattice')
  await mkdir(join(folder, 'images'), { recursive: true })
  const curves = [['id', ...Array.from({ length: points }, (_, j) => `stress@${j / 2}`)].join(',')]
  const metadata = ['id,plate,strut']
  for (let i = 0; i < samples; i++) {
    const kind = i % 3
    if (!withoutImage.includes(i))
      await writeFile(join(folder, 'images', `${idOf(i)}.png`), await latticeImage(kind + 1, 40 + ((i * 7) % 30)))
    if (i !== withoutCurve) {
      const curve = Array.from(
        { length: points },
        (_, j) => (1 - Math.exp(-j / (2 + kind))) * (10 + 5 * kind + (i % 5) / 5),
      )
      curves.push([idOf(i), ...curve.map((y) => y.toFixed(3))].join(','))
    }
    metadata.push([idOf(i), i % 2 === 0 ? 'A' : 'B', ['thin', 'medium', 'thick'][kind]].join(','))
  }
  await writeFile(join(folder, 'curves.csv'), curves.join('\n'))
  await writeFile(join(folder, 'metadata.csv'), metadata.join('\n'))
  return {
    folder,
    spoil: async () => {
      const spoilt = [...curves, [idOf(0) + 'x', ...Array.from({ length: points }, () => 'broken')].join(',')]
      await writeFile(join(folder, 'curves.csv'), spoilt.join('\n'))
    },
  }
}
