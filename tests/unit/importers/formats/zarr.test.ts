import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Container, FilePlace } from '../../../../src-main/importers/formats/format.ts'
import { zarr } from '../../../../src-main/importers/formats/zarr.ts'
import { defaultLimits } from '../../../../src-main/importers/limits.ts'
import { images, named, spectra, values } from './containers.ts'
import { fixture, ids, refusalOf } from './fixtures.ts'

async function open(file: FilePlace): Promise<Container> {
  if (zarr.reader?.role !== 'archive') throw new Error('a Zarr store holds arrays')
  return zarr.reader.open(file, defaultLimits)
}

describe.each(['store-v2.zarr', 'store-v3.zarr'])('%s', (name) => {
  it('has its arrays by their paths, with unit and values, packed as their program does', async () => {
    const store = await open(fixture(name))
    const found = Object.fromEntries(
      store.arrays.map((array) => [array.name, [array.type, array.unit, ...array.shape]]),
    )
    expect(found).toEqual({
      'data/images': ['u2', 'counts', 12, 5, 4],
      'data/spectra': ['f4', undefined, 12, 64],
      sample_id: ['i4', undefined, 12],
    })
    expect(await values(named(store, 'data/images'))).toEqual(images)
    expect(await values(named(store, 'data/spectra'))).toEqual(spectra.map(Math.fround))
    expect(await values(named(store, 'sample_id'))).toEqual(ids.map((_, i) => i + 1))
  })

  it('of which a chunk or the description is damaged is refused by name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zarr-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const absolute = join(folder, 'bad.zarr')
    cpSync(fixture(name).absolute, absolute, { recursive: true })
    const [chunk, description] = name.includes('v2') ? ['0.0.0', '.zarray'] : ['c/0/0/0', 'zarr.json']
    writeFileSync(join(absolute, 'data/images', chunk), 'no chunk at all')
    const store = await open({ absolute, path: 'bad.zarr' })
    expect(await refusalOf(() => named(store, 'data/images').rows(0, 2))).toMatch(
      /^bad\.zarr:data\/images cannot be read/,
    )
    writeFileSync(join(absolute, 'data/images', description), '{"shape": [1')
    expect(await refusalOf(() => open({ absolute, path: 'bad.zarr' }))).toMatch(
      /^bad\.zarr:data\/images cannot be read/,
    )
  })
})
