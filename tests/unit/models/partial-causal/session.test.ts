import { beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { openEngine } from '../../../../src-main/compute/engine.ts'
import type { Dataset } from '../../../../src-main/datasets/dataset.ts'
import { subsetOf } from '../../../../src-main/datasets/subset.ts'
import { datasetOf } from '../../../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../../../src-main/datasets/synthetic/registry.ts'
import { PartialCausalSession } from '../../../../src-main/models/partial-causal/session.ts'
import { partialCausalConfig } from '../../../../src-shared/methods/partial-causal/config.ts'
import { partialCausal } from '../../../../src-shared/methods/partial-causal/method.ts'
import { type PartialCausalBody, partialCausalBody } from '../../../../src-shared/methods/partial-causal/result.ts'
import { matrixOf } from '../../../../src-shared/domain/result.ts'
import type { Provenance } from '../../../../src-shared/domain/run.ts'

const provenance: Provenance = {
  ...{ application: 'test', versions: {}, engine: 'wasm', engineDetail: '', threads: 1, seed: 1, datasetSha256: '' },
}

const small = { latent: { size: 2 }, networks: { hidden: [16, 16] }, training: { steps: 8, batchSize: 32 } }

function open(dataset: Dataset, config: object = small, seed = 1): PartialCausalSession {
  return new PartialCausalSession(dataset, v.parse(partialCausalConfig, config), seed)
}

interface Ended {
  readonly body: PartialCausalBody
  readonly warnings: readonly string[]
  readonly cautions: readonly string[]
}

async function toEnd(session: PartialCausalSession): Promise<Ended> {
  while ((await session.advance()).kind !== 'finished');
  const { result } = await session.finish(provenance, 1)
  session.dispose()
  return { body: v.parse(partialCausalBody, result.body), warnings: result.warnings, cautions: result.cautions ?? [] }
}

describe('a session of the partial causal model', () => {
  let dataset: Dataset
  beforeAll(async () => {
    await openEngine('wasm')
    dataset = datasetOf(await makeSynthetic('convex', { samples: 200, latents: 2 }))
  })

  it.each(['sphere', 'box'])(
    'comes to the same bits in the %s when it goes on from any of its steps',
    async (geometry) => {
      const config = { ...small, geometry }
      const whole = await toEnd(open(dataset, config))
      const first = open(dataset, config)
      for (let i = 0; i < 5; i++) await first.advance()
      const snapshot = await first.snapshot()
      first.dispose()
      const second = open(dataset, config)
      await second.restore(snapshot)
      expect(await toEnd(second)).toEqual(whole)
      expect(whole.body.components).toHaveLength(2)
    },
  )

  it('gives others a turn while its result is read', async () => {
    let turns = 0
    const breathe = (): Promise<void> => {
      turns++
      return Promise.resolve()
    }
    const config = v.parse(partialCausalConfig, small)
    const session = new PartialCausalSession(dataset, config, 1, 1, undefined, breathe)
    while ((await session.advance()).kind !== 'finished');
    turns = 0
    await session.finish(provenance, 1)
    session.dispose()
    // Each of both modalities is read, and the losses are.
    expect(turns).toBeGreaterThanOrEqual(3)
  })

  it('tells the same seed from another', async () => {
    const bodies = await Promise.all([1, 2].map((seed) => toEnd(open(dataset, small, seed))))
    expect(bodies[0]!.body.pairs).not.toEqual(bodies[1]!.body.pairs)
  })

  it('reads all samples with what was learnt from a part, as the part’s own session reads it', async () => {
    const inside = Int32Array.from({ length: 140 }, (_, i) => i + 30)
    const part = open(subsetOf(dataset, inside))
    while ((await part.advance()).kind !== 'finished');
    const snapshot = await part.snapshot()
    const own = await part.finish(provenance, 1)
    part.dispose()
    const whole = new PartialCausalSession(dataset, v.parse(partialCausalConfig, small), 1, 1, inside)
    await whole.restore(snapshot)
    const { arrays } = await whole.finish(provenance, 1)
    whole.dispose()
    const { values } = matrixOf(arrays, 'components_0')
    expect(values).toHaveLength(400)
    expect(values.every(Number.isFinite)).toBe(true)
    expect(values.slice(60, 340)).toEqual(matrixOf(own.arrays, 'components_0').values)
  })

  it('trains three modalities, a pair each, and the released form of the loss', async () => {
    const [x, t] = dataset.modalities
    const third = { ...t!, modality: { ...t!.modality, name: 'u' } }
    const { body } = await toEnd(open({ ...dataset, modalities: [x!, t!, third] }, { ...small, profile: 'released' }))
    expect(body.pairs.map(({ first, second }) => `${first} ${second}`)).toEqual(['x t', 'x u', 't u'])
    expect(body.fitted).toBe(200)
  })

  it('refuses one modality alone, and one that never changes', () => {
    const [x, t] = dataset.modalities
    expect(() => open({ ...dataset, modalities: [x!] })).toThrow(/compares two kinds of measurement or more/)
    const still = { ...t!, data: new Float32Array(t!.data.length) }
    expect(() => open({ ...dataset, modalities: [x!, still] })).toThrow(/t is the same in every sample/)
  })

  it('reduces a batch that is larger than the data, and leaves incomplete samples out of pairs, in words', async () => {
    const [x, t] = dataset.modalities
    const present = t!.present.map((_, row) => (row < 60 ? 1 : 0))
    const { warnings, body } = await toEnd(
      open({ ...dataset, modalities: [x!, { ...t!, present }] }, { ...small, training: { steps: 4, batchSize: 100 } }),
    )
    expect(warnings.join(' ')).toMatch(/140 of 200 samples lack a modality.*batch of 100 is more than the 44/)
    expect(body.modalities.map(({ samples }) => samples)).toEqual([200, 60])
    expect(body).toMatchObject({ heldOut: true, measured: 16 })
  })

  it('says that training collapsed where it did', async () => {
    const { body, warnings, cautions } = await toEnd(
      open(dataset, {
        ...small,
        temperature: { start: 10, learnt: false },
        training: { steps: 3, learningRate: 1e-9 },
      }),
    )
    expect(cautions.join()).toMatch(/collapsed/)
    expect(partialCausal.results.findings(body, { judgement: null, components: null, warnings }).headline).toMatch(
      /Nothing was learnt/,
    )
  })
})
