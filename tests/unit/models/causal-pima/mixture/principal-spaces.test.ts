import { describe, expect, it } from 'vitest'
import { whole } from '../../../../../src-main/statistics/piecewise.ts'
import { principalSpaces } from '../../../../../src-main/models/causal-pima/mixture/principal-spaces.ts'
import { correlation } from '../../../../../src-main/statistics/correlation.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'
import type { Modality } from '../../../../../src-shared/domain/dataset.ts'

const samples = 60
const size = 12
const curves: Modality = {
  name: 'curves',
  kind: 'curve',
  shape: [size],
  present: samples,
  source: 'curves.csv',
  scaling: { offset: [0], scale: [1] },
}
const spectra: Modality = { ...curves, name: 'spectra' }

/** Every third sample lacks the modality; the others spread along one value, a little along the rest. */
function dataOf(modalities: readonly Modality[]): Parameters<typeof principalSpaces>[0] {
  const random = RandomStream.of(3, 'spaces')
  const values = Float32Array.from(
    { length: samples * size },
    (_, at) => random.normal() * (at % size === 5 ? 10 : 0.1),
  )
  const present = Uint8Array.from({ length: samples }, (_, i) => Number(i % 3 > 0))
  const training = Int32Array.from({ length: samples }, (_, i) => i)
  return { modalities, training, rowsOf: () => ({ values, present }) }
}

describe('spaces of modalities as they are', () => {
  it('are the directions in which the samples that have one spread most', () => {
    const spaces = whole(principalSpaces(dataOf([curves, spectra])))
    expect(spaces.map(({ modality, width }) => [modality, width])).toEqual([
      ['curves', 2],
      ['curves', 4],
      ['spectra', 2],
      ['spectra', 4],
    ])
    const { values } = dataOf([curves]).rowsOf(0, new Int32Array())
    for (const { points, width, at } of spaces) {
      const has = Array.from(at.keys()).filter((i) => at[i]! >= 0)
      expect(has).toHaveLength(40)
      expect(points).toHaveLength(40 * width)
      const first = has.map((i) => points[at[i]! * width]!)
      const widest = has.map((i) => values[i * size + 5]!)
      expect(Math.abs(correlation(Float64Array.from(first), Float64Array.from(widest)))).toBeGreaterThan(0.999)
    }
  })

  it('are the coordinates one by one, too, where each was made because it divides the samples', () => {
    const prepared = { from: 'images', fitted: [null], fittedOn: '' }
    const gaps: Modality = { ...curves, shape: [2], prepared: { ...prepared, recipe: [{ step: 'gap-directions' }] } }
    const values = Float32Array.of(1, 2, 3, 4, 5, 7)
    const rowsOf = () => ({ values, present: Uint8Array.of(1, 1, 1) })
    const training = Int32Array.of(0, 1, 2)
    const spaces = whole(principalSpaces({ modalities: [gaps], training, rowsOf }))
    const alone = spaces.filter(({ divides }) => divides)
    expect(alone.map(({ width, points }) => [width, ...points])).toEqual([
      [1, 1, 3, 5],
      [1, 2, 4, 7],
    ])
    const other: Modality = { ...gaps, prepared: { ...prepared, recipe: [{ step: 'spectrum' }] } }
    expect(whole(principalSpaces({ modalities: [other], training, rowsOf })).some(({ divides }) => divides)).toBe(false)
  })

  it('are none where fewer than two samples have the modality, or all are alike', () => {
    const one = { values: new Float32Array(2 * size), present: Uint8Array.of(0, 1) }
    const training = Int32Array.of(0, 1)
    expect(whole(principalSpaces({ modalities: [curves], training, rowsOf: () => one }))).toEqual([])
    const alike = { ...one, present: Uint8Array.of(1, 1) }
    expect(whole(principalSpaces({ modalities: [curves], training, rowsOf: () => alike }))).toEqual([])
  })
})
