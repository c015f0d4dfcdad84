/** A small set of measurements to train on for seconds. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const samples = 48
const points = 12

/** Two kinds of curves, told apart by their slope, with a little noise; returns the file. */
export async function writeCurves(folder: string): Promise<string> {
  const random = RandomStream.of(0, 'kills/curves')
  const header = ['id', ...Array.from({ length: points }, (_, t) => `y@${t}`)]
  const rows = Array.from({ length: samples }, (_, i) => [
    `s${i}`,
    ...Array.from({ length: points }, (__, t) => (i % 2 === 0 ? t : points - t) + 0.3 * random.normal()),
  ])
  const file = join(folder, 'curves.csv')
  await writeFile(file, `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`)
  return file
}
