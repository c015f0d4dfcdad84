/** Shapes that several instruments draw. */
import type { TruthNode } from '../sample-set.ts'

/** exp(-(x / width)^2 / 2) */
export function bump(x: number, width: number): number {
  return Math.exp(-((x / width) ** 2) / 2)
}

/** 1 / (1 + exp(-x)) */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** A node of two categories. */
export function binary(name: string, low: string, high: string): TruthNode {
  return { name, categories: [low, high] }
}
