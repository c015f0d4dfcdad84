/**
 * Instruments for the naming bench: three binary factors and what a measurement makes of them. Each draw of an instrument
 * has parameters of its own (sizes of effects, places, widths) and a nuisance that differs from sample to sample.
 */
import type { RandomStream } from '../../../src-shared/random/stream.ts'

/** Position of each factor: its category at -1 or 1; 0 for one that the instrument does not see. */
export type Levels = readonly [number, number, number]

/** One sample: the values of each modality. `random` draws its nuisance. */
export type Measure = (levels: Levels, random: RandomStream) => readonly (readonly number[])[]

export interface Instrument {
  readonly name: string
  /** Parameters of one instrument of the kind. */
  draw(random: RandomStream): Measure
}

export const uniform = (random: RandomStream, low: number, high: number): number =>
  low + (high - low) * random.uniform()

/** `points` equally spaced values over [from, to]. */
export function grid(from: number, to: number, points: number): number[] {
  return Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1))
}

/** Values of a picture, row by row: `shade` at column x, row y, both over [-1, 1]. */
export function picture(width: number, height: number, shade: (x: number, y: number) => number): number[] {
  return Array.from({ length: width * height }, (_, i) =>
    shade((2 * (i % width)) / (width - 1) - 1, (2 * Math.floor(i / width)) / (height - 1) - 1),
  )
}

export const bump = (x: number, width: number): number => Math.exp(-((x / width) ** 2) / 2)
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
