/**
 * The MNIST digits at hand: the bitmaps of the bundled Mechanical MNIST sample, whose stiffness patterns are the digits
 * themselves.
 */
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { failed } from '../../../src-shared/errors.ts'
import { bundledSample } from '../bundled-sample.ts'
import { readTruth } from '../truth.ts'
import { concurrently } from './concurrently.ts'

export const digitSize = 28

export interface Digits {
  readonly ids: readonly string[]
  /** [n] */
  readonly labels: Uint8Array
  /** 8-bit grey [n, 28, 28], bright on black. */
  readonly bitmaps: Uint8Array
}

/** All bundled digits in order of their ids. Throws when the bundled sample is not whole. */
export async function readDigits(folder = bundledSample('mechanical-mnist')): Promise<Digits> {
  const truth = readTruth(join(folder, 'truth.json'))
  const column = truth.nodes.findIndex((node) => node.name === 'digit')
  const ids = [...truth.factors.keys()].sort()
  const bytes = digitSize ** 2
  const bitmaps = new Uint8Array(ids.length * bytes)
  await concurrently(ids, async (id, i) => {
    const file = join(folder, 'images', `${id}.png`)
    const { data, info } = await sharp(await readFile(file))
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true })
    if (info.width !== digitSize || info.height !== digitSize || info.channels !== 1)
      throw failed(`${file} is not a grey image of 28 x 28 pixels.`, 'Install Causalscope again.', { file })
    bitmaps.set(data, i * bytes)
  })
  return { ids, labels: Uint8Array.from(ids, (id) => truth.factors.get(id)![column]!), bitmaps }
}
