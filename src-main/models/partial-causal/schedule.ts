/** How training is laid out in time: steps gathered into epochs. */

export interface Schedule {
  readonly steps: number
  readonly stepsPerEpoch: number
  readonly epochs: number
}

/** Small sets would have an epoch every step or two: there are at most so many, each a row of the charts. */
const mostEpochs = 100

/** @param batchesPerPass batches in one pass of the training rows */
export function scheduleOf(steps: number, batchesPerPass: number): Schedule {
  const stepsPerEpoch = Math.min(steps, Math.max(batchesPerPass, Math.ceil(steps / mostEpochs)))
  return { steps, stepsPerEpoch, epochs: Math.ceil(steps / stepsPerEpoch) }
}
