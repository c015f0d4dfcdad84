import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { exportRun } from '../../../src-main/export/export-run.ts'
import { exampleRun, writableFormats } from './example-run.ts'

/** How many bytes the disk still takes. */
let room = Infinity

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  return {
    ...real,
    open: async (...of: Parameters<typeof real.open>) => {
      const handle = await real.open(...of)
      const write = handle.writeFile.bind(handle)
      handle.writeFile = async (data) => {
        if (!(data instanceof Uint8Array)) throw new TypeError('the test counts bytes')
        const taken = data.subarray(0, Math.min(data.length, room))
        room -= taken.length
        await write(taken)
        if (taken.length < data.length) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      }
      return handle
    },
  }
})

let out: string
beforeEach(async () => (out = await mkdtemp(join(tmpdir(), 'full-'))))
afterEach(async () => {
  room = Infinity
  await rm(out, { recursive: true })
})

describe('a disk that fills up', () => {
  it('ends the export with the file named, what was whole kept and nothing half-written', async () => {
    const run = exampleRun(20)
    const whole = await exportRun({ ...run, out: join(out, 'whole'), formats: writableFormats })
    for (const [i, file] of whole.entries()) {
      const folder = join(out, String(i))
      room = whole.slice(0, i).reduce((sum, { bytes }) => sum + bytes, 0) + Math.floor(file.bytes / 2)
      await expect(exportRun({ ...run, out: folder, formats: writableFormats })).rejects.toThrow(
        new RegExp(`Could not write .*${file.format}: the disk is full`),
      )
      expect((await readdir(folder)).sort()).toEqual(
        whole
          .slice(0, i)
          .map(({ format }) => format)
          .sort(),
      )
    }
  })

  it('leaves the file of an earlier export as it was', async () => {
    await writeFile(join(out, 'report.html'), 'the old report')
    room = 10_000
    await expect(exportRun({ ...exampleRun(20), out, formats: ['report.html'] })).rejects.toThrow(/disk is full/)
    expect(await readFile(join(out, 'report.html'), 'utf8')).toBe('the old report')
    expect(await readdir(out)).toEqual(['report.html'])
  })
})
