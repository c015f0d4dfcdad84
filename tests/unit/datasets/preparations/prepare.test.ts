import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepareModality, type PrepareOptions } from '../../../../src-main/datasets/preparations/prepare.ts'
import { userValues } from '../../../../src-main/datasets/user-values.ts'
import type { Modality } from '../../../../src-shared/domain/dataset.ts'
import { CausalscopeError } from '../../../../src-shared/errors.ts'
import { describeSteps } from '../../../../src-shared/preparations/describe.ts'
import type { Recipe } from '../../../../src-shared/preparations/recipe.ts'
import { completeRecipe, stepsFor } from '../../../../src-shared/preparations/steps.ts'
import { parseRecipe } from '../../../../src-shared/preparations/text.ts'
import { rawSamples } from './raw-samples.ts'
import { anyStep } from './any-step.ts'

/** Two peaks on a slope, `points` points a unit apart. */
function spectra(points: number, count: number): ReturnType<typeof rawSamples> {
  return rawSamples({
    name: 'spectra',
    kind: 'curve',
    shape: [points],
    grid: Array.from({ length: points }, (_, i) => i),
    samples: Array.from({ length: count }, (_, n) =>
      Array.from({ length: points }, (__, i) => 2 + 0.1 * i + (1 + n) * Math.exp(-(((i - points / 3) / 2) ** 2))),
    ),
  })
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (caught: unknown) => caught,
  )
  expect(error).toBeInstanceOf(CausalscopeError)
  return error instanceof CausalscopeError ? `${error.code}: ${error.message} ${error.hint}`.trim() : ''
}

function prepare(
  raw: ReturnType<typeof rawSamples>,
  steps: string,
  options: PrepareOptions = {},
): ReturnType<typeof prepareModality> {
  return prepareModality(raw, 'made', parseRecipe(steps), options)
}

describe('a prepared modality', () => {
  it('carries its recipe, its source and what was fitted', async () => {
    const raw = rawSamples({
      name: 'assay',
      kind: 'vector',
      shape: [3],
      features: ['a', 'b', 'c'],
      samples: [[1, 5, 2], null, [3, 5, 6]],
    })
    const { modality, data, present } = await prepare(raw, 'drop-constant|standardise', { where: 'data set 4' })
    expect(modality.prepared).toEqual({
      from: 'assay',
      recipe: [{ step: 'drop-constant' }, { step: 'standardise' }],
      fitted: [{ kept: [0, 2] }, { mean: [2, 4], deviation: [1, 2] }],
      fittedOn: 'all 2 samples of data set 4',
    })
    expect(modality).toMatchObject({ kind: 'vector', shape: [2], features: ['a', 'c'], present: 2 })
    expect([...present]).toEqual([1, 0, 1])
    expect([...userValues(modality, data, present)]).toEqual([-1, -1, 0, 0, 1, 1])
  })

  it('lies about in [0, 1] as stored, and comes back in the unit of its last step', async () => {
    const { modality, data } = await prepare(spectra(30, 20), 'snv')
    expect(Math.min(...data)).toBeGreaterThan(-0.5)
    expect(Math.max(...data)).toBeLessThan(1.5)
    const [first] = [userValues(modality, data.slice(0, 30))]
    expect(first.reduce((sum, value) => sum + value, 0) / 30).toBeCloseTo(0, 5)
    expect(modality.valueLabel).toContain('standard normal variate')
  })

  it('prepares new samples with the numbers that earlier ones were fitted to', async () => {
    const values = [
      [1, 10],
      [2, 30],
      [4, 20],
      [7, 25],
    ]
    const steps = 'standardise'
    const { modality, data } = await prepare(rawSamples({ kind: 'vector', shape: [2], samples: values }), steps)
    const like = { ...modality.prepared!, scaling: modality.scaling }
    const again = await prepare(rawSamples({ kind: 'vector', shape: [2], samples: values.slice(2) }), steps, { like })
    expect(again.data).toEqual(data.slice(4))
    expect(again.modality.prepared).toEqual(modality.prepared)
    expect(again.modality.scaling).toEqual(modality.scaling)
  })

  it('is the same bytes when it is made again', async () => {
    const steps = 'baseline(als)|snv|derivative(window=9,degree=3,order=2)|standardise'
    const [first, second] = [await prepare(spectra(40, 9), steps), await prepare(spectra(40, 9), steps)]
    expect(first).toEqual(second)
  })

  it('has the shape that its recipe promises, and finite values, whatever the steps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .oneof(anyImage, anyCurve, anyVector)
          .chain((raw) => anyRecipe(raw.modality).map((recipe) => ({ raw, recipe }))),
        async ({ raw, recipe }) => {
          let promised: Pick<Modality, 'kind' | 'shape'>
          try {
            promised = describeSteps(raw.modality, recipe).at(-1)!
          } catch (error) {
            if (error instanceof CausalscopeError && error.code === 'refused') return
            throw error
          }
          const made = await prepareModality(raw, 'made', recipe).catch((error: unknown) => {
            if (error instanceof CausalscopeError && error.code === 'refused') return null
            throw error
          })
          if (made === null) return
          const dropped = recipe.some(({ step }) => step === 'drop-constant')
          expect(made.modality.kind).toBe(promised.kind)
          if (dropped) expect(made.modality.shape[0]).toBeLessThanOrEqual(promised.shape[0]!)
          else expect(made.modality.shape).toEqual(promised.shape)
          const size = made.modality.shape.reduce((product, n) => product * n, 1)
          expect(made.data.length).toBe(size * raw.ids.length)
          expect(made.data.every(Number.isFinite)).toBe(true)
          if (made.modality.kind === 'curve') expect(made.modality.grid).toHaveLength(size)
          if (made.modality.features !== undefined) expect(made.modality.features).toHaveLength(size)
        },
      ),
      { numRuns: 300, seed: 11 },
    )
  })
})

