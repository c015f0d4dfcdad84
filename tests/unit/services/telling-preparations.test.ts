import { describe, expect, it } from 'vitest'
import type { RawSamples } from '../../../src-main/datasets/preparations/prepare.ts'
import { makeSynthetic } from '../../../src-main/datasets/synthetic/registry.ts'
import { rawSamples } from '../datasets/preparations/raw-samples.ts'
import { tellingPreparations } from '../../../src-main/services/telling-preparations.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const side = 20

/** Images of waves of any phase and length, in the direction that `angle` gives. */
function waves(n: number, angle: (i: number, random: RandomStream) => number): RawSamples {
  const random = RandomStream.of(3, 'waves')
  const size = side * side
  const data = new Float32Array(n * size)
  for (let i = 0; i < n; i++) {
    const [direction, phase, period] = [angle(i, random), 2 * Math.PI * random.uniform(), 3 + 4 * random.uniform()]
    for (let p = 0; p < size; p++) {
      const along = (p % side) * Math.cos(direction) + Math.floor(p / side) * Math.sin(direction)
      data[i * size + p] = 0.5 + 0.4 * Math.sin((2 * Math.PI * along) / period + phase) + 0.03 * random.normal()
    }
  }
  return {
    modality: {
      name: 'images',
      kind: 'image',
      shape: [side, side, 1],
      scaling: { offset: [0], scale: [1] },
      present: n,
      source: 'images',
    },
    ids: Array.from({ length: n }, (_, i) => `s${i}`),
    read: (first, count) => ({
      data: data.subarray(first * size, (first + count) * size),
      present: new Uint8Array(count).fill(1),
    }),
  }
}

/** Oscillations from any phase, of the pitch that is given. */
function oscillations(n: number, pitch: (i: number, random: RandomStream) => number): RawSamples {
  const random = RandomStream.of(5, 'oscillations')
  const points = 64
  const data = new Float32Array(n * points)
  for (let i = 0; i < n; i++) {
    const [periods, phase] = [pitch(i, random), 2 * Math.PI * random.uniform()]
    for (let p = 0; p < points; p++)
      data[i * points + p] = Math.sin((2 * Math.PI * periods * p) / points + phase) + 0.05 * random.normal()
  }
  const images = waves(n, () => 0)
  const grid = Array.from({ length: points }, (_, p) => p)
  return {
    ...images,
    modality: { ...images.modality, name: 'curves', kind: 'curve', shape: [points], grid },
    read: (first, count) => ({
      data: data.subarray(first * points, (first + count) * points),
      present: new Uint8Array(count).fill(1),
    }),
  }
}

/** Contents of diluted powders in ten elements; the last depends on `doping` a little, the others vary a lot. */
function powders(n: number, doping: (i: number, random: RandomStream) => number): RawSamples {
  const random = RandomStream.of(7, 'powders')
  const elements = ['Al', 'Si', 'Fe', 'Ca', 'Mg', 'Na', 'K', 'Ti', 'Mn', 'La']
  const data = new Float32Array(n * elements.length)
  for (let i = 0; i < n; i++) {
    const [dilution, more] = [Math.exp(0.25 * random.normal()), 0.3 * doping(i, random)]
    elements.forEach((_, j) => {
      const content = j === elements.length - 1 ? 0.2 + more : (2 + 0.3 * random.normal()) / (1 + j / 5)
      data[i * elements.length + j] = dilution * content + 0.02 * random.normal()
    })
  }
  const images = waves(n, () => 0)
  return {
    ...images,
    modality: { ...images.modality, name: 'contents', kind: 'vector', shape: [elements.length], features: elements },
    read: (first, count) => ({
      data: data.subarray(first * elements.length, (first + count) * elements.length),
      present: new Uint8Array(count).fill(1),
    }),
  }
}

/** Isotherms of any surface: how fast they rise, and how high where that is given. */
function isotherms(n: number, of: (i: number) => { readonly rise: number; readonly height: number }): RawSamples {
  const random = RandomStream.of(9, 'isotherms')
  const base = oscillations(n, () => 1)
  const points = base.modality.shape[0]!
  const data = new Float32Array(n * points)
  for (let i = 0; i < n; i++) {
    const { rise, height } = of(i)
    const surface = height + 0.05 * random.normal()
    for (let p = 0; p < points; p++) {
      const pressure = (5 * p) / points
      data[i * points + p] = (surface * rise * pressure) / (1 + rise * pressure) + 0.02 * random.normal()
    }
  }
  return {
    ...base,
    read: (first, count) => ({
      data: data.subarray(first * points, (first + count) * points),
      present: new Uint8Array(count).fill(1),
    }),
  }
}

