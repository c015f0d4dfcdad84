import fsPromises, { mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Checkpoint } from '../../../src-main/training/checkpoint-file.ts'
import {
  CheckpointFolder,
  newestCheckpointStep,
  newestGoodCheckpoint,
} from '../../../src-main/training/checkpoint-folder.ts'
import type { CheckpointInfo } from '../../../src-shared/domain/run.ts'

function at(step: number): Checkpoint {
  return {
    step,
    epoch: Math.floor(step / 10),
    seconds: step,
    rateHalved: false,
    told: null,
    run: { method: 'causal-pima', seed: 1, datasetSha256: '', configSha256: '', engine: 'cpu', threads: 1 },
    snapshot: { state: { step }, arrays: { w: { shape: [1], values: Float32Array.of(step) } } },
  }
}

async function flipBit(file: string): Promise<void> {
  const bytes = await readFile(file)
  bytes[bytes.length - 40] = bytes[bytes.length - 40]! ^ 1
  await writeFile(file, bytes)
}

let path: string
let folder: CheckpointFolder
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'checkpoints-'))
  folder = new CheckpointFolder(path, 5)
})
afterEach(() => rm(path, { recursive: true, maxRetries: 10 }))

const midEpoch = { epochEnd: null, best: false }
const stepsKept = async (): Promise<number[]> =>
  (await readdir(path)).map((name) => Number(/step-(\d+)/.exec(name)?.[1])).sort((a, b) => a - b)

/** Ends of epochs 1 to `last`, ten steps each; those in `best` are the best so far. */
async function trainEpochs(last: number, best: readonly number[]): Promise<CheckpointInfo[]> {
  const infos: CheckpointInfo[] = []
  for (let epoch = 1; epoch <= last; epoch++)
    infos.push(await folder.save(at(epoch * 10), { epochEnd: epoch, best: best.includes(epoch) }))
  return infos
}

describe('the checkpoints of a run', () => {
  it('keeps the last two, the best, and one each fixed number of epochs', async () => {
    const infos = await trainEpochs(13, [1, 2, 3, 7])
    expect(await stepsKept()).toEqual([50, 70, 100, 120, 130])
    expect(infos.map(({ kind }) => kind).join(' ')).toBe(
      'best best best last periodic last best last last periodic last last last',
    )
  })

  it('keeps the newest that verifies when the run is finished', async () => {
    await trainEpochs(13, [1, 7])
    await folder.keepNewest()
    expect(await stepsKept()).toEqual([130])
    await flipBit((await folder.save(at(140), midEpoch)).file)
    await folder.keepNewest()
    expect(await stepsKept()).toEqual([130])
  })

  it('lets go of an overtaken best unless it is periodic too', async () => {
    await trainEpochs(8, [5, 6])
    expect(await stepsKept()).toEqual([50, 60, 70, 80])
    await folder.save(at(90), { epochEnd: 9, best: true })
    expect(await stepsKept()).toEqual([50, 80, 90])
  })

  it('finds nothing in a new folder and leaves other files alone', async () => {
    await writeFile(join(path, 'result.json'), '{}')
    expect(await newestGoodCheckpoint(path)).toEqual({ checkpoint: null, file: null, damaged: [] })
    expect(await newestCheckpointStep(path)).toBeNull()
    expect(await folder.isEmpty()).toBe(true)
  })

  it('finds the newest', async () => {
    await trainEpochs(2, [])
    await folder.save(at(25), midEpoch)
    expect((await folder.newestGood()).checkpoint?.step).toBe(25)
    expect(await newestCheckpointStep(path)).toBe(25)
  })

  it.each([
    ['cut off', (file: string) => truncate(file, 50)],
    ['empty', (file: string) => truncate(file, 0)],
    ['bit-flipped', flipBit],
  ])('falls back to the one before when the newest is %s, and says so', async (_, damage) => {
    const infos = await trainEpochs(3, [])
    await damage(infos[2]!.file)
    const { checkpoint, file, damaged } = await folder.newestGood()
    expect(checkpoint).toEqual(at(20))
    expect(file).toBe(infos[1]!.file)
    expect(damaged.map((d) => d.file)).toEqual([infos[2]!.file])
    expect(damaged[0]?.why).toMatch(/is damaged/)
  })

  it('counts a damaged one as none: it goes, the good ones stay', async () => {
    const infos = await trainEpochs(3, [])
    await flipBit(infos[2]!.file)
    await folder.newestGood()
    await folder.save(at(30), midEpoch)
    expect(await stepsKept()).toEqual([20, 30])
    expect((await folder.newestGood()).damaged).toEqual([])
  })

  it('says so when none is left', async () => {
    const infos = await trainEpochs(2, [])
    for (const { file } of infos) await truncate(file, 20)
    const { checkpoint, damaged } = await folder.newestGood()
    expect(checkpoint).toBeNull()
    expect(damaged).toHaveLength(2)
  })

  it('takes none for damaged that its writer let go of after the folder was listed', async () => {
    await trainEpochs(3, [])
    // A writer of another process, while this one stands still between listing the folder and reading what it holds.
    const { readdir: list } = fsPromises
    const listings = vi.spyOn(fsPromises, 'readdir').mockImplementationOnce(async (...args) => {
      const names = await list(...args)
      await trainEpochs(5, [])
      await folder.keepNewest()
      return names
    })
    syncBuiltinESMExports()
    try {
      const { checkpoint, damaged } = await newestGoodCheckpoint(path)
      expect(damaged).toEqual([])
      expect(checkpoint?.step).toBe(50)
    } finally {
      listings.mockRestore()
      syncBuiltinESMExports()
    }
  })

  it('calls a listed one that cannot be followed damaged', async () => {
    await trainEpochs(1, [])
    await symlink(join(path, 'gone'), join(path, 'checkpoint-000009-step-90.ckpt'))
    const { checkpoint, damaged } = await newestGoodCheckpoint(path)
    expect(checkpoint?.step).toBe(10)
    expect(damaged).toHaveLength(1)
  })

  it('clears away what a killed writer left', async () => {
    await trainEpochs(1, [])
    await writeFile(join(path, '.checkpoint-000002-step-20.ckpt.tmp-4711'), 'half')
    await writeFile(join(path, '.samples.npz.tmp-4711'), 'half')
    await folder.removeUnfinished()
    expect(await stepsKept()).toEqual([10])
  })
})
