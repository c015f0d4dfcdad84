import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { linearAlgebraKernels } from '../../../../src-main/statistics/linear-algebra/kernels.ts'
import { leadingAxes } from '../../../../src-main/statistics/linear-algebra/leading-axes.ts'
import { principalAxes } from '../../../../src-main/statistics/linear-algebra/principal-axes.ts'
import {
  product,
  productWithTranspose,
  transposeProduct,
} from '../../../../src-main/statistics/linear-algebra/products.ts'
import {
  pickRows,
  realMatrix,
  transposed,
  type RealMatrix,
} from '../../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { contrast } from '../../../../src-main/statistics/unmixing/contrast.ts'
import { byEigenvalues, byProducts } from '../../../../src-main/statistics/unmixing/decorrelation.ts'

function normal(rows: number, columns: number, seed: number): RealMatrix {
  const random = RandomStream.of(seed, 'linear algebra tests')
  return realMatrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => random.normal()),
  )
}

function naive(a: RealMatrix, b: RealMatrix): Float64Array {
  const out = new Float64Array(a.rows * b.columns)
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.columns; j++)
      for (let p = 0; p < a.columns; p++)
        out[i * b.columns + j]! += a.values[i * a.columns + p]! * b.values[p * b.columns + j]!
  return out
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length)
  return a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - b[at]!)), 0)
}

describe('products in float64', () => {
  it('are those of the definition, whichever operand is turned and whatever the sizes', () => {
    const size = fc.integer({ min: 1, max: 70 })
    fc.assert(
      fc.property(size, size, size, fc.nat(1000), (m, k, n, seed) => {
        const [a, b] = [normal(m, k, seed), normal(k, n, seed + 1)]
        const wanted = naive(a, b)
        for (const found of [product(a, b), productWithTranspose(a, transposed(b)), transposeProduct(transposed(a), b)])
          expect(largestDifference(found.values, wanted)).toBeLessThan(1e-12)
      }),
      { numRuns: 60, seed: 2 },
    )
  })

  it('go over the edges of their blocks', () => {
    const [a, b] = [normal(515, 700, 1), normal(700, 521, 2)]
    expect(largestDifference(product(a, b).values, naive(a, b))).toBeLessThan(1e-11)
  })

  it('refuse matrices that do not fit together', () => {
    expect(() => product(normal(2, 3, 1), normal(2, 3, 1))).toThrow('[2, 3] and [2, 3] cannot be multiplied')
  })
})

describe('the width of panels', () => {
  // Which width is used is measured on the spot: a busy machine may choose another, and a run must come out the same.
  const inWidth = (columns: number, run: () => Float64Array): Float64Array => {
    linearAlgebraKernels()!.setPanelColumns(columns)
    return run()
  }

  it('changes no bit of a product', () => {
    const rows = fc.integer({ min: 1, max: 40 })
    const depth = fc.integer({ min: 1, max: 900 })
    fc.assert(
      fc.property(rows, depth, rows, fc.nat(1000), (m, k, n, seed) => {
        const [a, b] = [normal(m, k, seed), normal(k, n, seed + 1)]
        for (const run of [
          () => product(a, b).values,
          () => productWithTranspose(a, transposed(b)).values,
          () => transposeProduct(transposed(a), b).values,
          () => productWithTranspose(a, a).values,
        ])
          expect(inWidth(8, run)).toEqual(inWidth(4, run))
      }),
      { numRuns: 60, seed: 5 },
    )
  })

  it('changes no bit of what FastICA sums, nor of a decorrelation', () => {
    for (const k of [3, 4, 7, 12, 29]) {
      const [white, w] = [normal(1301, k, 3), normal(k, k, 4)]
      const sums = (): Float64Array => contrast(white, w).correlation.values
      expect(inWidth(8, sums)).toEqual(inWidth(4, sums))
      const apart = (): Float64Array => byProducts(linearAlgebraKernels()!, w)!.values
      if (byProducts(linearAlgebraKernels()!, w) !== null) expect(inWidth(8, apart)).toEqual(inWidth(4, apart))
    }
  })
})

