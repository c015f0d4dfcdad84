import { describe, expect, it } from 'vitest'
import { datasetOf } from '../../../../src-main/datasets/synthetic/dataset-of.ts'
import { families } from '../../../../src-main/datasets/synthetic/families/families.ts'
import { nulls } from '../../../../src-main/datasets/synthetic/nulls/nulls.ts'
import { makeSynthetic, syntheticGenerators } from '../../../../src-main/datasets/synthetic/registry.ts'
import { truthOf } from '../../../../src-main/datasets/synthetic/truth-of.ts'
import { parseTruth } from '../../../../src-main/datasets/truth.ts'

const names = [...syntheticGenerators.keys()]

describe('synthetic sets', () => {
  it('are the ones the command line names', () => {
    expect(names).toEqual([
      'circles',
      'circles-line',
      'lattice',
      'line-digits',
      'asia',
      'cancer',
      'earthquake',
      'sachs',
      'interventions',
      'sphere',
      'convex',
      'mmlsyn',
      ...families.keys(),
      ...nulls.keys(),
    ])
  })

  it.each(names)('%s: the same seed gives the same samples, another seed others', async (name) => {
    const first = await makeSynthetic(name, { samples: 60, seed: 11 })
    expect(await makeSynthetic(name, { samples: 60, seed: 11 })).toEqual(first)
    const { factors, latents, images } = await makeSynthetic(name, { samples: 60, seed: 12 })
    expect({ factors, latents, images }).not.toEqual({
      factors: first.factors,
      latents: first.latents,
      images: first.images,
    })
  })

  it.each(names)('%s: fewer samples are the first of more', async (name) => {
    const more = await makeSynthetic(name, { samples: 60, seed: 3 })
    const fewer = await makeSynthetic(name, { samples: 25, seed: 3 })
    expect(fewer.ids).toEqual(more.ids.slice(0, 25))
    expect(fewer.factors).toEqual(more.factors.subarray(0, 25 * more.nodes.length))
    if (fewer.images !== null) {
      const bytes = fewer.images.pixels.length
      expect(Buffer.compare(fewer.images.pixels, more.images!.pixels.subarray(0, bytes))).toBe(0)
    }
    if (fewer.curves !== null)
      expect(fewer.curves.values).toEqual(more.curves!.values.subarray(0, fewer.curves.values.length))
    fewer.tables?.forEach(({ values }, m) => expect(values).toEqual(more.tables![m]!.values.subarray(0, values.length)))
    if (fewer.vectors !== undefined)
      expect(fewer.vectors.values).toEqual(more.vectors!.values.subarray(0, fewer.vectors.values.length))
  })

  it.each(names)('%s: its truth reads back as it was made', async (name) => {
    const set = await makeSynthetic(name, { samples: 40 })
    const truth = parseTruth(JSON.parse(JSON.stringify(truthOf(set))), 'truth.json')
    expect(truth.nodes).toEqual(set.nodes)
    expect(truth.edges).toEqual(set.edges)
    expect([...truth.factors.keys()]).toEqual(set.ids)
    expect([...truth.factors.values()].flat()).toEqual([...set.factors])
    expect(truth.latentNames).toEqual(set.latents.map((latent) => latent.name))
    for (const [id, values] of truth.latents)
      expect(values).toEqual(set.latents.map((latent) => latent.values[set.ids.indexOf(id)]))
  })

  it('labels exactly the share asked for, and a larger share keeps the labels of a smaller one', async () => {
    const few = (await makeSynthetic('circles', { samples: 1000, labels: 0.05 })).labelled!
    const many = (await makeSynthetic('circles', { samples: 1000, labels: 0.2 })).labelled!
    expect([few, many].map((labelled) => labelled.reduce((a, b) => a + b))).toEqual([50, 200])
    expect(few.every((known, i) => known <= many[i]!)).toBe(true)
    expect((await makeSynthetic('circles', { samples: 10 })).labelled).toBeNull()
  })

  it('become data sets: images in [0, 1], curves by a robust range, labels as codes', async () => {
    const set = await makeSynthetic('circles-line', { samples: 200, labels: 0.5, structure: 'chain' })
    const dataset = datasetOf(set)
    const [images, curves] = dataset.modalities
    expect(images!.modality).toMatchObject({ name: 'images', kind: 'image', shape: [28, 28, 3], present: 200 })
    expect(images!.data).toEqual(Float32Array.from(set.images!.pixels, (byte) => byte / 255))
    const { offset, scale } = curves!.modality.scaling
    curves!.data.forEach((value, k) =>
      expect(Math.abs(offset[0]! + scale[0]! * value - set.curves!.values[k]!)).toBeLessThan(1e-5),
    )
    expect(dataset.metadata.map((m) => [m.column.column, m.column.missing])).toEqual([
      ['hue', 100],
      ['radius', 100],
      ['shift', 100],
    ])
    dataset.metadata.forEach(({ values }, l) =>
      values.forEach((code, i) => expect(code).toBe(set.labelled![i] === 1 ? set.factors[3 * i + l] : -1)),
    )
  })

  it('become tables without a modality where they are networks', async () => {
    const dataset = datasetOf(await makeSynthetic('asia', { samples: 50 }))
    expect(dataset.modalities).toEqual([])
    expect(dataset.metadata).toHaveLength(8)
    expect(dataset.metadata.every((m) => m.column.missing === 0)).toBe(true)
  })

  it.each([
    ['nothing', {}, /no synthetic data set named nothing/],
    ['mmlsyn', { degree: 1.1 }, /1.1 is no degree/],
    ['mmlsyn', { labels: 0.5 }, /mmlsyn comes with the label of every sample/],
    ['circles', { degree: 0.1 }, /circles has no spurious cause/],
    ['sphere', { conditional: 'cauchy' }, /sphere has no conditional cauchy/],
    ['convex', { conditional: 'vmf' }, /convex has no conditional vmf/],
    ['convex', { latents: 1 }, /1 is no number of latents/],
    ['convex', { spread: 0 }, /0 is no spread/],
    ['sphere', { privates: 0 }, /tables of 5 columns, which an import takes for metadata/],
    ['sphere', { labels: 0.5 }, /sphere has no categories to label/],
    ['circles', { latents: 3 }, /circles has no latents to set/],
    ['circles', { structure: 'star' }, /circles has no structure star/],
    ['asia', { structure: 'fork' }, /asia has no structure fork/],
    ['circles', { samples: 0 }, /0 is no number of samples/],
    ['circles', { samples: 1.5 }, /1.5 is no number of samples/],
    ['circles', { samples: 1e9 }, /1000000000 is no number of samples/],
    ['circles', { seed: 0.5 }, /0.5 is no seed/],
    ['circles', { labels: 2 }, /2 is no share of labels/],
    ['circles', { labels: NaN }, /NaN is no share of labels/],
    ['asia', { labels: 0.5 }, /asia is a table of its factors/],
    ['circles', { noise: 0.1 }, /circles has no curve/],
    ['circles', { overlap: 0.1 }, /circles has no overlap/],
    ['ring-decay', { overlap: 0.9 }, /0.9 is no overlap/],
    ['ring-decay', { structure: 'star' }, /ring-decay has no structure star/],
    ['line-digits', { noise: -1 }, /-1 is no noise level/],
  ])('refuses %s with %o', async (name, options, message) => {
    await expect(makeSynthetic(name, options)).rejects.toThrow(message)
    await expect(makeSynthetic(name, options)).rejects.toMatchObject({ code: 'refused' })
  })
})
