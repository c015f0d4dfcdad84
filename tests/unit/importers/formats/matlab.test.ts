import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../../src-main/importers/limits.ts'
import { axis, images, imagesByRow, named, open, spectra, values } from './containers.ts'
import { fileOf, fixture, fixtureBytes, hardness, ids, refusalOf } from './fixtures.ts'

describe.each([
  ['of level 5', 'variables.mat'],
  ['of version 7.3', 'variables-73.mat'],
])('a MATLAB file %s', (_, name) => {
  it('has its variables in the shapes that MATLAB shows, and their values in that order', async () => {
    const file = await open(fixture(name))
    const shapes = Object.fromEntries(file.arrays.map((array) => [array.name, [array.type, ...array.shape]]))
    expect(shapes).toEqual({
      images: ['u2', 5, 4, 12],
      spectra: ['f8', 12, 64],
      wavenumber: ['f8', 64],
      ids: ['text', 12],
      hardness: ['u2', 12],
      'meta.route': ['u1', 12],
    })
    expect(await values(named(file, 'images'))).toEqual(imagesByRow)
    expect(await values(named(file, 'spectra'))).toEqual(spectra)
    expect(await values(named(file, 'wavenumber'))).toEqual(axis)
    expect(await values(named(file, 'ids'))).toEqual(ids)
    expect(await values(named(file, 'hardness'))).toEqual(hardness)
    expect(file.unread).toEqual([{ name: 'meta.by', reason: 'a text, which says nothing of samples' }])
  })

  it('gives images that are stacked along their last axis one by one', async () => {
    const { lastFirst } = named(await open(fixture(name)), 'images')
    expect(lastFirst?.shape).toEqual([12, 5, 4])
    expect(await values(lastFirst!)).toEqual(images)
  })

  it('that is cut off is refused by name', async () => {
    const bytes = fixtureBytes(name)
    const cut = fileOf('cut.mat', bytes.subarray(0, Math.floor(bytes.length * 0.7)))
    expect(await refusalOf(() => open(cut))).toMatch(/^cut\.mat (?:is not a whole MATLAB file|cannot be read)/)
  })
})

describe('a MATLAB file of level 5', () => {
  it('without compression has texts of several rows and logical values', async () => {
    const file = await open(fixture('plain.mat'))
    expect(await values(named(file, 'name'))).toEqual(ids)
    expect(named(file, 'flags').type).toBe('b1')
    expect(await values(named(file, 'images').lastFirst!)).toEqual(images)
  })

  it('has an array of structs as an array a field, and says what it does not read', async () => {
    const file = await open(fixture('structs.mat'))
    expect(await values(named(file, 'sample.id'))).toEqual(ids)
    expect(named(file, 'sample.spectrum').shape).toEqual([12, 64])
    expect(await values(named(file, 'sample.spectrum'))).toEqual(spectra)
    expect(await values(named(file, 'sample.hardness'))).toEqual(hardness)
    expect(file.unread).toEqual([
      { name: 'z', reason: 'complex numbers, which are not read' },
      { name: 'sparse', reason: 'a sparse matrix, which is not read' },
    ])
  })

  it('whose variables unpack to more than there is room for is refused', async () => {
    const limits = { ...defaultLimits, memory: 0.001 }
    expect(await refusalOf(() => open(fixture('variables.mat'), limits))).toMatch(
      /^variables\.mat would unpack to more/,
    )
  })

  it('with a byte changed is refused, or holds what can be read', async () => {
    const bytes = fixtureBytes('plain.mat')
    for (let at = 128; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes)
      changed[at] = changed[at]! ^ 0xff
      const file = fileOf('changed.mat', changed)
      await open(file).then(
        ({ arrays }) => Promise.all(arrays.map((array) => array.rows(0, array.shape[0]!))),
        () => refusalOf(() => open(file)),
      )
    }
  })
})