const pixels = (count: number) =>
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: count, maxLength: count })

const anyImage = fc
  .tuple(fc.integer({ min: 4, max: 19 }), fc.integer({ min: 4, max: 19 }), fc.constantFrom(1, 3))
  .chain((shape) =>
    fc
      .array(pixels(shape[0] * shape[1] * shape[2]), { minLength: 2, maxLength: 3 })
      .map((samples) => rawSamples({ kind: 'image', shape, samples })),
  )
const anyCurve = fc.integer({ min: 5, max: 40 }).chain((points) =>
  fc.array(pixels(points), { minLength: 2, maxLength: 4 }).map((samples) =>
    rawSamples({
      kind: 'curve',
      shape: [points],
      grid: Array.from({ length: points }, (_, i) => 3 + i / 2),
      samples: samples.map((values) => values.map((value) => value + 0.1)),
    }),
  ),
)
const anyVector = fc
  .integer({ min: 2, max: 8 })
  .chain((features) =>
    fc
      .array(pixels(features), { minLength: 2, maxLength: 5 })
      .map((samples) => rawSamples({ kind: 'vector', shape: [features], samples })),
  )

/** One to four steps, each for the kind that the one before leaves. */
function anyRecipe(modality: Modality): fc.Arbitrary<Recipe> {
  const more = (kind: Modality['kind'], left: number): fc.Arbitrary<Recipe> =>
    fc.constantFrom(...stepsFor(kind)).chain((definition) =>
      anyStep(definition).chain((step) => {
        const images = ['crop-image', 'bin', 'background', 'contrast', 'power-spectrum', 'log']
        const after =
          kind !== 'image' || images.includes(step.step)
            ? kind
            : ['texture', 'colour'].includes(step.step)
              ? 'vector'
              : 'curve'
        const rest: fc.Arbitrary<Recipe> = left <= 1 ? fc.constant([]) : more(after, left - 1)
        return rest.map((following): Recipe => [step, ...following])
      }),
    )
  return fc.integer({ min: 1, max: 4 }).chain((steps) => more(modality.kind, steps).map(completeRecipe))
}

