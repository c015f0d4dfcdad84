/**
 * Line MNIST (causal-pima.md section 8): a handwritten digit and a 20-point noisy line whose slope is the digit, K = 10.
 * The bitmaps are the bundled ones; a set larger than that goes round them again, each time shifted by a pixel or two.
 */
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { type Digits, digitSize, readDigits } from './digits.ts'
import { noisyLines } from './line.ts'
import { type Generator, type SyntheticSettings, type UnlabelledSet, required, sampleIds } from './sample-set.ts'

/** Largest shift of a bitmap that is used again, pixels; never so far that ink would leave the image. */
const largestShift = 2

const categories = Array.from({ length: 10 }, (_, digit) => String(digit))

/** The bitmap [28, 28] moved right by dx and down by dy pixels; what moves in is 0. */
export function shifted(bitmap: Uint8Array, dx: number, dy: number): Uint8Array {
  const out = new Uint8Array(bitmap.length)
  for (let y = Math.max(0, dy); y < Math.min(digitSize, digitSize + dy); y++) {
    for (let x = Math.max(0, dx); x < Math.min(digitSize, digitSize + dx); x++)
      out[y * digitSize + x] = bitmap[(y - dy) * digitSize + x - dx]!
  }
  return out
}

/** The shifts [dx, dy] of at most two pixels each way that keep all ink in the image; none at all is not among them. */
export function possibleShifts(bitmap: Uint8Array): [number, number][] {
  let [left, right, top, bottom] = [digitSize, digitSize, digitSize, digitSize]
  bitmap.forEach((value, pixel) => {
    if (value === 0) return
    const x = pixel % digitSize
    const y = Math.floor(pixel / digitSize)
    left = Math.min(left, x)
    right = Math.min(right, digitSize - 1 - x)
    top = Math.min(top, y)
    bottom = Math.min(bottom, digitSize - 1 - y)
  })
  const steps = Array.from({ length: 2 * largestShift + 1 }, (_, k) => k - largestShift)
  return steps
    .flatMap((dy) => steps.map((dx): [number, number] => [dx, dy]))
    .filter(([dx, dy]) => dx >= -left && dx <= right && dy >= -top && dy <= bottom && (dx !== 0 || dy !== 0))
}

/** The bitmap moved by one of its possible shifts; itself where ink touches every side. */
function reused(bitmap: Uint8Array, stream: RandomStream): Uint8Array {
  const shifts = possibleShifts(bitmap)
  return shifts.length === 0 ? bitmap : shifted(bitmap, ...shifts[stream.integer(shifts.length)]!)
}

/** The set from the digits at hand. A smaller n is a prefix of a larger one. */
export function lineDigitsOf(digits: Digits, { samples: n, seed, noise }: SyntheticSettings): UnlabelledSet {
  const sd = required(noise, 'noise')
  const choice = RandomStream.of(seed, 'line-digits/choice')
  const shifts = RandomStream.of(seed, 'line-digits/shift')
  const available = digits.labels.length
  const bytes = digitSize ** 2
  const factors = new Uint8Array(n)
  const pixels = new Uint8Array(n * bytes)
  let order = choice.permutation(available)
  for (let i = 0; i < n; i++) {
    if (i > 0 && i % available === 0) order = choice.permutation(available)
    const from = order[i % available]!
    const bitmap = digits.bitmaps.subarray(from * bytes, (from + 1) * bytes)
    pixels.set(i < available ? bitmap : reused(bitmap, shifts), i * bytes)
    factors[i] = digits.labels[from]!
  }
  const again = Math.max(0, n - available)
  return {
    ids: sampleIds('d', n),
    nodes: [{ name: 'digit', categories }],
    edges: [],
    factors,
    latents: [],
    images: { height: digitSize, width: digitSize, channels: 1, pixels },
    curves: noisyLines([...factors], sd, RandomStream.of(seed, 'line-digits/line')),
    notes:
      again === 0
        ? []
        : [
            `${available} different bitmaps are bundled: ${again} of the ${n} samples reuse one, ` +
              `shifted by up to ${largestShift} pixels each way.`,
          ],
  }
}

export const lineDigits: Generator = {
  description: 'an MNIST digit, and a 20-point line whose slope is the digit',
  samples: 4096,
  noise: 0.1,
  make: async (settings) => lineDigitsOf(await readDigits(), settings),
}
