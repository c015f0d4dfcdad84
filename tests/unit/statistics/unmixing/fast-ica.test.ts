import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unmixingNoteText } from '../../../../src-shared/domain/unmixing.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import {
  product,
  productWithTranspose,
  transposeProduct,
} from '../../../../src-main/statistics/linear-algebra/products.ts'
import {
  matrixOfRows,
  pickRows,
  realMatrix,
  rowsOf,
} from '../../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { symmetricDecorrelation } from '../../../../src-main/statistics/unmixing/decorrelation.ts'
import { fastIca, fastIcaTransform } from '../../../../src-main/statistics/unmixing/fast-ica.ts'
import { pca, pcaTransform } from '../../../../src-main/statistics/unmixing/pca.ts'
import { unmix, unmixRows } from '../../../../src-main/statistics/unmixing/unmix.ts'
import { meanCorrelation } from '../../../../src-main/evaluation/representation.ts'

/** Independent sources of several shapes, [n, k]. */
function shapes(n: number, k: number, seed: number) {
  const random = RandomStream.of(seed, 'unmixing tests')
  const laplace = () => (random.uniform() < 0.5 ? -1 : 1) * Math.log(1 - random.uniform())
  return realMatrix(
    n,
    k,
    Float64Array.from({ length: n * k }, (_, at) => ((at % k) % 2 === 0 ? laplace() : random.uniform() * 2 - 1)),
  )
}

function mixed(n: number, k: number, d: number, seed: number) {
  const random = RandomStream.of(seed, 'mixing')
  const sources = shapes(n, k, seed)
  const mixing = realMatrix(
    k,
    d,
    Float64Array.from({ length: k * d }, () => random.normal()),
  )
  return { sources, data: product(sources, mixing) }
}

function expectIdentity(matrix: { rows: number; values: Float64Array }, digits: number) {
  matrix.values.forEach((value, at) => {
    expect(value).toBeCloseTo(at % (matrix.rows + 1) === 0 ? 1 : 0, digits)
  })
}

describe('FastICA', () => {
  it('finds independent sources behind any mixing, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 2, max: 5 }), (seed, k) => {
        const { sources, data } = mixed(1500, k, k + 1, seed)
        const fitted = fastIca(data, { components: k, seed })
        expect(meanCorrelation(rowsOf(fitted.sources), rowsOf(sources), 'pearson')).toBeGreaterThan(0.97)
      }),
      { numRuns: 12, seed: 1 },
    )
  })

  it('gives components of mean 0 and variance 1 that do not correlate, and a mixing that undoes the unmixing', () => {
    const { data } = mixed(400, 4, 6, 3)
    const { sources, unmixing, mixing } = fastIca(data, { components: 4, seed: 0 })
    const covariance = transposeProduct(sources, sources)
    expectIdentity({ rows: 4, values: covariance.values.map((value) => value / 400) }, 10)
    expectIdentity(product(unmixing, mixing), 10)
  })

  it('does not depend on where the data lie, how large they are, or which way they are turned', () => {
    const { data } = mixed(800, 3, 3, 5)
    const moved = realMatrix(
      800,
      3,
      data.values.map((value) => 40 * value - 7),
    )
    const turn = symmetricDecorrelation(shapes(3, 3, 1))
    const turned = productWithTranspose(data, turn)
    const { sources } = fastIca(data, { components: 3, seed: 2, tolerance: 1e-10 })
    for (const other of [moved, turned]) {
      const again = fastIca(other, { components: 3, seed: 9, tolerance: 1e-10 })
      expect(meanCorrelation(rowsOf(again.sources), rowsOf(sources), 'pearson')).toBeCloseTo(1, 8)
    }
  })

  it('applies to new rows what it learnt from the rows it was fitted on', () => {
    const { data } = mixed(600, 3, 5, 7)
    const training = Array.from({ length: 500 }, (_, i) => i)
    const fitted = fastIca(pickRows(data, training), { components: 3, seed: 0 })
    const all = fastIcaTransform(fitted, data)
    fitted.sources.values.forEach((value, at) => {
      expect(all.values[at]).toBeCloseTo(value, 9)
    })
    expect(all.rows).toBe(600)
  })

  it('keeps columns whose scales differ by ten orders of magnitude', () => {
    const { sources, data } = mixed(1000, 3, 3, 11)
    const scales = [1e6, 1, 1e-4]
    const graded = realMatrix(
      1000,
      3,
      data.values.map((value, at) => value * scales[at % 3]!),
    )
    const fitted = fastIca(graded, { components: 3, seed: 0 })
    expect(fitted.notes).toEqual([])
    expect(meanCorrelation(rowsOf(fitted.sources), rowsOf(sources), 'pearson')).toBeGreaterThan(0.98)
  })

  it('says when it did not converge, with the last change', () => {
    const random = RandomStream.of(0, 'normal')
    const noise = realMatrix(
      500,
      6,
      Float64Array.from({ length: 3000 }, () => random.normal()),
    )
    const fitted = fastIca(noise, { components: 6, seed: 0, maxIterations: 3 })
    expect(fitted).toMatchObject({ converged: false, iterations: 3 })
    expect(fitted.notes).toEqual([
      { what: 'not-converged', iterations: 3, lastChange: fitted.lastChange, tolerance: 1e-4 },
    ])
    expect(fitted.notes.map(unmixingNoteText)[0]).toMatch(/did not converge: after 3 iterations/)
  })
})