describe('the compiled hyperbolic tangent', () => {
  it('is right to the last digits over its whole range', () => {
    const { room, view, tanhAndSlopes } = linearAlgebraKernels()!
    const count = 4000
    const [at, slopes] = room(count, count) as [number, number]
    const x = Float64Array.from({ length: count }, (_, i) => ((i - count / 2) / 80) ** 3 / 400)
    view(at, count).set(x)
    view(slopes, count).fill(0)
    tanhAndSlopes(at, 1, count, slopes)
    expect(largestDifference(view(at, count), x.map(Math.tanh))).toBeLessThan(4e-16)
    expect(
      largestDifference(
        view(slopes, count),
        x.map((value) => 1 - Math.tanh(value) ** 2),
      ),
    ).toBeLessThan(1e-15)
  })

  it('gives FastICA the sums of its definition, for odd numbers of rows and directions too', () => {
    const [white, w] = [normal(1301, 7, 3), normal(7, 7, 4)]
    const { correlation, slope } = contrast(white, w)
    const bent = naive(white, transposed(w)).map(Math.tanh)
    const wanted = naive(transposed(realMatrix(1301, 7, bent)), white).map((sum) => sum / 1301)
    expect(largestDifference(correlation.values, wanted)).toBeLessThan(1e-14)
    const slopes = Float64Array.from({ length: 7 }, (_, j) =>
      bent.reduce((sum, value, at) => (at % 7 === j ? sum + (1 - value ** 2) / 1301 : sum), 0),
    )
    expect(largestDifference(slope, slopes)).toBeLessThan(1e-14)
  })
})

describe('symmetric decorrelation', () => {
  it('comes out the same by products and by eigenvalues', () => {
    for (const k of [3, 40, 90]) {
      const w = normal(k, k, k)
      expect(largestDifference(byProducts(linearAlgebraKernels()!, w)!.values, byEigenvalues(w).values)).toBeLessThan(
        1e-9,
      )
    }
  })

  it('leaves to eigenvalues what products would take too long for', () => {
    const w = normal(30, 30, 1)
    w.values.fill(0, 0, 30)
    expect(byProducts(linearAlgebraKernels()!, w)).toBeNull()
    expect(byEigenvalues(w).values.every(Number.isFinite)).toBe(true)
  })
})

describe('principal axes', () => {
  it('are orthonormal, and the projections on them orthogonal, with fewer rows than columns as well', () => {
    for (const [n, d] of [
      [60, 9],
      [9, 60],
      [20, 20],
    ] as const) {
      const rows = normal(n, d, n)
      const { axes, singularValues, rank } = principalAxes(rows)
      expect(rank).toBe(Math.min(n, d))
      const unit = productWithTranspose(axes, axes).values
      expect(
        largestDifference(
          unit,
          unit.map((_, at) => (at % (rank + 1) === 0 ? 1 : 0)),
        ),
      ).toBeLessThan(1e-12)
      const projected = productWithTranspose(rows, axes)
      const gram = transposeProduct(projected, projected).values
      const squares = gram.map((_, at) => (at % (rank + 1) === 0 ? singularValues[Math.floor(at / rank)]! ** 2 : 0))
      expect(largestDifference(gram, squares)).toBeLessThan(1e-9)
    }
  })

  it('begin with what the smaller Gram matrix gives cheaply', () => {
    for (const [n, d] of [
      [60, 7],
      [12, 40],
    ] as const) {
      const rows = normal(n, d, n)
      const leading = leadingAxes(rows, 3)
      expect([leading.rows, leading.columns]).toEqual([3, d])
      const shared = productWithTranspose(leading, pickRows(principalAxes(rows).axes, [0, 1, 2])).values
      expect(
        largestDifference(
          shared.map(Math.abs),
          shared.map((_, at) => (at % 4 === 0 ? 1 : 0)),
        ),
      ).toBeLessThan(1e-9)
    }
    expect(leadingAxes(realMatrix(4, 3), 2).rows).toBe(0)
  })

  it('hold small directions to their own last digits', () => {
    // Columns of known lengths, exactly orthogonal: what squares of 1e-7 lose beside squares of 1e5.
    const lengths = [1e5, 3, 1e-3, 1e-7]
    const signs = [
      [1, 1, 1, 1],
      [1, -1, 1, -1],
      [1, 1, -1, -1],
      [1, -1, -1, 1],
    ]
    const rows = realMatrix(
      4,
      4,
      Float64Array.from(signs.flat(), (sign, at) => (sign / 2) * lengths[at % 4]!),
    )
    const { singularValues } = principalAxes(rows)
    lengths.forEach((length, at) => {
      expect(singularValues[at]! / length).toBeCloseTo(1, 10)
    })
  })
})