/** The same samples, one of them the same value everywhere. */
function blanked(raw: RawSamples, row: number, value: number): RawSamples {
  return {
    ...raw,
    read: (first, count) => {
      const { data, present } = raw.read(first, count)
      const size = data.length / count
      const changed = data.slice()
      if (row >= first && row < first + count) changed.fill(value, (row - first) * size, (row - first + 1) * size)
      return { data: changed, present }
    },
  }
}

/** What a generator makes of one modality. */
async function madeBy(family: string, name: 'images' | 'curves', samples: number, seed: number): Promise<RawSamples> {
  const { images, curves } = await makeSynthetic(family, { samples, seed })
  const of = (values: ArrayLike<number>): number[][] => {
    const size = values.length / samples
    return Array.from({ length: samples }, (_, i) => Array.from({ length: size }, (__, j) => values[i * size + j]!))
  }
  if (name === 'curves')
    return rawSamples({
      ...{ name, kind: 'curve', grid: [...curves!.grid] },
      ...{ shape: [curves!.grid.length], samples: of(curves!.values) },
    })
  const { height, width, channels, pixels } = images!
  const shape = [height, width, channels]
  return rawSamples({ name, kind: 'image', shape, samples: of(Float32Array.from(pixels, (byte) => byte / 255)) })
}

/** Discs of any radius at any place, drawn pixel by pixel: their edges have no grey. */
function hardDiscs(n: number): RawSamples {
  const random = RandomStream.of(11, 'discs')
  const samples = Array.from({ length: n }, () => {
    const radius = side * (0.2 + 0.04 * random.normal())
    const [x0, y0] = [side * (0.5 + 0.08 * random.normal()), side * (0.5 + 0.08 * random.normal())]
    return Array.from({ length: side * side }, (_, p) => {
      const inside = Math.hypot((p % side) - x0, Math.floor(p / side) - y0) < radius
      return (inside ? 0.8 : 0.2) + 0.03 * random.normal()
    })
  })
  return rawSamples({ name: 'images', kind: 'image', shape: [side, side, 1], samples })
}

const across = (i: number): number => (i % 2) * (Math.PI / 2)

