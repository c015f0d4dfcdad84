/** Mechanical MNIST as it is bundled, and with images that are shifted, as folders that an import takes. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundledSample } from '../../../src-main/datasets/bundled-sample.ts'
import { digitSize, readDigits } from '../../../src-main/datasets/synthetic/digits.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { encodeGreyPng } from '../grey-png.ts'

export const setNames = ['plain', 'shifted'] as const
export type SetName = (typeof setNames)[number]

const curves = 'strain-energy.csv'
const noiseSd = 60
const turn = Math.PI / 6

type Change = (image: Uint8Array, random: RandomStream) => Uint8Array

const clamped = (value: number): number => Math.min(255, Math.max(0, Math.round(value)))

/** Turned by 30 degrees about the middle, between pixels linearly. */
const rotated: Change = (image) => {
  const out = new Uint8Array(image.length)
  const middle = (digitSize - 1) / 2
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= digitSize || y >= digitSize ? 0 : image[y * digitSize + x]!
  for (let y = 0; y < digitSize; y++)
    for (let x = 0; x < digitSize; x++) {
      const [dx, dy] = [x - middle, y - middle]
      const fromX = middle + dx * Math.cos(turn) + dy * Math.sin(turn)
      const fromY = middle - dx * Math.sin(turn) + dy * Math.cos(turn)
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)]
      const [u, w] = [fromX - left, fromY - top]
      const upper = at(left, top) * (1 - u) + at(left + 1, top) * u
      const lower = at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u
      out[y * digitSize + x] = clamped(upper * (1 - w) + lower * w)
    }
  return out
}

interface Domain {
  readonly name: string
  /** It has the samples whose place in every twenty is below this and not below that of the domain before. */
  readonly below: number
  readonly change: Change
}

/** 55 % of the samples as they are, 15 % of each shift. */
const domains: readonly [Domain, ...Domain[]] = [
  { name: 'plain', below: 11, change: (image) => image },
  { name: 'rotated', below: 14, change: rotated },
  {
    ...{ name: 'noisy', below: 17 },
    change: (image, random) => image.map((value) => clamped(value + noiseSd * random.normal())),
  },
  { name: 'inverted', below: 20, change: (image) => image.map((value) => 255 - value) },
]

/**
 * Writes the set into `folder`. In `shifted` the samples of shifted images have no curve, so that no encoder learns from
 * them: what is asked is how a representation of plain images bears other ones.
 */
export async function writeSet(set: SetName, folder: string): Promise<void> {
  const source = bundledSample('mechanical-mnist')
  const { ids, labels, bitmaps } = await readDigits(source)
  const [header, ...lines] = (await readFile(join(source, curves), 'utf8')).trimEnd().split('\n')
  await mkdir(join(folder, 'images'), { recursive: true })
  const random = RandomStream.of(0, 'digit-probes/noise')
  const size = digitSize ** 2
  const domain = (at: number): Domain => (set === 'plain' ? domains[0] : domains.find(({ below }) => at % 20 < below)!)
  for (const [at, id] of ids.entries()) {
    const image = domain(at).change(bitmaps.subarray(at * size, (at + 1) * size), random)
    await writeFile(join(folder, 'images', `${id}.png`), encodeGreyPng(digitSize, digitSize, image))
  }
  const plain = new Set(ids.filter((_, at) => domain(at).name === 'plain'))
  const paired = lines.filter((line) => plain.has(line.slice(0, line.indexOf(','))))
  await writeFile(join(folder, curves), `${[header, ...paired].join('\n')}\n`)
  const rows = ids.map((id, at) => `${id},d${labels[at]!},${domain(at).name}\n`)
  await writeFile(join(folder, 'metadata.csv'), `id,digit,domain\n${rows.join('')}`)
}