describe('what cannot be prepared', () => {
  const uneven = rawSamples({
    name: 'decay',
    kind: 'curve',
    shape: [6],
    grid: [0, 1, 2, 4, 8, 16],
    samples: [[5, 4, 3, 2, 1, -0.5]],
  })
  const cases = [
    [
      'log',
      'refused: decay, step 1 (log): sample s0: its value 6 is -0.5, and only positive numbers have a logarithm.',
    ],
    ['snv|smooth(window=7)', 'refused: decay, step 2 (smooth): its grid is not equidistant'],
    ['resample|smooth(window=7)', 'refused: decay, step 2 (smooth): its 6 points are fewer than the window of 7.'],
    [
      'resample|derivative(window=5,degree=1,order=2)',
      'refused: decay, step 2 (derivative): the derivative of order 2',
    ],
    ['crop(from=5,to=7)', 'refused: decay, step 1 (crop): fewer than two of its points lie from 5 to 7.'],
    ['crop(from=-1)', 'refused: decay, step 1 (crop): -1 lies outside its grid, which goes from 0 to 16.'],
    ['baseline', 'refused: decay, step 1 (baseline): its grid is not equidistant'],
    ['texture', 'refused: decay, step 1 (texture): a curve comes to it, and it takes an image.'],
    ['standardise', 'refused: decay, step 1 (standardise): the point 0, the point 1'],
  ] as const
  it.each(cases)('is refused in words: %s', async (steps, words) => {
    expect(await refusalOf(prepare(uneven, steps))).toContain(words)
  })

  it('names the first sample that cannot be divided', async () => {
    const raw = rawSamples({
      name: 'iv',
      kind: 'curve',
      shape: [3],
      grid: [0, 1, 2],
      samples: [
        [1, 2, 3],
        [2, 2, 2],
        [-1, 0, 1],
      ],
    })
    expect(await refusalOf(prepare(raw, 'snv'))).toContain('iv, step 1 (snv): sample s1: all its values are alike')
    expect(await refusalOf(prepare(raw, 'area'))).toContain('iv, step 1 (area): sample s2: the area below it is 0')
    const flat = rawSamples({
      name: 'sem',
      kind: 'image',
      shape: [8, 8, 1],
      samples: [new Array<number>(64).fill(0.3)],
    })
    for (const steps of ['power-spectrum', 'texture', 'contrast', 'radial-spectrum'])
      expect(await refusalOf(prepare(flat, steps))).toContain('sem, step 1')
  })

  it('refuses a grid that does not ascend', async () => {
    const raw = rawSamples({ name: 'ir', kind: 'curve', shape: [3], grid: [3, 2, 1], samples: [[1, 2, 4]] })
    expect(await refusalOf(prepare(raw, 'area'))).toContain('its grid does not ascend: 2 comes after 3')
  })

  it('refuses a value that grows beyond all numbers', async () => {
    const raw = rawSamples({
      name: 'big',
      kind: 'curve',
      shape: [5],
      grid: [0, 1e-60, 2e-60, 3e-60, 4e-60],
      samples: [[1e30, 0, 1e30, 0, 5]],
    })
    expect(
      await refusalOf(prepare(raw, 'derivative(window=5,degree=4,order=4)|derivative(window=5,degree=4,order=4)')),
    ).toContain('which is no finite number')
  })

  it('refuses features without spread by name, and stops when it is asked to', async () => {
    const raw = rawSamples({
      name: 'assay',
      kind: 'vector',
      shape: [2],
      features: ['pH', 'dose'],
      samples: [
        [7, 1],
        [7, 2],
      ],
    })
    expect(await refusalOf(prepare(raw, 'standardise'))).toBe(
      'refused: assay, step 1 (standardise): pH is the same in every sample, so there is no deviation to divide by. Put the step "drop-constant" before it.',
    )
    await expect(prepare(raw, 'snv', { signal: AbortSignal.abort() })).rejects.toThrow('abort')
  })
})

it('sees the same spectrum wherever a pattern lies', async () => {
  const stripes = (phase: number): number[] =>
    Array.from({ length: 256 }, (_, i) =>
      Math.sin((2 * Math.PI * (3 * (i % 16) + 2 * Math.floor(i / 16))) / 16 + phase),
    )
  const raw = rawSamples({ kind: 'image', shape: [16, 16, 1], samples: [stripes(0), stripes(2.1)] })
  const { data } = await prepare(raw, 'power-spectrum(taper=none)')
  data.subarray(0, 256).forEach((value, i) => expect(value).toBeCloseTo(data[256 + i]!, 4))
})

