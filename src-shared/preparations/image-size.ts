/** The size that steps ask of images, how many rings they hold, and what becomes of them. */
import type { Described, Step } from './recipe.ts'
import { type NumberParameter, numberOf, StepProblem } from './step.ts'

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

/** Rings or sectors asked for, or as many as the image has pixels for. Throws StepProblem for more than that. */
export function binsOf(before: Described, step: Step): number {
  const [height, width] = requireSide(before, 4)
  const most = Math.floor(Math.min(height, width) / 2)
  const bins = numberOf(step, 'bins') ?? most
  if (bins > most) throw new StepProblem(`its images of ${height} x ${width} pixels hold ${most} rings, not ${bins}`)
  return bins
}

/** How many rings. */
export const bins: NumberParameter = {
  ...{ kind: 'number', name: 'bins', title: 'Rings', whole: true, min: 2, max: 65535 },
  ...{ default: null, open: 'as many as fit' },
}
