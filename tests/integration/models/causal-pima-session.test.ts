import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../src-main/compute/engine.ts'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { datasetOf } from '../../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic, type SyntheticOptions } from '../../../src-main/datasets/synthetic/registry.ts'
import { bodyOf, valuesOf } from '../../unit/example-result.ts'
import type { State } from '../../../src-main/models/causal-pima/state.ts'
import { createSession } from '../../../src-main/models/causal-pima/trained.ts'
import {
  NonFiniteLoss,
  type SessionResult,
  type Snapshot,
  type TrainingSession,
} from '../../../src-main/models/session.ts'
import type { Provenance } from '../../../src-shared/domain/run.ts'

const provenance: Provenance = {
  application: 'test',
  versions: {},
  engine: 'wasm',
  engineDetail: '',
  threads: 1,
  seed: 1,
  datasetSha256: '',
}

const quick = {
  training: { pretrainEpochs: 2, epochs: 2, batchSize: 64, patience: 0 },
  mixture: { readings: 1, retries: 0 },
  dag: { restarts: 3, steps: 60 },
}

async function dataset(name: string, options: SyntheticOptions): Promise<Dataset> {
  return datasetOf(await makeSynthetic(name, { seed: 1, ...options }))
}

function session(data: Dataset, config: object = {}, seed = 1): TrainingSession {
  return createSession({ method: 'causal-pima', dataset: data, config: { ...quick, ...config }, seed })
}

/** Advances to the end; hands over a snapshot after `snapshotAt` pieces of work, however many parts those were made in. */
async function complete(
  training: TrainingSession,
  snapshotAt = -1,
): Promise<{ result: SessionResult; snapshot: Snapshot | null }> {
  let snapshot: Snapshot | null = null
  for (let done = 0; ;) {
    if (done === snapshotAt) snapshot ??= await training.snapshot()
    const advance = await training.advance()
    if (advance.kind === 'finished') break
    if (advance.kind !== 'part') done++
  }
  const result = await training.finish(provenance, 0)
  training.dispose()
  return { result, snapshot }
}

/** Advances to the end, with a snapshot after every part. */
async function watched(training: TrainingSession): Promise<{ snapshots: Snapshot[]; result: SessionResult['result'] }> {
  const snapshots: Snapshot[] = []
  while ((await training.advance()).kind !== 'finished') snapshots.push(await training.snapshot())
  const { result } = await training.finish(provenance, 0)
  training.dispose()
  return { snapshots, result }
}

beforeAll(() => openEngine('wasm'))