describe('the spectrum of a curve', () => {
  const points = 20
  const grid = Array.from({ length: points }, (_, i) => 10 + 0.5 * i)
  const wave = (periods: number, phase: number): number[] =>
    Array.from({ length: points }, (_, i) => 7 + 3 * Math.sin((2 * Math.PI * periods * i) / points + phase))

  it('holds the power of each frequency, wherever the oscillation begins', async () => {
    const samples = [wave(3, 0), wave(3, 1.3)]
    const raw = rawSamples({ kind: 'curve', shape: [points], grid, samples })
    const { data, modality } = await prepare(raw, 'power-spectrum(scale=linear,taper=none)')
    expect(modality.shape).toEqual([10])
    expect(modality.grid![2]).toBeCloseTo(0.3, 12)
    const { offset, scale } = modality.scaling
    // Of n points: the amplitude squared times n / 4 at each of the two frequencies 3 and -3.
    for (let i = 0; i < 20; i++)
      expect(data[i]! * scale[0]! + offset[0]!).toBeCloseTo(i % 10 === 2 ? (9 * points) / 4 : 0, 4)
  })

  it('takes curves of equal distances that are not flat', async () => {
    const raw = rawSamples({ kind: 'curve', shape: [points], grid, samples: [wave(3, 0), grid.map(() => 5)] })
    expect(await refusalOf(prepare(raw, 'power-spectrum'))).toMatch(/all its points are alike, so it has no spectrum/)
    const uneven = rawSamples({ kind: 'curve', shape: [points], grid: grid.map((x) => x ** 2), samples: [wave(3, 0)] })
    expect(await refusalOf(prepare(uneven, 'power-spectrum'))).toMatch(/not equidistant.*"resample"/)
    const few = rawSamples({ kind: 'curve', shape: [4], grid: [0, 1, 2, 3], samples: [[1, 2, 1, 2]] })
    expect(await refusalOf(prepare(few, 'power-spectrum'))).toMatch(/its 4 points are fewer than the 8/)
  })
})

describe('the envelope of a curve', () => {
  const points = 64
  const grid = Array.from({ length: points }, (_, i) => 2 * i)
  const ringing = (phase: number): number[] =>
    grid.map((_, i) => 5 + Math.exp(-i / 24) * Math.cos((2 * Math.PI * 8 * i) / points + phase))

  it('is how an oscillation dies away, wherever in a period it begins', async () => {
    const samples = [ringing(0), ringing(1.9)]
    const { data, modality } = await prepare(
      rawSamples({ kind: 'curve', shape: [points], grid, samples }),
      'envelope(scale=linear)',
    )
    expect(modality.shape).toEqual([points])
    expect(modality.grid).toEqual(grid)
    const { offset, scale } = modality.scaling
    // The ends of a curve that does not go on are bent.
    for (let i = 16; i < 48; i++)
      for (const sample of [0, 1])
        expect(Math.abs(data[sample * points + i]! * scale[0]! + offset[0]! - Math.exp(-i / 24))).toBeLessThan(0.06)
  })

  it('is of curves of equal distances that are not flat', async () => {
    const flat = rawSamples({ kind: 'curve', shape: [points], grid, samples: [ringing(0), grid.map(() => 5)] })
    expect(await refusalOf(prepare(flat, 'envelope'))).toMatch(/all its points are alike, so it has no envelope/)
    const few = rawSamples({ kind: 'curve', shape: [4], grid: [0, 1, 2, 3], samples: [[1, 2, 1, 2]] })
    expect(await refusalOf(prepare(few, 'envelope'))).toMatch(/its 4 points are fewer than the 8/)
  })
})

describe('aligned curves', () => {
  const points = 80
  const grid = Array.from({ length: points }, (_, i) => 10 + 0.5 * i)
  /** A peak with a smaller one behind it, at any place and height, on any level. */
  const event = (at: number, height: number, level: number): number[] =>
    grid.map((_, i) => level + height * (Math.exp(-(((i - at) / 2) ** 2)) + 0.4 * Math.exp(-(((i - at - 8) / 3) ** 2))))
  const places = [22, 30, 35, 41, 47, 52, 26, 44]
  const samples = places.map((at, i) => event(at, 1 + 0.1 * i, i))

  it('show the same event at the same place, with the values that were measured', async () => {
    const raw = rawSamples({ kind: 'curve', shape: [points], grid, samples })
    const { data, modality } = await prepare(raw, 'align')
    const part = points / 2
    expect(modality.shape).toEqual([part])
    expect(modality.grid![part / 2]).toBe(0)
    expect(modality.grid![0]).toBe(-part / 4)
    const { offset, scale } = modality.scaling
    const peaks = samples.map((sample, s) => {
      const values = Array.from(data.subarray(s * part, (s + 1) * part), (value) => value * scale[0]! + offset[0]!)
      const highest = Math.max(...values)
      expect(highest).toBeCloseTo(Math.max(...sample), 5)
      return values.indexOf(highest)
    })
    expect(new Set(peaks).size).toBe(1)
  })

  it('are of curves of equal distances with something in them', async () => {
    const flat = rawSamples({ kind: 'curve', shape: [points], grid, samples: [...samples, grid.map(() => 5)] })
    expect(await refusalOf(prepare(flat, 'align'))).toMatch(/all its points are alike, so it has no part that fits/)
    const allFlat = rawSamples({ kind: 'curve', shape: [points], grid, samples: [grid.map(() => 5)] })
    expect(await refusalOf(prepare(allFlat, 'align'))).toMatch(/every curve is flat/)
    const uneven = rawSamples({ kind: 'curve', shape: [points], grid: grid.map((x) => x ** 2), samples })
    expect(await refusalOf(prepare(uneven, 'align'))).toMatch(/not equidistant.*"resample"/)
  })
})

