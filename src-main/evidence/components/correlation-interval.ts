/** A mean correlation over trainings, with an interval: a bootstrap over the trainings, and over the samples by Fisher's z. */
import type { Estimate } from '../../../src-shared/domain/judgement.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { percentileInterval } from '../judging/agreement-interval.ts'

/** A correlation and how many samples it was measured on. */
export interface Told {
  readonly value: number
  readonly samples: number
}

const draws = 400

/** Of other samples of the same kind: atanh(r) is about normal with variance 1 / (n - 3). */
function redrawn({ value, samples }: Told, random: RandomStream): number {
  const within = Math.min(1 - 1e-12, Math.max(-1 + 1e-12, value))
  return Math.tanh(Math.atanh(within) + random.normal() / Math.sqrt(Math.max(1, samples - 3)))
}

const meanOver = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** @param trainings the correlations of each training */
export function pooledCorrelation(trainings: readonly (readonly Told[])[], random: RandomStream): Estimate {
  const drawn = Array.from({ length: draws }, () =>
    meanOver(
      trainings.map(() => meanOver(trainings[random.integer(trainings.length)]!.map((told) => redrawn(told, random)))),
    ),
  )
  return {
    mean: meanOver(trainings.map((told) => meanOver(told.map(({ value }) => value)))),
    interval: percentileInterval(drawn),
  }
}
