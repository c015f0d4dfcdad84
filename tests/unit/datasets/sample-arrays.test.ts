import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { npyBytes, npzBytes, parseNpy, parseNpz } from '../../../src-main/datasets/npz.ts'
import { readSampleArrays, writeSampleArrays } from '../../../src-main/datasets/sample-arrays.ts'
import { sampleArrays } from '../example-result.ts'

const arrays = sampleArrays({
  ids: ['a', 'probe-02', 'ç😀'],
  responsibilities: Float32Array.of(1, 0, 0.25, 0.75, 0.5, 0.5),
  latentMean: Float32Array.of(-1, 2, 3, 1e-30, 5, 6, 7, 8, 9),
  latentSd: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
  modalityError: Float32Array.of(0.1, NaN, 0.3),
  components: 2,
  latent: 3,
  modalities: 1,
})

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'arrays-'))))
afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

describe('sample arrays', () => {
  it('come back as they went in, under their hash', async () => {
    const path = join(folder, 'run.npz')
    const { sha256, bytes } = await writeSampleArrays(path, arrays)
    expect((await readFile(path)).length).toBe(bytes)
    expect(await readSampleArrays(path, sha256)).toEqual(arrays)
    expect(await readdir(folder)).toEqual(['run.npz'])
  })

  it('refuses a cut or changed file and one of another kind', async () => {
    const path = join(folder, 'run.npz')
    const { sha256, bytes } = await writeSampleArrays(path, arrays)
    await truncate(path, bytes - 9)
    await expect(readSampleArrays(path, sha256)).rejects.toThrow(/changed/)
    await expect(readSampleArrays(path)).rejects.toThrow(/not a whole/)
    await writeFile(path, npzBytes({ ids: { shape: [1], values: ['a'] } }))
    await expect(readSampleArrays(path, undefined, ['responsibilities'])).rejects.toThrow(/no array "responsibilities"/)
    await expect(readSampleArrays(join(folder, 'none.npz'))).rejects.toThrow(/could not be read/)
  })

  it('leaves nothing behind when the folder is missing', async () => {
    await expect(writeSampleArrays(join(folder, 'none', 'run.npz'), arrays)).rejects.toThrow(/folder does not exist/)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('npy and npz', () => {
  it('keeps type and shape of every array', () => {
    const input = {
      single: { shape: [3], values: Float32Array.of(1, -2, 0.1) },
      double: { shape: [2, 1], values: Float64Array.of(1 / 3, -0) },
      integer: { shape: [1, 2, 1], values: Int32Array.of(-1, 2 ** 31 - 1) },
      scalar: { shape: [], values: Float64Array.of(7) },
      empty: { shape: [0, 4], values: new Float32Array(0) },
      text: { shape: [2], values: ['', 'äöü'] },
    }
    expect(Object.fromEntries(parseNpz(npzBytes(input), 'x.npz'))).toEqual(input)
  })

  it('aligns the data to 64 bytes and states the format in the header', () => {
    const bytes = npyBytes({ shape: [2, 3], values: new Float32Array(6) })
    expect(bytes.length % 64).toBe(24)
    expect(Buffer.from(bytes.subarray(1, 6)).toString('latin1')).toBe('NUMPY')
    expect(Buffer.from(bytes.subarray(10, 128)).toString('latin1')).toContain(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
    )
  })

  it('gives the same bytes for the same input', () => {
    const one = npzBytes({ ids: { shape: [2], values: ['a', 'b'] } })
    expect(npzBytes({ ids: { shape: [2], values: ['a', 'b'] } })).toEqual(one)
  })

  it('refuses a shape that does not hold the values and an array of another kind', () => {
    expect(() => npyBytes({ shape: [2], values: ['a'] })).toThrow(/holds 2 values, not 1/)
    expect(() => parseNpy(new Uint8Array(64), 'x.npy')).toThrow(/first bytes/)
    const complex = Buffer.from(npyBytes({ shape: [1], values: Float64Array.of(1) }))
    complex.write('<c8', complex.indexOf('<f8'))
    expect(() => parseNpy(complex, 'x.npy')).toThrow(/type <c8 is unknown/)
    expect(() => parseNpy(npyBytes({ shape: [1], values: Float64Array.of(1) }).subarray(0, 130), 'x.npy')).toThrow(
      /size/,
    )
  })
})
