import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import { readNpz } from '../../../src-main/importers/npz.ts'
import { CausalscopeError } from '../../../src-shared/errors.ts'
import { bytesOf, npy } from '../../integration/importers/source-files.ts'

let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'npz-'))))
afterAll(() => rm(folder, { recursive: true, maxRetries: 10 }))

async function read(bytes: Uint8Array, limits = defaultLimits) {
  const path = join(folder, 'set.npz')
  await writeFile(path, bytes)
  return readNpz(path, 'set.npz', limits)
}

const a = npy('<f4', [2, 3], bytesOf(Float32Array.of(1, 2, 3, 4, 5, 6)))
const b = npy('|u1', [4], Uint8Array.of(9, 8, 7, 6))

describe('archives of arrays', () => {
  it('are read, stored or deflated, other entries passed over', async () => {
    for (const level of [0, 6] as const) {
      const arrays = await read(zipSync({ 'a.npy': a, 'b.npy': b, 'notes.txt': Buffer.from('x') }, { level }))
      expect(arrays.map(({ name, array }) => [name, array.shape, [...array.values]])).toEqual([
        ['a', [2, 3], [1, 2, 3, 4, 5, 6]],
        ['b', [4], [9, 8, 7, 6]],
      ])
    }
  })

  it('cut off anywhere, or changed in any byte, never give other values', async () => {
    const whole = zipSync({ 'a.npy': a }, { level: 0 })
    for (let at = 0; at < whole.length; at += 3) {
      await expect(read(whole.subarray(0, at))).rejects.toThrow(CausalscopeError)
      const changed = Uint8Array.from(whole)
      changed[at] = changed[at]! ^ 0x41
      const values = await read(changed).then(
        (entries) => entries.map(({ array }) => [...array.values]),
        (error: unknown) => error,
      )
      if (values instanceof Error) expect(values).toBeInstanceOf(CausalscopeError)
      else expect([[], [[1, 2, 3, 4, 5, 6]]]).toContainEqual(values)
    }
  })

  it('of too many entries are refused', async () => {
    await expect(read(zipSync({ 'a.npy': a, 'b.npy': b }), { ...defaultLimits, entries: 1 })).rejects.toThrow(
      /set\.npz has 2 entries/,
    )
  })

  it('whose header lies about the unpacked size are refused', async () => {
    const zip = Uint8Array.from(zipSync({ 'a.npy': a }))
    const view = new DataView(zip.buffer)
    const central = zip.findIndex((_, i) => i + 4 <= zip.length && view.getUint32(i, true) === 0x02014b50)
    view.setUint32(central + 24, 1_000_000, true)
    await expect(read(zip)).rejects.toThrow(/set\.npz/)
  })
})
