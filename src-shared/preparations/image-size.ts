/** The size that steps ask of images, and what becomes of them. */
import type { Described } from './recipe.ts'
import { StepProblem } from './step.ts'

export type Size = readonly [height: number, width: number, channels: number]

export function sizeOfImage({ shape }: Described): Size {
  return [shape[0]!, shape[1]!, shape[2] ?? 1]
}

export function requireSide(before: Described, least: number): Size {
  const size = sizeOfImage(before)
  if (size[0] < least || size[1] < least)
    throw new StepProblem(`its images of ${size[0]} x ${size[1]} pixels are smaller than ${least} x ${least}`)
  return size
}

/** Name and kind; grid, axes and features are the step's to say. */
export function become(
  before: Described,
  kind: Described['kind'],
  shape: readonly number[],
  rest: Partial<Described>,
): Described {
  return { name: before.name, kind, shape, ...rest }
}
