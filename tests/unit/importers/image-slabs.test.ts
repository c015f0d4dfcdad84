import { describe, expect, it } from 'vitest'
import { slabRows } from '../../../src-main/importers/array-store.ts'
import { FaultLog } from '../../../src-main/importers/faults.ts'
import type { StoredArray } from '../../../src-main/importers/formats/format.ts'
import { readSlabs } from '../../../src-main/importers/image-slabs.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import type { Reading } from '../../../src-main/importers/reading.ts'

describe('a stack that is brought to another size', () => {
  it('is read a slab at a time, and each image stands for itself', async () => {
    const [count, side] = [50, 1000]
    const asked: number[] = []
    const stack: StoredArray = {
      name: 'images',
      shape: [count, side, side],
      type: 'u2',
      rows: (from, to) => {
        asked.push(to - from)
        const values = new Uint16Array((to - from) * side * side)
        for (let i = 0; i < to - from; i++) values.fill(from + i, i * side * side, (i + 1) * side * side)
        return Promise.resolve({ shape: [to - from, side, side], type: 'u2', values })
      },
    }
    const reading: Reading = { limits: defaultLimits, log: new FaultLog(), notes: [], leftOut: [], decisions: [], progress: () => undefined } // prettier-ignore
    const rows = { ids: null, pairing: 'by row', count, origin: (i: number) => ({ file: 'set.h5', row: i }) }
    const description = { name: 'images', kind: 'image' as const, source: 'set.h5:images', size: [2, 2] as const }
    const block = await readSlabs(stack, 'set.h5:images', rows, description, reading)
    expect(Math.max(...asked)).toBe(slabRows(stack))
    expect(Math.max(...asked)).toBeLessThan(count / 4)
    expect(block.shape).toEqual([2, 2, 1])
    expect([...block.values]).toEqual(Array.from({ length: 4 * count }, (_, k) => Math.floor(k / 4)))
  })
})
