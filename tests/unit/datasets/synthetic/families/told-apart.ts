/** Whether the categories of a family can be read off its measurements, by what a specialist would measure there. */
import { makeSynthetic } from '../../../../../src-main/datasets/synthetic/registry.ts'
import type { SyntheticSet } from '../../../../../src-main/datasets/synthetic/sample-set.ts'

/** One sample's measurements as they are in the files. */
export interface Sample {
  /** Brightness in [0, 1] of an image of one channel. */
  readonly pixel: (x: number, y: number) => number
  /** Red, green and blue in [0, 1] of an image of three channels. */
  readonly colour: (x: number, y: number) => readonly [number, number, number]
  readonly curve: readonly number[]
  readonly grid: readonly number[]
  readonly value: (column: string) => number
}

/**
 * For each node the share of 500 samples of which the category drawn is read off. `read` gives a quantity a node that
 * rises from its first category to its last, `cuts` where one category ends and the next begins.
 */
export async function rightShares<Node extends string>(
  name: string,
  read: (sample: Sample) => Readonly<Record<Node, number>>,
  cuts: Readonly<Record<Node, readonly number[]>>,
): Promise<Readonly<Record<string, number>>> {
  const set = await makeSynthetic(name, { samples: 500, seed: 1 })
  const quantities: Readonly<Record<string, number>>[] = set.ids.map((_, i) => read(sampleOf(set, i)))
  const between: Readonly<Record<string, readonly number[]>> = cuts
  return Object.fromEntries(
    set.nodes.map(({ name: node }, l) => {
      const right = quantities.filter(
        (of, i) => between[node]!.filter((cut) => of[node]! > cut).length === set.factors[i * set.nodes.length + l],
      )
      return [node, right.length / set.ids.length]
    }),
  )
}

function sampleOf({ images, curves, vectors }: SyntheticSet, i: number): Sample {
  const points = curves?.grid.length ?? 0
  return {
    pixel: (x, y) => images!.pixels[(i * images!.height + y) * images!.width + x]! / 255,
    colour: (x, y) => {
      const at = ((i * images!.height + y) * images!.width + x) * 3
      return [images!.pixels[at]! / 255, images!.pixels[at + 1]! / 255, images!.pixels[at + 2]! / 255]
    },
    curve: [...(curves?.values.subarray(i * points, (i + 1) * points) ?? [])],
    grid: curves?.grid ?? [],
    value: (column) => vectors!.values[i * vectors!.columns.length + vectors!.columns.indexOf(column)]!,
  }
}

/** 0, ..., n - 1 through f. */
export function upTo<T>(n: number, f: (k: number) => T): T[] {
  return Array.from({ length: n }, (_, k) => f(k))
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.round(q * (values.length - 1))]!
}

/** The steps from `from` to `to`, both included. */
export function steps(from: number, to: number, by: number): number[] {
  return upTo(Math.round((to - from) / by) + 1, (k) => from + k * by)
}

/** Places of an image of so many columns and rows. */
export function places(width: number, height: number): { x: number; y: number }[] {
  return upTo(width * height, (k) => ({ x: k % width, y: Math.floor(k / width) }))
}

/** Each value with its neighbours' mean, `reach` to each side. */
export function smoothed(values: readonly number[], reach: number): number[] {
  return values.map((_, k) => mean(values.slice(Math.max(0, k - reach), k + reach + 1)))
}

/** The one of the candidates with the greatest worth. */
export function best<T>(candidates: readonly T[], worth: (candidate: T) => number): T {
  let found: T = candidates[0]!
  let most = -Infinity
  for (const candidate of candidates) {
    const its = worth(candidate)
    if (its > most) [found, most] = [candidate, its]
  }
  return found
}

/** Amounts of the shapes whose sum is nearest to the values in squares, and what remains of the values. */
export function fit(
  values: readonly number[],
  shapes: readonly (readonly number[])[],
): { amounts: number[]; remainder: number } {
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, v, k) => sum + v * b[k]!, 0)
  const rows = shapes.map((shape) => [...shapes.map((other) => dot(shape, other)), dot(shape, values)])
  // Gauss and Jordan; the normal matrix is positive definite, so no pivot vanishes.
  rows.forEach((row, p) => {
    const pivot = row[p]!
    row.forEach((v, c) => (row[c] = v / pivot))
    rows.forEach((other, r) => {
      const factor = other[p]!
      if (r !== p) row.forEach((v, c) => (other[c]! -= factor * v))
    })
  })
  const amounts = rows.map((row) => row.at(-1)!)
  const remainder = values.reduce(
    (sum, v, k) => sum + (v - amounts.reduce((made, amount, s) => made + amount * shapes[s]![k]!, 0)) ** 2,
    0,
  )
  return { amounts, remainder }
}