describe('preparations that tell', () => {
  it('are made where images fall into clusters by what has no place in them', async () => {
    const made = await tellingPreparations(waves(600, across), new Set(['images']))
    const [orientation] = made.filter(({ modality }) => modality.name === 'images_orientation_gaps')
    expect(orientation?.modality.prepared).toMatchObject({ from: 'images', divides: 2 })
    expect(orientation?.present.every((there) => there === 1)).toBe(true)
    // Each tells something that those before it do not.
    expect(made).toHaveLength(1)
  })

  it('are none of discs of any size whose edges are sharper than pixels: their sizes are those of the grid', async () => {
    expect(await tellingPreparations(hardDiscs(600), new Set(['images']))).toEqual([])
  })

  it('are none where the direction varies continuously', async () => {
    const made = await tellingPreparations(
      waves(600, (_, random) => Math.PI * random.uniform()),
      new Set(['images']),
    )
    expect(made).toEqual([])
  })

  it('are made of curves where oscillations from any phase are of few pitches', async () => {
    const made = await tellingPreparations(
      oscillations(600, (i, random) => 6 + 6 * (i % 2) + random.normal()),
      new Set(['curves']),
    )
    expect(made).toHaveLength(1)
    expect(made[0]!.modality).toMatchObject({ name: 'curves_spectrum_gaps', prepared: { from: 'curves', divides: 2 } })
    expect(
      await tellingPreparations(
        oscillations(600, (_, random) => 4 + 10 * random.uniform()),
        new Set(['curves']),
      ),
    ).toEqual([])
  })

  it('are made of vectors where they fall apart along a direction that none of the largest spreads shows', async () => {
    const made = await tellingPreparations(
      powders(600, (i) => i % 2),
      new Set(['contents']),
    )
    expect(made).toHaveLength(1)
    expect(made[0]!.modality).toMatchObject({
      name: 'contents_gaps',
      kind: 'vector',
      shape: [1],
      features: ['direction 1 (La)'],
      prepared: { from: 'contents', divides: 2 },
    })
    const values = made[0]!.data
    const right = values.filter((value, i) => value > 0.5 === (i % 2 === 1)).length / 600
    expect(Math.max(right, 1 - right)).toBeGreaterThan(0.98)
    const none = await tellingPreparations(
      powders(600, (_, random) => random.uniform()),
      new Set(['contents']),
    )
    expect(none).toEqual([])
  })

  it('are made of curves that show two groups themselves, and not of those that show more', async () => {
    const two = await tellingPreparations(
      isotherms(600, (i) => ({ rise: 1.2 + 2.1 * (i % 2), height: 1 })),
      new Set(['curves']),
    )
    expect(two.map(({ modality }) => [modality.name, modality.prepared?.divides])).toEqual([['curves_gaps', 2]])
    const four = await tellingPreparations(
      isotherms(600, (i) => ({ rise: 1.2 + 2.1 * (i % 2), height: 1 + (i % 4 > 1 ? 1 : 0) })),
      new Set(['curves']),
    )
    expect(four).toEqual([])
  })

  it('show what was looked at where there are more samples than that, and say so', async () => {
    const made = await tellingPreparations(
      powders(1300, (i) => i % 2),
      new Set(['contents']),
    )
    expect(made.map(({ modality }) => modality.prepared?.fittedOn)).toEqual(['1200 of 1300 samples, evenly spread'])
    expect(made[0]!.data).toHaveLength(1300)
  })

  it('are left out, and the import is not refused, where a sample cannot be put through a step', async () => {
    const looked = new Set(Array.from({ length: 1200 }, (_, i) => Math.floor((i * 1300) / 1200)))
    const unseen = Array.from({ length: 1300 }, (_, i) => i).find((row) => !looked.has(row))!
    const blank = blanked(waves(1300, across), unseen, 0.5)
    expect(
      await tellingPreparations(
        blank,
        new Set(['images', ...['', '_rows', '_columns'].map((name) => `images${name}_gaps`)]),
      ),
    ).toEqual([])
    // Where another shows the same and can be made of all, that is made.
    const others = await tellingPreparations(blank, new Set(['images']))
    expect(others).toHaveLength(1)
    expect(others[0]!.present).toHaveLength(1300)
  })

  it('are one where one tells what several mixed ones would', async () => {
    const made = await tellingPreparations(await madeBy('snow-sounding', 'images', 1200, 0), new Set(['images']))
    expect(made).toHaveLength(1)
    // Both show the habit without doubt. Whether the texture's direction of rime counts too, at the limit, last digits decide.
    expect(['images_radial_gaps', 'images_texture_gaps']).toContain(made[0]!.modality.name)
  })

  it('are none that show less clearly what the measurements show', async () => {
    expect(await tellingPreparations(await madeBy('spectrum-assay', 'curves', 800, 1), new Set(['curves']))).toEqual([])
  })

  it('are none for few samples, other kinds, or names that are taken', async () => {
    expect(await tellingPreparations(waves(100, across), new Set())).toEqual([])
    const few = waves(600, across)
    const vector: RawSamples = { ...few, modality: { ...few.modality, kind: 'vector', shape: [side * side] } }
    const withoutGrid: RawSamples = { ...vector, modality: { ...vector.modality, kind: 'curve' } }
    for (const other of [vector, withoutGrid]) expect(await tellingPreparations(other, new Set())).toEqual([])
    const of = ['radial', 'orientation', 'texture', 'turns', 'rows', 'columns', 'colour']
    const taken = new Set(['images_gaps', ...of.flatMap((name) => [`images_${name}`, `images_${name}_gaps`])])
    expect(await tellingPreparations(few, taken)).toEqual([])
  })

  it('stop when the work is given up', async () => {
    const signal = AbortSignal.abort()
    await expect(tellingPreparations(waves(600, across), new Set(), { signal })).rejects.toThrow()
  })
})