describe('spectra along lines and around objects', () => {
  const side = 24
  const imageOf = (value: (y: number, x: number) => number): number[] =>
    Array.from({ length: side * side }, (_, i) => value(Math.floor(i / side), i % side))
  const of = async (recipe: string, samples: number[][]): Promise<{ shape: readonly number[]; rows: number[][] }> => {
    const raw = rawSamples({ kind: 'image', shape: [side, side, 1], samples })
    const { data, modality } = await prepare(raw, recipe)
    const size = data.length / samples.length
    const { offset, scale } = modality.scaling
    const values = Array.from(data, (value) => value * scale[0]! + offset[0]!)
    return { shape: modality.shape, rows: samples.map((_, i) => values.slice(i * size, (i + 1) * size)) }
  }

  it('are half the amplitude of a wave along each line, wherever it begins', async () => {
    const wave = (phase: number): number[] =>
      imageOf((y, x) => y + (y % 2) * Math.cos((2 * Math.PI * 3 * x) / side + phase))
    const { shape, rows } = await of('line-spectrum', [wave(0), wave(1.7)])
    expect(shape).toEqual([side, side / 2 + 1, 1])
    rows[0]!.forEach((value, at) => {
      const [y, k] = [Math.floor(at / (side / 2 + 1)), at % (side / 2 + 1)]
      expect(value).toBeCloseTo(k === 0 ? y : k === 3 ? (y % 2) / 2 : 0, 4)
      expect(rows[1]![at]).toBeCloseTo(value, 4)
    })
    const turned = await of('line-spectrum(along=columns)', [imageOf((y, x) => wave(0)[x * side + y]!), wave(1)])
    turned.rows[0]!.forEach((value, at) => expect(value).toBeCloseTo(rows[0]![at]!, 4))
  })

  it('are how often an object repeats around its centre, wherever it lies and however it is turned', async () => {
    const star = (cy: number, cx: number, turn: number, points: number): number[] =>
      imageOf((y, x) => {
        const [r, angle] = [Math.hypot(y - cy, x - cx), Math.atan2(y - cy, x - cx)]
        return 1 / (1 + Math.exp(2 * (r - 6 - 1.5 * Math.cos(points * (angle - turn)))))
      })
    const samples = [star(11.5, 11.5, 0, 5), star(10.8, 12.4, 0.5, 5), star(11.5, 11.5, 0, 3)]
    const { shape, rows } = await of('turn-spectrum', samples)
    expect(shape).toEqual([side / 2 - 1, 13, 1])
    const ring = (sample: number): number[] => rows[sample]!.slice(5 * 13, 6 * 13)
    const strongest = (values: number[]): number => values.indexOf(Math.max(...values.slice(1)), 1)
    expect([0, 1, 2].map((sample) => strongest(ring(sample)))).toEqual([5, 5, 3])
    expect(ring(1)[5]! / ring(0)[5]!).toBeCloseTo(1, 0)
  })

  it('refuse an image that shows nothing to turn around', async () => {
    const raw = rawSamples({ kind: 'image', shape: [side, side, 1], samples: [imageOf(() => 0.5)] })
    expect(await refusalOf(prepare(raw, 'turn-spectrum'))).toMatch(/all its pixels are alike/)
  })
})

