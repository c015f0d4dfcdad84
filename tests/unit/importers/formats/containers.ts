/** What a container holds, whatever its format, as tests look at it. */
import { readFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import type { Container, FilePlace, StoredArray } from '../../../../src-main/importers/formats/format.ts'
import { recognise } from '../../../../src-main/importers/formats/formats.ts'
import { defaultLimits } from '../../../../src-main/importers/limits.ts'
import { ids } from './fixtures.ts'

export async function open(file: FilePlace, limits = defaultLimits): Promise<Container> {
  const bytes = readFileSync(file.absolute)
  const { reader, words } = recognise(bytes.subarray(0, 4096), bytes.subarray(-65_536))
  if (reader?.role !== 'archive') throw new Error(`${file.path} is taken for ${words}`)
  const container = await reader.open(file, limits)
  onTestFinished(() => container.close())
  return container
}

export function named({ arrays }: Container, name: string): StoredArray {
  const found = arrays.find((array) => array.name === name)
  if (found === undefined) throw new Error(`no ${name} among ${arrays.map((array) => array.name).join(', ')}`)
  return found
}

/** All of its values, read in two slabs. */
export async function values(array: StoredArray): Promise<(number | string)[]> {
  const count = array.shape[0]!
  const [a, b] = [await array.rows(0, 1), await array.rows(1, count)]
  return [...a.values, ...b.values]
}

// As make.py has them.
export const axis = Array.from({ length: 64 }, (_, k) => 400 + 4 * k)
export const spectra = ids.flatMap((_, i) =>
  axis.map((__, k) => (Math.round(1000 * Math.exp(-(((k - 20 - i) / 6) ** 2))) - (k >= 50 && k < 56 ? 7 : 0)) * 0.001),
)
/** [n, 5, 4] */
export const images = ids.flatMap((_, i) => Array.from({ length: 20 }, (__, k) => 100 * i + 10 * Math.floor(k / 4) + (k % 4))) // prettier-ignore
/** The same as MATLAB shows them, [5, 4, n] in C order. */
export const imagesByRow = Array.from({ length: 20 * ids.length }, (_, k) => {
  const [r, c, i] = [Math.floor(k / (4 * ids.length)), Math.floor(k / ids.length) % 4, k % ids.length]
  return 100 * i + 10 * r + c
})