describe('what cannot be unmixed', () => {
  const { data } = mixed(50, 3, 5, 13)

  it('is reduced to what the rows, the dimensions and the rank allow, and said', () => {
    expect(fastIca(data, { components: 5, seed: 0 }).notes).toContainEqual({
      what: 'components-reduced',
      of: 'independent',
      asked: 5,
      kept: 3,
      because: 'rank',
    })
    const few = fastIca(pickRows(shapes(9, 20, 1), [0, 1, 2, 3, 4, 5, 6, 7, 8]), { components: 12, seed: 0 })
    expect(few.notes[0]).toEqual({ what: 'components-reduced', of: 'independent', asked: 12, kept: 8, because: 'rows' })
    const narrow = pca(shapes(50, 3, 1), { components: 7 })
    expect(narrow.notes).toEqual([
      { what: 'components-reduced', of: 'principal', asked: 7, kept: 3, because: 'dimensions' },
    ])
    expect(unmixingNoteText(narrow.notes[0]!)).toBe(
      '3 principal directions instead of 7: the data have no more dimensions.',
    )
  })

  it('loses constant columns, and says which', () => {
    const withConstant = matrixOfRows(rowsOf(data).map((row) => [1, ...row, 2]))
    const fitted = fastIca(withConstant, { components: 3, seed: 0 })
    expect(fitted.notes).toEqual([{ what: 'constant-columns', columns: [0, 6], of: 7 }])
    expect(fitted.unmixing.values.every(Number.isFinite)).toBe(true)
    expect(unmixingNoteText(fitted.notes[0]!)).toBe('2 of 7 dimensions are constant and carry nothing (1, 7).')
  })

  it('is refused with row and dimension where a number is not finite', () => {
    const broken = realMatrix(50, 5, data.values.slice())
    broken.values[12] = NaN
    expect(() => fastIca(broken, { components: 2, seed: 0 })).toThrow('Row 3, dimension 3 is NaN')
    expect(() => pca(broken, { components: 2 })).toThrow('Row 3, dimension 3 is NaN')
    const fitted = fastIca(data, { components: 2, seed: 0 })
    expect(() => fastIcaTransform(fitted, broken)).toThrow('Row 3, dimension 3 is NaN')
  })

  it('is refused where there is nothing to fit', () => {
    expect(() => fastIca(realMatrix(0, 5), { components: 2, seed: 0 })).toThrow('0 rows of 5 dimensions')
    expect(() => fastIca(pickRows(data, [0]), { components: 2, seed: 0 })).toThrow('One row alone')
    expect(() => fastIca(pickRows(data, [0, 0, 0]), { components: 2, seed: 0 })).toThrow('All 3 rows are the same')
    expect(() => fastIca(data, { components: 0, seed: 0 })).toThrow('0 components cannot be had')
    expect(() => fastIca(data, { components: 2, seed: 0, wInit: new Float64Array(9) })).toThrow('need 2 x 2')
  })
})

describe('PCA and FastICA after it', () => {
  it('explains all variance with all directions, the largest first, and ignores an offset', () => {
    const { data } = mixed(300, 4, 4, 17)
    const axes = pca(data, { components: 4 })
    expect(axes.explained.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12)
    expect(Array.from(axes.variances)).toEqual(Array.from(axes.variances).sort((a, b) => b - a))
    expectIdentity(productWithTranspose(axes.axes, axes.axes), 12)
    const scores = pcaTransform(axes, data)
    const covariance = transposeProduct(scores, scores).values
    for (let i = 0; i < 4; i++) expect(covariance[i * 4 + i]! / 299).toBeCloseTo(axes.variances[i]!, 8)
  })

  it('leaves the small directions out before it unmixes, and does the same to new rows', () => {
    const { sources, data } = mixed(900, 3, 8, 19)
    const random = RandomStream.of(4, 'noise')
    const noisy = realMatrix(
      900,
      8,
      data.values.map((value) => value + 0.01 * random.normal()),
    )
    const fitted = unmix(noisy, { principal: 3, components: 3, seed: 0 })
    expect(fitted.notes).toEqual([])
    expect(meanCorrelation(rowsOf(fitted.sources), rowsOf(sources), 'pearson')).toBeGreaterThan(0.97)
    const again = unmixRows(fitted, noisy)
    again.values.forEach((value, at) => {
      expect(value).toBeCloseTo(fitted.sources.values[at]!, 8)
    })
  })

  it('goes on with fewer components where fewer directions were kept', () => {
    const { data } = mixed(200, 4, 6, 23)
    const fitted = unmix(data, { principal: 2, components: 4, seed: 0 })
    expect(fitted.notes).toEqual([
      { what: 'components-reduced', of: 'independent', asked: 4, kept: 2, because: 'dimensions' },
    ])
  })
})
