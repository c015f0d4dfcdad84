import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { bundledSample } from '../../../src-main/datasets/bundled-sample.ts'
import { readDigits } from '../../../src-main/datasets/synthetic/digits.ts'
import { readTruth } from '../../../src-main/datasets/truth.ts'

const folder = bundledSample('mechanical-mnist')

describe('the bundled sample', () => {
  it('pairs a thousand images with a thousand curves, and knows the digit of each', async () => {
    const images = (await readdir(join(folder, 'images'))).map((name) => name.replace('.png', '')).sort()
    const rows: string[][] = parse(await readFile(join(folder, 'strain-energy.csv')))
    expect(rows[0]!.slice(0, 3)).toEqual(['id', 'psi@0', 'psi@0.001'])
    expect(rows[0]).toHaveLength(14)
    const ids = rows.slice(1).map((row) => row[0])
    expect(ids).toEqual(images)
    expect(ids).toHaveLength(1000)
    const truth = readTruth(join(folder, 'truth.json'))
    expect([...truth.factors.keys()]).toEqual(ids)
    expect(truth.nodes.map((node) => node.name)).toEqual(['digit'])
  })

  it('shows digits that stiffen the block: more ink, more strain energy', async () => {
    const { ids, bitmaps } = await readDigits()
    const rows: string[][] = parse(await readFile(join(folder, 'strain-energy.csv')))
    const energy = new Map(rows.slice(1).map((row) => [row[0], Number(row.at(-1))]))
    const ink = ids.map((_, i) => bitmaps.subarray(i * 784, (i + 1) * 784).reduce((a, b) => a + b, 0))
    const stiff = ids.map((id) => energy.get(id)!)
    expect(correlation(ink, stiff)).toBeGreaterThan(0.5)
  })

  it('refuses a sample that is not there', () => {
    expect(() => bundledSample('nothing')).toThrow(/The bundled sample nothing is missing/)
  })
})

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]): number => x.reduce((s, value) => s + value, 0) / x.length
  const [ma, mb] = [mean(a), mean(b)]
  const covariance = a.reduce((s, value, i) => s + (value - ma) * (b[i]! - mb), 0)
  const norm = (x: readonly number[], m: number): number => Math.sqrt(x.reduce((s, value) => s + (value - m) ** 2, 0))
  return covariance / norm(a, ma) / norm(b, mb)
}
