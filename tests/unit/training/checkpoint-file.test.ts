import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../../src-main/training/checkpoint-file.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { breakDisk } from './faulty-disk.ts'

const checkpoint: Checkpoint = {
  step: 1200,
  epoch: 3,
  seconds: 12.5,
  rateHalved: true,
  told: {
    ...{ epoch: 2, phase: 'joint', step: 1200, seconds: 12.5, score: -1 / 3, validationScore: null },
    ...{ terms: { kl: 0.1 }, figures: {}, edges: null },
  },
  run: { method: 'causal-pima', seed: 0, datasetSha256: 'ab', configSha256: 'cd', engine: 'wasm', threads: 2 },
  snapshot: {
    state: {
      stream: RandomStream.of(1, 'noise').state(),
      best: -Infinity,
      zero: -0,
      nothing: NaN,
      third: 1 / 3,
      é: 'ü',
    },
    arrays: {
      kernel: { shape: [2, 3], values: Float32Array.of(1, -0, 1e-40, 3.4e38, -Infinity, 0.1) },
      empty: { shape: [0], values: new Float32Array(0) },
      scalar: { shape: [], values: Float32Array.of(7) },
    },
  },
}

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-'))
  path = join(folder, 'one.ckpt')
})
afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

describe('a checkpoint file', () => {
  it('comes back bit for bit: denormals, infinities, -0 and NaN included', async () => {
    const { sha256, bytes } = await writeCheckpoint(path, checkpoint)
    const file = await readFile(path)
    expect(file.length).toBe(bytes)
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
    const back = await readCheckpoint(path)
    expect(back).toEqual(checkpoint)
    const first = { ...checkpoint, told: null }
    await writeCheckpoint(path, first)
    expect(await readCheckpoint(path)).toEqual(first)
    const bits = ({ snapshot }: Checkpoint) => new Uint32Array(snapshot.arrays.kernel!.values.buffer)
    expect(bits(back)).toEqual(bits(checkpoint))
  })

  it('takes an array that is a view into a larger buffer', async () => {
    const values = Float32Array.of(9, 1, 2, 9).subarray(1, 3)
    await writeCheckpoint(path, { ...checkpoint, snapshot: { state: 0, arrays: { view: { shape: [2], values } } } })
    expect((await readCheckpoint(path)).snapshot.arrays.view?.values).toEqual(Float32Array.of(1, 2))
  })

  it('is refused when it is cut off anywhere', async () => {
    const { bytes } = await writeCheckpoint(path, checkpoint)
    const whole = await readFile(path)
    for (let length = 0; length < bytes; length += 7) {
      await writeFile(path, whole.subarray(0, length))
      await expect(readCheckpoint(path), `${length} bytes`).rejects.toThrow(/is damaged/)
    }
  })

  it('is refused when any one bit is flipped', async () => {
    const { bytes } = await writeCheckpoint(path, checkpoint)
    const whole = await readFile(path)
    const moments = RandomStream.of(3, 'bits')
    for (let trial = 0; trial < 100; trial++) {
      const flipped = Buffer.from(whole)
      const at = moments.integer(bytes)
      flipped[at] = flipped[at]! ^ (1 << moments.integer(8))
      await writeFile(path, flipped)
      await expect(readCheckpoint(path), `byte ${at}`).rejects.toThrow(/is damaged/)
    }
  })

  it('refuses arrays hidden in the state and shapes that do not fit', async () => {
    const withState = (state: unknown): Checkpoint => ({ ...checkpoint, snapshot: { state, arrays: {} } })
    await expect(writeCheckpoint(path, withState({ w: Float32Array.of(1) }))).rejects.toThrow(/typed arrays/)
    const misfit = { a: { shape: [2], values: Float32Array.of(1) } }
    await expect(writeCheckpoint(path, { ...checkpoint, snapshot: { state: 0, arrays: misfit } })).rejects.toThrow(
      /\[2\]/,
    )
  })

  it.each([{ moment: 'byte', byte: 100 } as const, { moment: 'flush' } as const, { moment: 'rename' } as const])(
    'leaves the one of the same name alone when the disk is full at $moment',
    async (at) => {
      await writeCheckpoint(path, checkpoint)
      const mend = breakDisk({ write: 1, at, action: 'full' })
      try {
        await expect(writeCheckpoint(path, { ...checkpoint, step: 1300 })).rejects.toThrow(/the disk is full/)
      } finally {
        mend()
      }
      expect((await readCheckpoint(path)).step).toBe(1200)
      expect(await readdir(folder)).toEqual(['one.ckpt'])
    },
  )
})
