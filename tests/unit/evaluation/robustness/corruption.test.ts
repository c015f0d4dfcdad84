import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ModalityData } from '../../../../src-main/datasets/dataset.ts'
import { appliesTo, type Corruption, corrupted } from '../../../../src-main/evaluation/robustness/corruption.ts'
import type { ModalityKind } from '../../../../src-shared/domain/dataset.ts'

/** Samples of a modality whose values are `at(sample, place)`, all present unless told otherwise. */
function view(kind: ModalityKind, shape: number[], n: number, at: (i: number, k: number) => number): ModalityData {
  const size = shape.reduce((product, side) => product * side, 1)
  return {
    modality: { name: kind, kind, shape, scaling: { offset: [0], scale: [1] }, present: n, source: '' },
    data: Float32Array.from({ length: n * size }, (_, v) => at(Math.floor(v / size), v % size)),
    present: new Uint8Array(n).fill(1),
  }
}

/** Rows of which some value differs. */
function changedRows(before: ModalityData, after: ModalityData): number[] {
  const n = before.present.length
  const size = before.data.length / n
  return Array.from({ length: n }, (_, i) => i).filter((i) =>
    before.data.subarray(i * size, (i + 1) * size).some((value, k) => value !== after.data[i * size + k]),
  )
}

const differences = (before: ModalityData, after: ModalityData, rows: readonly number[]): number[] => {
  const size = before.data.length / before.present.length
  return rows.flatMap((i) =>
    Array.from({ length: size }, (_, k) => after.data[i * size + k]! - before.data[i * size + k]!),
  )
}
const sdOf = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length)

const images = view('image', [10, 12, 3], 41, () => 0.5)
const curves = view('curve', [20], 41, (i, k) => (i % 2) * (k + 1))
const vectors = view('vector', [10], 41, (i, k) => (i % 2) * (k + 1))
const paper = { profile: 'paper', seed: 1 } as const
const released = { profile: 'released', seed: 1 } as const

describe('corruptions', () => {
  it('Gaussian noise falls on half of the samples, the same in every modality, at 10 eps of 255', () => {
    for (const eps of [5, 10]) {
      const noisy = corrupted(images, { kind: 'gaussian', eps }, paper)
      const rows = changedRows(images, noisy)
      expect(rows).toHaveLength(21)
      expect(sdOf(differences(images, noisy, rows)) / ((10 * eps) / 255)).toBeCloseTo(1, 1)
      expect(
        changedRows(curves, corrupted(curves, { kind: 'gaussian', eps }, paper)).every((i) => rows.includes(i)),
      ).toBe(true)
    }
    expect(corrupted(images, { kind: 'gaussian', eps: 0 }, paper).data).toEqual(images.data)
  })

  it('is the same in all channels and cut off at the ends of the scale in the released form', () => {
    const { data } = corrupted(images, { kind: 'gaussian', eps: 10 }, released)
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(data.some((value) => value === 0) && data.some((value) => value === 1)).toBe(true)
    for (let k = 0; k < data.length; k += 3) expect(new Set(data.subarray(k, k + 3)).size).toBe(1)
    const own = corrupted(images, { kind: 'gaussian', eps: 10 }, paper).data
    expect(own.some((value) => value < 0)).toBe(true)
  })

  it('noise on curves and vectors is in units of the spread of each point and column', () => {
    for (const clean of [curves, vectors]) {
      const noisy = corrupted(clean, { kind: 'gaussian', eps: 5 }, paper)
      const size = clean.modality.shape[0]!
      const noise = differences(clean, noisy, changedRows(clean, noisy))
      // Values are 0 or k + 1, about half each: a spread of (k + 1) / 2, of which half is noise.
      const scaled = noise.map((value, at) => value / ((at % size) + 1))
      expect(Math.abs(sdOf(scaled) - 0.25)).toBeLessThan(0.03)
    }
  })

  it('salt and pepper are one pixel in ten, black or white in all channels; released, of each image by chance', () => {
    const all = corrupted(images, { kind: 'salt-and-pepper', density: 0.1, eps: 10 }, paper)
    expect(changedRows(images, all)).toHaveLength(41)
    const pixels = Array.from({ length: all.data.length / 3 }, (_, p) => all.data.subarray(3 * p, 3 * p + 3))
    expect(pixels.every((pixel) => new Set(pixel).size === 1)).toBe(true)
    const share = (value: number): number => pixels.filter(([first]) => first === value).length / pixels.length
    expect(Math.abs(share(0) - 0.05)).toBeLessThan(0.015)
    expect(Math.abs(share(1) - 0.05)).toBeLessThan(0.015)
    const some = corrupted(images, { kind: 'salt-and-pepper', density: 0.1, eps: 5 }, released)
    const rows = changedRows(images, some).length
    expect(rows > 10 && rows < 31).toBe(true)
    expect(appliesTo({ kind: 'salt-and-pepper', density: 0.1, eps: 5 }, curves)).toBe(false)
  })

  it('masks a rectangle of 30 % of an image, a stretch of a curve and columns of a vector', () => {
    const corruption: Corruption = { kind: 'masked', share: 0.3 }
    const blank = corrupted(images, corruption, paper)
    expect(changedRows(images, blank)).toHaveLength(41)
    // 5 of 10 rows and 7 of 12 columns are the closest to 30 % in proportion.
    expect(differences(images, blank, [0]).filter((change) => change === -0.5)).toHaveLength(5 * 7 * 3)
    const flat = view('curve', [20], 30, (i, k) => i + k)
    const cut = corrupted(flat, corruption, paper)
    for (const i of flat.present.keys()) {
      const places = differences(flat, cut, [i]).flatMap((change, k) => (change === 0 ? [] : [k]))
      // Row 14 and 15 stand half a unit off the mean of 14.5, none at it.
      expect(places).toHaveLength(6)
      expect(places.at(-1)! - places[0]!).toBe(5)
    }
    expect(
      differences(vectors, corrupted(vectors, corruption, paper), [1]).filter((change) => change !== 0),
    ).toHaveLength(3)
  })

  it('repeat by their seed, leave absent samples alone and what they were given unchanged', () => {
    const corruption = fc.oneof(
      fc.record({ kind: fc.constant('gaussian' as const), eps: fc.constantFrom(5, 10) }),
      fc.record({
        ...{ kind: fc.constant('salt-and-pepper' as const), density: fc.constant(0.1), eps: fc.constantFrom(5, 10) },
      }),
      fc.record({ kind: fc.constant('masked' as const), share: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
    )
    const profile = fc.constantFrom('paper' as const, 'released' as const)
    fc.assert(
      fc.property(
        fc.integer(),
        corruption,
        profile,
        fc.constantFrom(images, curves, vectors),
        (seed, how, by, clean) => {
          if (!appliesTo(how, clean)) return
          const present = clean.present.map((_, i) => Number(i % 3 !== 0))
          const holed = { ...clean, data: clean.data.slice(), present }
          const before = holed.data.slice()
          const first = corrupted(holed, how, { profile: by, seed })
          expect(corrupted(holed, how, { profile: by, seed }).data).toEqual(first.data)
          expect(holed.data).toEqual(before)
          expect(first.present).toBe(present)
          expect(changedRows(holed, first).every((i) => present[i] === 1)).toBe(true)
          expect(first.data.every(Number.isFinite)).toBe(true)
        },
      ),
      { numRuns: 40 },
    )
    const noise = (seed: number) => corrupted(images, { kind: 'gaussian', eps: 5 }, { profile: 'paper', seed }).data
    expect(noise(1)).not.toEqual(noise(2))
  })
})
