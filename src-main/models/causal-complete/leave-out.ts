/** A batch with modalities left out at random, so that the network learns to tell from a part of them. */
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import type { BatchArrays } from './batch.ts'

/** Each modality of a row goes with the given chance; of those that would lose all, one that they have stays. */
export function leaveOut(batch: BatchArrays, chance: number, random: RandomStream): BatchArrays {
  const { rows, x } = batch
  const count = x.length
  if (count < 2) return batch
  const before = batch.mask ?? new Float32Array(rows * count).fill(1)
  const mask = new Float32Array(rows * count)
  for (let row = 0; row < rows; row++) {
    const present = Array.from(x.keys()).filter((m) => before[row * count + m] === 1)
    // All draw, so that one row's draws do not depend on what others have.
    const drawn = x.map(() => random.uniform() >= chance)
    const spared = random.integer(Math.max(1, present.length))
    const kept = present.filter((m) => drawn[m] === true)
    for (const m of kept.length > 0 ? kept : present.slice(spared, spared + 1)) mask[row * count + m] = 1
  }
  return {
    ...batch,
    mask,
    x: x.map((values, m) => {
      const width = values.length / rows
      return values.map((value, at) => (mask[Math.floor(at / width) * count + m] === 1 ? value : 0))
    }),
  }
}
