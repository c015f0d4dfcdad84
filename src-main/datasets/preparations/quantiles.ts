/** A sample's values in order. */
import { sharesOf } from '../../../src-shared/preparations/distribution-steps.ts'
import { greyOf } from './grey.ts'
import type { SampleStep } from './sample-step.ts'
import type { ImageSize } from './spectra.ts'

/** Values below which equal parts of a sample's lie, interpolated linearly (type 7 of Hyndman and Fan 1996), [count] */
export function quantilesOf(size: ImageSize, count: number): SampleStep {
  const shares = sharesOf(count)
  return (values) => {
    const ordered = greyOf(values, size).sort()
    return Float64Array.from(shares, (share) => {
      const at = share * (ordered.length - 1)
      const below = Math.floor(at)
      const above = Math.min(ordered.length - 1, below + 1)
      return ordered[below]! + (at - below) * (ordered[above]! - ordered[below]!)
    })
  }
}
