/**
 * What is done to the samples that a classifier is tested on: Gaussian noise, salt and pepper, regions that are
 * blank. Profile `paper` is what Wang et al. (arXiv 2407.14058) describe, `released` what their code does.
 */
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { type ModalityData, sizeOf } from '../../datasets/dataset.ts'

export type CorruptionProfile = 'paper' | 'released'

export type Corruption =
  /**
   * Half of the samples, 10 eps N(0, 1) on a scale of 0 to 255; on curves and vectors eps / 10 N(0, 1) in units of the
   * spread of each point or column. `released`: images alike in all channels, and cut off at the ends of the scale.
   */
  | { readonly kind: 'gaussian'; readonly eps: number }
  /** Images: a share of the pixels becomes black or white; every image, or in `released` each with probability eps / 10. */
  | { readonly kind: 'salt-and-pepper'; readonly density: number; readonly eps: number }
  /** A rectangle of the share of an image becomes black, a stretch of a curve or columns of a vector their mean. */
  | { readonly kind: 'masked'; readonly share: number }

export function corruptionName(corruption: Corruption): string {
  if (corruption.kind === 'gaussian') return `gaussian ${corruption.eps}`
  if (corruption.kind === 'salt-and-pepper') return `salt and pepper ${corruption.density} x ${corruption.eps}`
  return `masked ${Math.round(100 * corruption.share)} %`
}

export interface CorruptionDraw {
  readonly profile: CorruptionProfile
  readonly seed: number
}

/** Whether it says anything of this kind of measurement. */
export const appliesTo = ({ kind }: Corruption, { modality }: ModalityData): boolean =>
  kind !== 'salt-and-pepper' || modality.kind === 'image'

/** The modality with its samples corrupted; samples that lack it still do. The same samples whichever modality it is. */
export function corrupted(view: ModalityData, corruption: Corruption, draw: CorruptionDraw): ModalityData {
  const data = view.data.slice()
  const n = view.present.length
  const chosen = chosenSamples(corruption, n, draw)
  const random = RandomStream.of(draw.seed, `robustness/${corruptionName(corruption)}/${view.modality.name}`)
  const change = changeOf(view, corruption, draw.profile)
  const size = sizeOf(view.modality.shape)
  // All rows draw, so that one sample's noise does not depend on which others there are.
  for (let i = 0; i < n; i++) {
    const changed = change(data.slice(i * size, (i + 1) * size), random)
    if (chosen[i] === 1 && view.present[i] === 1) data.set(changed, i * size)
  }
  return { ...view, data }
}

function chosenSamples(corruption: Corruption, n: number, { profile, seed }: CorruptionDraw): Uint8Array {
  const chosen = new Uint8Array(n)
  if (corruption.kind === 'masked') return chosen.fill(1)
  const random = RandomStream.of(seed, `robustness/${corruption.kind}/samples`)
  if (corruption.kind === 'gaussian') for (const i of random.permutation(n).subarray(0, Math.ceil(n / 2))) chosen[i] = 1
  else {
    const chance = profile === 'paper' ? 1 : corruption.eps / 10
    for (let i = 0; i < n; i++) chosen[i] = Number(random.uniform() < chance)
  }
  return chosen
}

type Change = (row: Float32Array, random: RandomStream) => Float32Array

function changeOf(view: ModalityData, corruption: Corruption, profile: CorruptionProfile): Change {
  const isImage = view.modality.kind === 'image'
  if (corruption.kind === 'salt-and-pepper') return saltAndPepper(view.modality.shape[2]!, corruption.density)
  if (corruption.kind === 'masked') return isImage ? maskedRegion(view, corruption.share) : maskedPart(view, corruption)
  if (!isImage) return spreadNoise(view, corruption.eps / 10)
  const sd = (10 * corruption.eps) / 255
  return profile === 'paper'
    ? (row, random) => row.map((value) => value + sd * random.normal())
    : greyNoise(view.modality.shape[2]!, sd)
}

/** Stored images run from 0 to 1 where the file's run from 0 to 255. */
function greyNoise(channels: number, sd: number): Change {
  return (row, random) => {
    let noise = 0
    return row.map((value, k) => {
      if (k % channels === 0) noise = sd * random.normal()
      return Math.min(1, Math.max(0, value + noise))
    })
  }
}

function saltAndPepper(channels: number, density: number): Change {
  return (row, random) => {
    let becomes: number | null = null
    return row.map((value, k) => {
      if (k % channels === 0) {
        const u = random.uniform()
        becomes = u < density / 2 ? 0 : u < density ? 1 : null
      }
      return becomes ?? value
    })
  }
}

function spreadNoise(view: ModalityData, level: number): Change {
  const { sd } = columnsOf(view)
  return (row, random) => row.map((value, k) => value + level * sd[k]! * random.normal())
}

/** A rectangle of the image's own proportions. */
function maskedRegion({ modality }: ModalityData, share: number): Change {
  const [height, width, channels] = modality.shape as [number, number, number]
  const [tall, wide] = [height, width].map((side) => Math.round(side * Math.sqrt(share))) as [number, number]
  return (row, random) => {
    const [top, left] = [random.integer(height - tall + 1), random.integer(width - wide + 1)]
    return row.map((value, k) => {
      const [y, x] = [Math.floor(k / channels / width), Math.floor(k / channels) % width]
      return y >= top && y < top + tall && x >= left && x < left + wide ? 0 : value
    })
  }
}

/** Of a curve neighbouring points, of a vector any columns. */
function maskedPart(view: ModalityData, { share }: { readonly share: number }): Change {
  const { mean } = columnsOf(view)
  const size = mean.length
  const count = Math.round(share * size)
  return (row, random) => {
    const from = random.integer(size - count + 1)
    const order = view.modality.kind === 'curve' ? null : random.permutation(size)
    const out = row.slice()
    for (let at = 0; at < count; at++) {
      const k = order === null ? from + at : order[at]!
      out[k] = mean[k]!
    }
    return out
  }
}

/** Mean and standard deviation of each point or column over the samples that have the modality. */
function columnsOf({ modality, data, present }: ModalityData): { mean: Float64Array; sd: Float64Array } {
  const size = sizeOf(modality.shape)
  const [mean, square] = [new Float64Array(size), new Float64Array(size)]
  const count = present.reduce((sum, one) => sum + one, 0)
  const each = (what: (value: number, k: number) => void): void => {
    for (let i = 0; i < present.length; i++)
      if (present[i] === 1) for (let k = 0; k < size; k++) what(data[i * size + k]!, k)
  }
  each((value, k) => (mean[k]! += value / count))
  each((value, k) => (square[k]! += (value - mean[k]!) ** 2 / count))
  return { mean, sd: square.map(Math.sqrt) }
}
