import { beforeAll, expect, it } from 'vitest'
import * as v from 'valibot'
import { openEngine } from '../../../../src-main/compute/engine.ts'
import { CausalCompleteSession } from '../../../../src-main/models/causal-complete/session.ts'
import type { Provenance } from '../../../../src-shared/domain/run.ts'
import { causalCompleteConfig } from '../../../../src-shared/methods/causal-complete/config.ts'
import { causalCompleteBody } from '../../../../src-shared/methods/causal-complete/result.ts'
import { labelled } from './labelled.ts'

beforeAll(() => openEngine('wasm'))

const config = {
  ...{ label: 'kind', networks: { features: 8, hidden: [16], representation: 8 }, robustness: { draws: 0 } },
  training: { epochs: 6, batchSize: 48, learningRate: 1e-2, base: false },
}
const provenance: Provenance = {
  ...{ application: 'test', versions: {}, engine: 'wasm', engineDetail: '', threads: 1, seed: 1, datasetSha256: '' },
}

it('finds a small change of the measurements of fragile samples that another label is told after, of what they have', async () => {
  // A column that never changes, and a curve that some samples lack.
  const dataset = labelled({
    samples: 180,
    present: (m, row) => m === 0 || row % 3 !== 0,
    vector: (_, values) => (values[3] = 2),
  })
  const session = new CausalCompleteSession(dataset, v.parse(causalCompleteConfig, config), 1)
  while ((await session.advance()).kind !== 'finished');
  const { result } = await session.finish(provenance, 1)
  session.dispose()
  const { changes, fragile, calibration } = v.parse(causalCompleteBody, result.body)
  expect(changes.length).toBeGreaterThan(3)
  for (const { id, becomes, size, modalities } of changes) {
    const row = dataset.ids.indexOf(id)
    expect(becomes).not.toBe(fragile.find((one) => one.id === id)!.told)
    expect(size).toBeGreaterThan(0)
    expect(size).toBeLessThan(1)
    expect(modalities.map(({ name }) => name)).toEqual(row % 3 === 0 ? ['table'] : ['table', 'trace'])
    expect(modalities[0]!.values[3]).toBeCloseTo(2, 6)
  }
  // The first is the most fragile: hardly anything has to change.
  expect(changes[0]!.id).toBe(fragile[0]!.id)
  const counted = calibration!.after.bins.reduce((sum, { samples }) => sum + samples, 0)
  expect(counted).toBe(36)
  expect(calibration!.before.brier).toBeGreaterThan(0)
})