describe('how much of what', () => {
  const side = 24
  const imageOf = (value: (y: number, x: number) => number): number[] =>
    Array.from({ length: side * side }, (_, i) => value(Math.floor(i / side), i % side))
  const of = async (recipe: string, samples: number[][]): Promise<{ grid: readonly number[]; rows: number[][] }> => {
    const { data, modality } = await prepare(rawSamples({ kind: 'image', shape: [side, side, 1], samples }), recipe)
    const size = data.length / samples.length
    const { offset, scale } = modality.scaling
    const values = Array.from(data, (value) => value * scale[0]! + offset[0]!)
    return { grid: modality.grid!, rows: samples.map((_, i) => values.slice(i * size, (i + 1) * size)) }
  }
  const discs = (radius: number, places: readonly (readonly [number, number])[], on = 1): number[] =>
    imageOf((y, x) => (places.some(([v, u]) => Math.hypot(y - v, x - u) <= radius) ? on : 0.5))

  it('puts values in order, wherever they lie', async () => {
    const values = imageOf((y, x) => ((y * side + x) * 37) % (side * side))
    const { grid, rows } = await of('quantiles(count=5)', [values, values.toReversed()])
    expect(grid).toEqual([0.1, 0.3, 0.5, 0.7, 0.9])
    rows[0]!.forEach((value, k) => expect(value).toBeCloseTo(grid[k]! * (side * side - 1), 2))
    expect(rows[1]).toEqual(rows[0])
  })

  it('finds grains at their radius, bright ones above 0 and dark ones below, wherever they lie', async () => {
    const samples = [
      discs(2, [[6, 6]]),
      discs(2, [[16, 11]]),
      discs(4, [[11, 12]]),
      discs(2, [[6, 6]], 0),
      discs(2, [
        [6, 6],
        [16, 15],
      ]),
    ]
    const { grid, rows } = await of('granulometry', samples)
    const largest = (row: number[]): number => row.indexOf(Math.max(...row))
    // An opening by the next larger disc takes a grain away.
    expect(rows.map((row) => grid[largest(row)])).toEqual([2.5, 2.5, 4.5, -2.5, 2.5])
    rows[0]!.forEach((value, k) => {
      expect(rows[1]![k]).toBeCloseTo(value, 5)
      expect(rows[3]!.toReversed()[k]).toBeCloseTo(value, 5)
      // Between two bright grains there is something dark.
      if (grid[k]! > 0) expect(rows[4]![k]).toBeCloseTo(2 * value, 5)
    })
  })

  it('tells how rough a curve is, not where it jerks nor at which exact pitch', async () => {
    const points = 64
    const curve = (pitch: number, start: number, strength: number): number[] =>
      Array.from(
        { length: points },
        (_, i) => i / points + strength * Math.sin((2 * Math.PI * pitch * i) / points + start),
      )
    const raw = rawSamples({
      kind: 'curve',
      shape: [points],
      grid: Array.from({ length: points }, (_, i) => i),
      samples: [curve(9, 0, 0.5), curve(12, 2, 0.5), curve(10, 1, 0.25)],
    })
    const { data, modality } = await prepare(raw, 'octave-bands(scale=linear)')
    expect(modality.shape).toEqual([6])
    const { offset, scale } = modality.scaling
    const band = (sample: number): number => data[sample * 6 + 3]! * scale[0]! + offset[0]!
    expect(band(1) / band(0)).toBeCloseTo(1, 1)
    expect(band(2) / band(0)).toBeCloseTo(0.25, 1)
  })
})

describe('the colour of an image', () => {
  const lit = (strength: number): number[] =>
    Array.from({ length: 16 }, () => [2, 1, 1]).flatMap((rgb) => rgb.map((x) => strength * x))

  it('does not depend on how bright it is', async () => {
    const raw = rawSamples({ kind: 'image', shape: [4, 4, 3], samples: [lit(10), lit(60)] })
    const { data, modality } = await prepare(raw, 'colour')
    expect(modality).toMatchObject({ kind: 'vector', shape: [3], features: ['red', 'green', 'blue'] })
    const { offset, scale } = modality.scaling
    for (const sample of [0, 1])
      for (const [c, share] of [0.5, 0.25, 0.25].entries())
        expect(data[3 * sample + c]! * scale[c % scale.length]! + offset[c % offset.length]!).toBeCloseTo(
          Math.log10(share + 1e-3),
          5,
        )
  })

  it('is refused for grey images and black ones', async () => {
    const grey = rawSamples({ kind: 'image', shape: [4, 4, 1], samples: [Array.from({ length: 16 }, (_, i) => i)] })
    expect(await refusalOf(prepare(grey, 'colour'))).toMatch(/its images have one channel, and so no colour/)
    const black = rawSamples({ kind: 'image', shape: [4, 4, 3], samples: [lit(1), lit(0)] })
    expect(await refusalOf(prepare(black, 'colour'))).toMatch(/it is black, so it has no colour/)
  })
})
