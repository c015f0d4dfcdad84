import { describe, expect, it } from 'vitest'
import { axis, images, named, open, spectra, values } from './containers.ts'
import { fileOf, fixture, fixtureBytes, hardness, ids, refusalOf } from './fixtures.ts'

describe('a NetCDF file of the classic kind', () => {
  it('has its variables with shape, type, unit and values, texts as texts', async () => {
    const file = await open(fixture('classic.nc'))
    const found = Object.fromEntries(file.arrays.map(({ name, type, shape, unit }) => [name, [type, unit, ...shape]]))
    expect(found).toEqual({
      wavenumber: ['f8', 'cm-1', 64],
      spectra: ['f8', 'a.u.', 12, 64],
      images: ['i2', undefined, 12, 5, 4],
      hardness: ['i4', undefined, 12],
      ids: ['text', undefined, 12],
    })
    expect(await values(named(file, 'wavenumber'))).toEqual(axis)
    expect(await values(named(file, 'spectra'))).toEqual(spectra)
    expect(await values(named(file, 'images'))).toEqual(images)
    expect(await values(named(file, 'hardness'))).toEqual(hardness)
    expect(await values(named(file, 'ids'))).toEqual(ids)
  })

  it('that is cut off is refused by name', async () => {
    const bytes = fixtureBytes('classic.nc')
    for (const length of [20, 300, bytes.length - 2000]) {
      const file = fileOf('cut.nc', bytes.subarray(0, length))
      expect(
        await refusalOf(async () => {
          const { arrays } = await open(file)
          for (const array of arrays) await array.rows(0, array.shape[0]!)
        }),
      ).toMatch(/^cut\.nc is not a whole NetCDF file/)
    }
  })
})
