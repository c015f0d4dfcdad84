/** What steps that use a curve's grid ask of it. */
import type { Described } from './recipe.ts'
import { StepProblem } from './step.ts'

/** Neighbouring distances may differ by so much of their mean: grids are often written with few digits. */
const unevenness = 0.01

/** The grid, ascending. Throws StepProblem where it is none. */
export function ascendingGrid({ grid, shape }: Described): readonly number[] {
  if (grid === undefined || grid.length !== shape[0]) throw new StepProblem('it has no grid')
  for (let i = 1; i < grid.length; i++)
    if (!(grid[i]! > grid[i - 1]!))
      throw new StepProblem(
        `its grid does not ascend: ${grid[i]!} comes after ${grid[i - 1]!}`,
        'Sort its points by the grid and import it again.',
      )
  return grid
}

/** Distance of neighbouring points of an equidistant grid. Throws StepProblem where they differ by more than 1 %. */
export function spacing(described: Described): number {
  const grid = ascendingGrid(described)
  const mean = (grid.at(-1)! - grid[0]!) / (grid.length - 1)
  for (let i = 1; i < grid.length; i++) {
    const distance = grid[i]! - grid[i - 1]!
    if (Math.abs(distance - mean) > unevenness * mean)
      throw new StepProblem(
        `its grid is not equidistant: its points lie ${mean.toPrecision(4)} apart on average, but ${grid[i - 1]!} and ${grid[i]!} lie ${distance.toPrecision(4)} apart`,
        'Put the step "resample" before it.',
      )
  }
  return mean
}

/** `points` equidistant values from one to the other, both included. */
export function equidistant(from: number, to: number, points: number): number[] {
  return Array.from({ length: points }, (_, i) => (i === points - 1 ? to : from + ((to - from) * i) / (points - 1)))
}

/** Fewer points hold no oscillation to speak of. */
const fewestOscillating = 8

/** Points of the curve. Throws StepProblem where they are too few for what is made of an oscillation. */
export function oscillating({ shape }: Described, what: string): number {
  const points = shape[0]!
  if (points < fewestOscillating)
    throw new StepProblem(`its ${points} points are fewer than the ${fewestOscillating} that ${what} takes`)
  return points
}

/** Frequencies above 0 that so many points of equal distances tell apart: whole periods within them. */
export const frequenciesOf = (points: number): number => Math.floor(points / 2)

/** First and last index (inclusive) of the points within [from, to]. Throws StepProblem where fewer than two remain. */
export function pointsWithin(grid: readonly number[], from: number, to: number): readonly [number, number] {
  const [low, high] = [grid[0]!, grid.at(-1)!]
  for (const end of [from, to])
    if (end < low || end > high)
      throw new StepProblem(`${end} lies outside its grid, which goes from ${low} to ${high}`)
  const first = grid.findIndex((x) => x >= from)
  const last = grid.findLastIndex((x) => x <= to)
  if (last - first < 1)
    throw new StepProblem(
      `fewer than two of its points lie from ${from} to ${to}`,
      `Its grid goes from ${low} to ${high}.`,
    )
  return [first, last]
}
