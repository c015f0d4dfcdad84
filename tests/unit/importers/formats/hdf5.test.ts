import { describe, expect, it } from 'vitest'
import { axis, images, named, open, spectra, values } from './containers.ts'
import { fileOf, fixture, fixtureBytes, hardness, ids, refusalOf } from './fixtures.ts'

describe('an HDF5 file', () => {
  it('has its datasets by their paths, each once, with shape, type, unit and values', async () => {
    const file = await open(fixture('entry.h5'))
    const found = Object.fromEntries(file.arrays.map(({ name, type, shape, unit }) => [name, [type, unit, ...shape]]))
    expect(found).toEqual({
      'entry/ids': ['text', undefined, 12],
      'entry/calibration': ['f8', undefined, 3],
      'entry/data/images': ['u2', 'counts', 12, 5, 4],
      'entry/data/spectra': ['f8', 'a.u.', 12, 64],
      'entry/data/wavenumber': ['i8', 'cm-1', 64],
      'entry/data/hardness': ['i8', undefined, 12],
      'entry/data/route': ['text', undefined, 12],
    })
    expect(await values(named(file, 'entry/data/images'))).toEqual(images)
    expect(await values(named(file, 'entry/data/spectra'))).toEqual(spectra)
    expect(await values(named(file, 'entry/data/wavenumber'))).toEqual(axis)
    expect(await values(named(file, 'entry/data/hardness'))).toEqual(hardness)
    expect(await values(named(file, 'entry/data/route'))).toEqual(ids.map((_, i) => (i < 6 ? 'A' : 'B')))
    expect(await values(named(file, 'entry/ids'))).toEqual(ids)
  })

  it('gives any rows of a compressed dataset', async () => {
    const slab = await named(await open(fixture('entry.h5')), 'entry/data/images').rows(4, 6)
    expect(slab.shape).toEqual([2, 5, 4])
    expect([...slab.values]).toEqual(images.slice(80, 120))
  })

  it('says what it does not read, and follows no link to another file', async () => {
    expect((await open(fixture('entry.h5'))).unread).toEqual([
      { name: 'elsewhere', reason: 'a link to another file, which is not followed' },
      { name: 'complex', reason: 'records with named fields' },
      { name: 'half', reason: '16-bit floating point, which is not read' },
      { name: 'table', reason: 'records with named fields' },
      { name: 'version', reason: 'a single value' },
    ])
  })

  it('that is cut off is refused by name', async () => {
    const cut = fileOf('cut.h5', fixtureBytes('entry.h5').subarray(0, 9000))
    expect(await refusalOf(() => open(cut))).toMatch(/^cut\.h5 cannot be read/)
  })

  it('whose compressed values are damaged is refused by dataset', async () => {
    const bytes = Buffer.from(fixtureBytes('entry.h5'))
    // Deflate's header of the first chunk.
    const at = bytes.indexOf(Buffer.from([0x78, 0x5e]))
    expect(at).toBeGreaterThan(0)
    bytes.fill(0xff, at, at + 20)
    const file = await open(fileOf('bad.h5', bytes))
    expect(await refusalOf(() => named(file, 'entry/data/images').rows(0, 12))).toMatch(
      /^bad\.h5:entry\/data\/images cannot be read/,
    )
  })
})