describe('a causalPIMA session', () => {
  it('repeats to the last bit under the same seed, and differs under another', async () => {
    const data = await dataset('circles-line', { samples: 200 })
    const first = await complete(session(data))
    const again = await complete(session(data))
    expect(again.result).toEqual(first.result)
    const other = await complete(session(data, {}, 2))
    expect(valuesOf(other.result.arrays, 'mean')).not.toEqual(valuesOf(first.result.arrays, 'mean'))
  })

  it('says of each modality what it was weighed by, how it is rebuilt, and which nodes it tells', async () => {
    const data = await dataset('circles-line', { samples: 200 })
    const { result } = (await complete(session(data))).result
    const { modalities } = bodyOf(result)
    expect(modalities?.map(({ modality }) => modality)).toEqual(data.modalities.map((m) => m.modality.name))
    for (const { likelihoodWeight, error, errorAlone, agreement } of modalities!) {
      expect(likelihoodWeight).toBeGreaterThan(0)
      expect(error).toBeGreaterThan(0)
      expect(errorAlone).toBeGreaterThan(0)
      expect(agreement).toHaveLength(3)
      for (const each of agreement) expect(each).toBeLessThanOrEqual(1)
    }
    const alone = (await complete(session(data, { modalities: ['curves'] }))).result
    expect(bodyOf(alone.result).modalities).toEqual([])
  })

  it('counts every modality learnt alone once, and what pre-training again may add until that is decided', async () => {
    const data = await dataset('texture-peak', { samples: 200 })
    const training = session(data, { mixture: { readings: 1, retries: 1 } })
    const { stepsPerEpoch } = training
    const pretraining = quick.training.pretrainEpochs * stepsPerEpoch
    const phases: string[] = []
    let done = 0
    let took = 0
    for (;;) {
      const advance = await training.advance()
      const { spent, left, again } = training.between!
      expect(spent).toBeGreaterThanOrEqual(took)
      took = spent
      if (phases.length < 4) expect(left).toBeGreaterThan(0)
      if (phases.includes('joint')) expect([left, again]).toEqual([0, 0])
      if (phases.length === 3) expect(again).toBe(0)
      if (advance.kind === 'finished') break
      if (advance.kind === 'epoch') phases.push(advance.metrics.phase)
      const beside = training.stepsBeside!
      expect(beside.planned).toBeCloseTo(pretraining, 9)
      expect(beside.done).toBeGreaterThanOrEqual(done)
      done = beside.done
      if (advance.kind === 'step') expect(training.stepsPerhaps).toBe(phases.length < 2 ? pretraining : 0)
    }
    expect(took).toBeGreaterThan(0)
    expect(done).toBeCloseTo(pretraining, 9)
    expect(phases).toEqual(['pretrain', 'pretrain', 'again', 'again', 'joint', 'joint'])
    training.dispose()
  })

  it('pre-trained again, reads the modalities alone as it would for the first time', async () => {
    const data = await dataset('texture-peak', { samples: 200 })
    const options = { mixture: { readings: 1, retries: 1 } }
    const whole = session(data, options)
    let between: Snapshot | null = null
    for (;;) {
      const advance = await whole.advance()
      if (advance.kind === 'finished') break
      if (advance.kind === 'epoch' && advance.metrics.phase === 'again') between ??= await whole.snapshot()
    }
    const result = await whole.finish(provenance, 0)
    whole.dispose()
    // No checkpoint holds what was read: this one reads it anew.
    const resumed = session(data, options)
    await resumed.restore(structuredClone(between!))
    expect(resumed.between!.left).toBeGreaterThan(resumed.between!.again)
    expect((await complete(resumed)).result).toEqual(result)
  })

  // 200 samples less 20 for validation: 3 steps an epoch, so these fall inside both phases, at their ends and between.
  it.each([0, 2, 4, 8, 9, 10, 12, 14, 17])(
    'resumed after %i pieces of work, ends as if never interrupted',
    async (at) => {
      const data = await dataset('circles', { samples: 200 })
      const whole = await complete(session(data), at)
      const resumed = session(data)
      await resumed.restore(structuredClone(whole.snapshot!))
      const rest = await complete(resumed)
      expect(rest.result).toEqual(whole.result)
    },
  )

  it('resumed wherever it learnt modalities alone and crossed their clusters, ends as if never interrupted', async () => {
    const data = await dataset('circles-line', { samples: 200 })
    const { snapshots, result } = await watched(session(data))
    const alone = snapshots.filter(({ arrays }) => Object.keys(arrays).some((name) => name.startsWith('alone:')))
    expect(alone.length).toBeGreaterThan(3)
    for (const at of [8, 11, 15, 16, 17, 18, snapshots.length - 2]) {
      const resumed = session(data)
      await resumed.restore(structuredClone(snapshots[at]!))
      expect((await complete(resumed)).result.result).toEqual({ ...result, seconds: 0 })
    }
  })

  it('resumed while what guides it counts more, ends as if never interrupted', async () => {
    const data = await dataset('disc-slope', { samples: 200 })
    const nodes = ['size', 'slope'].map((name) => ({ name, categories: 2, anchor: null }))
    const { snapshots, result } = await watched(session(data, { nodes }))
    const growing = snapshots.filter(({ state, arrays }) => {
      const { stage, guidanceGrowth } = (state as { state: State }).state
      return stage === 'joint' && guidanceGrowth > 1 && arrays.guide !== undefined
    })
    expect(growing.length).toBeGreaterThan(2)
    for (const snapshot of [growing[0]!, growing[growing.length >> 1]!, growing.at(-1)!]) {
      const resumed = session(data, { nodes })
      await resumed.restore(structuredClone(snapshot))
      expect((await complete(resumed)).result.result).toEqual({ ...result, seconds: 0 })
    }
  })

  it('learns nothing alone where it is told not to, or every node has labels', async () => {
    const data = await dataset('circles-line', { samples: 200, labels: 0.2 })
    const nodes = ['hue', 'radius', 'shift'].map((name) => ({ name, categories: 2, anchor: name }))
    for (const config of [{ mixture: { ...quick.mixture, oracles: false } }, { nodes }]) {
      const training = session(data, config)
      const messages: string[] = []
      for (;;) {
        const advance = await training.advance()
        if (advance.kind === 'finished') break
        if ('message' in advance) messages.push(advance.message)
      }
      training.dispose()
      expect(messages.join(' ')).not.toMatch(/alone/)
    }
  })

  it('reads a mixture of many components in parts, each with a word on where it stands', async () => {
    const data = await dataset('circles', { samples: 200 })
    const nodes = Array.from({ length: 5 }, (_, i) => ({ name: `N${i}`, categories: 2, anchor: null }))
    const training = session(data, {
      nodes,
      training: { ...quick.training, pretrainEpochs: 0, epochs: 0 },
      mixture: { ...quick.mixture, assignmentRestarts: 60 },
    })
    const parts: string[] = []
    for (;;) {
      const advance = await training.advance()
      if (advance.kind !== 'part') break
      parts.push(advance.message)
    }
    training.dispose()
    expect(parts.length).toBeGreaterThan(0)
    for (const part of parts) expect(part).toMatch(/^Mixture 1 of 1: \S.*\.$/)
  })

  it('leaves no tensor behind', async () => {
    const data = await dataset('circles-line', { samples: 200, labels: 0.2 })
    const before = tf.memory().numTensors
    await complete(
      session(data, {
        nodes: [
          { name: 'hue', categories: 2, anchor: 'hue' },
          { name: 'radius', categories: 2, anchor: null },
          { name: 'shift', categories: 2, anchor: 'shift' },
        ],
      }),
    )
    expect(tf.memory().numTensors).toBe(before)
  })

  it('trains where modalities are missing, and marks what is absent', async () => {
    const whole = await dataset('circles-line', { samples: 200 })
    const [images, curves] = whole.modalities
    const present = Uint8Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? 0 : 1))
    const data = { ...whole, modalities: [images!, { ...curves!, present }] }
    const { result } = await complete(session(data))
    const errors = valuesOf(result.arrays, 'error')
    expect(errors[1]).toBeNaN()
    expect(errors[3]).toBeGreaterThan(0)
    expect([...valuesOf(result.arrays, 'responsibilities')].every(Number.isFinite)).toBe(true)
  })

  it('reads a curve through an expert decoder with one parameter set per component', async () => {
    const data = await dataset('circles-line', { samples: 200 })
    const { result } = await complete(session(data, { experts: [{ modality: 'curves', kind: 'line' }] }))
    const curves = bodyOf(result.result).decoded.find((decoded) => decoded.modality === 'curves')!
    for (const curve of curves.values) {
      // A line: equal steps.
      const step = curve[1]! - curve[0]!
      for (let i = 2; i < curve.length; i++) expect(curve[i]! - curve[i - 1]!).toBeCloseTo(step, 4)
    }
    expect(Object.keys(result.result.score.terms)).not.toContain('reconstruction/curves')
    const [law] = bodyOf(result.result).laws!
    expect(law).toMatchObject({ modality: 'curves', law: 'line', parameters: 1 })
    expect(law!.error).toBeLessThan(1.2 * law!.free)
  })

  it('clusters with a single node', async () => {
    const data = await dataset('lattice', { samples: 60 })
    const { result } = await complete(session(data, { nodes: [{ name: 'topology', categories: 2 }] }))
    expect(bodyOf(result.result).components).toHaveLength(2)
    expect(bodyOf(result.result).assignment).toBeNull()
  })

  it('learns a network from a table alone', async () => {
    const data = await dataset('cancer', { samples: 2000 })
    const nodes = data.metadata.map(({ column }) => ({
      name: column.column,
      categories: column.categories!.length,
      anchor: column.column,
    }))
    const { result } = await complete(session(data, { nodes, training: { epochs: 1, pretrainEpochs: 0 } }))
    expect(bodyOf(result.result).graph.nodes.map((node) => node.name)).toEqual(nodes.map((node) => node.name))
    expect(bodyOf(result.result).graph.logJoint.reduce((sum, x) => sum + Math.exp(x), 0)).toBeCloseTo(1, 4)
    expect(result.result.score.value).toBeLessThan(0)
    expect(result.result.score.value).toBeCloseTo(result.result.score.terms.clusterEvidence!, 6)
  })

  it('names the term and modality of a loss that is no longer a number', async () => {
    const data = await dataset('circles', { samples: 200 })
    const training = session(data, { training: { ...quick.training, learningRate: 1e6 } })
    let caught: unknown = null
    try {
      await complete(training)
    } catch (error) {
      caught = error
      training.dispose()
    }
    expect(caught).toBeInstanceOf(NonFiniteLoss)
    expect(caught).toMatchObject({ term: 'reconstruction', modality: 'images' })
  })

  it('halves every learning rate at once, the graph’s too', async () => {
    const data = await dataset('circles', { samples: 200 })
    const rates = (share: number) => ({
      training: { ...quick.training, validationFraction: 0, learningRate: 1e-3 * share },
      dag: { ...quick.dag, learningRate: 1.5e-2 * share },
    })
    const before = session(data, rates(1))
    for (let advance = await before.advance(); advance.kind !== 'stage' || !advance.message.includes('named');)
      advance = await before.advance()
    const start = await before.snapshot()
    before.halveLearningRate()
    const lower = session(data, rates(0.5))
    await lower.restore(start)
    lower.halveLearningRate()
    for (const training of [before, lower]) await training.advance()
    const [halved, expected] = [await before.snapshot(), await lower.snapshot()]
    const moved = halved.arrays['parameter:dag/logits']!.values
    expect(moved).not.toEqual(start.arrays['parameter:dag/logits']!.values)
    expect(moved).toEqual(expected.arrays['parameter:dag/logits']!.values)
    before.dispose()
    lower.dispose()
  })

  it.each([
    [{ nodes: [{ name: 'A', categories: 2, anchor: 'nothing' }] }, /no such metadata column/],
    [{ modalities: ['spectra'] }, /no modality called spectra/],
    [{ nodes: Array.from({ length: 7 }, (_, i) => ({ name: `N${i}`, categories: 4 })) }, /at most 4096/],
    [{ nodes: Array.from({ length: 7 }, (_, i) => ({ name: `N${i}`, categories: 2 })) }, /too few/],
  ])('refuses %j', async (config, message) => {
    const data = await dataset('circles', { samples: 200 })
    expect(() => session(data, config)).toThrow(message)
  })
})
