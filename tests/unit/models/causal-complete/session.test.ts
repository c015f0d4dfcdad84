import { beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { openEngine } from '../../../../src-main/compute/engine.ts'
import type { Dataset } from '../../../../src-main/datasets/dataset.ts'
import { CausalCompleteSession } from '../../../../src-main/models/causal-complete/session.ts'
import type { Provenance } from '../../../../src-shared/domain/run.ts'
import { matrixOf, type SampleArrays } from '../../../../src-shared/domain/result.ts'
import { causalCompleteConfig } from '../../../../src-shared/methods/causal-complete/config.ts'
import { causalComplete } from '../../../../src-shared/methods/causal-complete/method.ts'
import {
  arrayNames,
  type CausalCompleteBody,
  causalCompleteBody,
  subsetsOf,
} from '../../../../src-shared/methods/causal-complete/result.ts'
import { labelled } from './labelled.ts'

const provenance: Provenance = {
  ...{ application: 'test', versions: {}, engine: 'wasm', engineDetail: '', threads: 1, seed: 1, datasetSha256: '' },
}

const networks = { features: 8, hidden: [16], representation: 8 }
/** Two steps an epoch. */
const training = { epochs: 3, batchSize: 48, learningRate: 1e-2, base: false }
const small = { label: 'kind', networks, training, robustness: { draws: 0 } }

interface Ended {
  readonly body: CausalCompleteBody
  readonly warnings: readonly string[]
  readonly cautions: readonly string[]
  readonly arrays: SampleArrays
}

function open(dataset: Dataset, config: object = small, seed = 1): CausalCompleteSession {
  return new CausalCompleteSession(dataset, v.parse(causalCompleteConfig, config), seed)
}

async function toEnd(session: CausalCompleteSession): Promise<Ended> {
  while ((await session.advance()).kind !== 'finished');
  const { result, arrays } = await session.finish(provenance, 1)
  session.dispose()
  return {
    body: v.parse(causalCompleteBody, result.body),
    warnings: result.warnings,
    cautions: result.cautions ?? [],
    arrays,
  }
}

const words = ({ body, warnings }: Ended) =>
  causalComplete.results.findings(body, { judgement: null, components: null, warnings })

describe('a session of the causal complete cause', () => {
  beforeAll(() => openEngine('wasm'))

  it('gives others a turn while its result is read', async () => {
    let turns = 0
    const breathe = (): Promise<void> => {
      turns++
      return Promise.resolve()
    }
    const config = v.parse(causalCompleteConfig, small)
    const session = new CausalCompleteSession(labelled({ samples: 240 }), config, 1, 1, undefined, breathe)
    while ((await session.advance()).kind !== 'finished');
    turns = 0
    await session.finish(provenance, 1)
    session.dispose()
    // All samples, those judged, each set of modalities, and each step towards another label.
    expect(turns).toBeGreaterThan(10)
  })

  it('tells a label that the measurements tell, on samples that nothing was learnt from', async () => {
    const ended = await toEnd(open(labelled({ samples: 240 }), { ...small, training: { ...training, epochs: 10 } }))
    const { told, majority, measured, measuredOn, classes } = ended.body
    expect({ measured, measuredOn }).toEqual({ measured: 48, measuredOn: 'test' })
    expect(classes.map(({ training: t, validation, test }) => [t, validation, test])).toEqual(
      new Array(3).fill([56, 8, 16]),
    )
    expect(told.accuracy.low).toBeGreaterThan(majority)
    expect(ended.body.confusion.flat().reduce((a, b) => a + b, 0)).toBe(48)
    expect(words(ended).headline).toMatch(/^kind is told right for/)
    const { values, columns } = matrixOf(ended.arrays, arrayNames.probabilities)
    expect(columns).toBe(3)
    expect(values[0]! + values[1]! + values[2]!).toBeCloseTo(1, 5)
  })

  it.each([
    ['in the base', 5],
    ['between base and whole', 11],
    ['in the whole', 16],
  ])('comes to the same bits when it goes on from a step %s', async (_, steps) => {
    const dataset = labelled()
    const config = { ...small, training: { ...training, base: true } }
    const whole = await toEnd(open(dataset, config))
    const first = open(dataset, config)
    for (let i = 0; i < steps; i++) await first.advance()
    const snapshot = await first.snapshot()
    first.dispose()
    const second = open(dataset, config)
    await second.restore(snapshot)
    const again = await toEnd(second)
    expect(again.body).toEqual(whole.body)
    expect(again.arrays).toEqual(whole.arrays)
  })

  it('tells the same seed from another', async () => {
    const bodies = await Promise.all([1, 2].map(async (seed) => (await toEnd(open(labelled(), small, seed))).body))
    expect(bodies[0]!.told).not.toEqual(bodies[1]!.told)
  })

  it('is the base, bit by bit, where every term is switched off', async () => {
    const off = { necessity: false, instrument: false, feasibility: false }
    const { body } = await toEnd(open(labelled(), { ...small, terms: off, training: { ...training, base: true } }))
    expect(body.weights).toEqual({ necessity: 0, instrument: 0, feasibility: 0 })
    expect(body.told).toEqual(body.base!.told)
    expect(body.base!.gain.value).toBe(0)
    expect(body.base!.gain.low).toBeLessThan(0)
  })

  it('measures under noise and blank parts, and from every part of the measurements, the base beside it', async () => {
    const config = { ...small, robustness: { draws: 2 }, training: { ...training, base: true } }
    const ended = await toEnd(open(labelled(), config))
    const rows = ended.body.robustness
    expect(rows.filter(({ kind }) => kind === 'modalities').map(({ modalities }) => modalities.join())).toEqual([
      'table,trace',
      'table',
      'trace',
    ])
    const noisy = rows.filter(({ kind }) => kind === 'corrupted')
    expect(new Set(noisy.map(({ corruption }) => corruption))).toEqual(new Set(['gaussian 5', 'gaussian 10', 'masked 30 %'])) // prettier-ignore
    expect(noisy.every(({ accuracy, worst, base }) => worst <= accuracy && base !== null)).toBe(true)
    expect(rows[0]).toMatchObject({ kind: 'clean', accuracy: ended.body.told.accuracy.value })
    expect(rows[0]!.base!.accuracy).toBe(ended.body.base!.told.accuracy.value)
    expect(
      words(ended)
        .details.map(({ text }) => text)
        .join(' '),
    ).toMatch(/corrupted, against \d+ % as they are: .*base/)
  })

  it.each([
    ['side by side', { networks: { ...networks, fusion: 'concatenation' } }],
    ['in the form of the authors', { profile: 'released' }],
  ])('trains %s', async (_, change) => {
    const { body } = await toEnd(open(labelled(), { ...small, ...change }))
    expect(Number.isFinite(body.told.crossEntropy)).toBe(true)
    expect(body.attention.map((row) => row.reduce((sum, share) => sum! + share!, 0))).toEqual([
      expect.closeTo(1, 4),
      expect.closeTo(1, 4),
    ])
  })

  it('takes samples that lack a modality with what they have', async () => {
    const present = (modality: number, row: number): boolean => modality === 0 || row % 4 !== 0
    const ended = await toEnd(open(labelled({ present })))
    const { values } = matrixOf(ended.arrays, arrayNames.probabilities)
    expect(values.every(Number.isFinite)).toBe(true)
    const [both, ...single] = subsetsOf(ended.body)
    expect(both!.modalities).toEqual(['table', 'trace'])
    expect(single.find(({ modalities }) => modalities[0] === 'trace')!.samples).toBeLessThan(both!.samples)
    expect(
      words(ended)
        .details.map(({ text }) => text)
        .join(' '),
    ).toMatch(/Told from one modality alone: table \d+ %/)
  })

  it('leaves samples without a label out, counts them, and tells theirs', async () => {
    const ended = await toEnd(open(labelled({ codes: (row) => (row < 20 ? -1 : row % 3) })))
    expect(ended.warnings.join()).toMatch(/20 of 120 samples have no label in "kind"/)
    expect(ended.body.unlabelled).toBe(20)
    const part = matrixOf(ended.arrays, arrayNames.part).values
    expect(part.filter(Number.isNaN)).toHaveLength(20)
    expect(matrixOf(ended.arrays, arrayNames.probabilities).values.slice(0, 3).every(Number.isFinite)).toBe(true)
  })

  it('says which labels differ in case or spaces alone', async () => {
    const { cautions } = await toEnd(open(labelled({ classes: ['wild type', 'Wild  Type', 'mutant'] })))
    expect(cautions.join()).toMatch(/"wild type" and "Wild {2}Type" differ in case or spaces alone/)
  })

  it('warns of a feature that tells every label alone', async () => {
    const vector = (row: number, values: Float32Array): void => void (values[2] = [5, 1, 3][row % 3]!)
    const { cautions } = await toEnd(open(labelled({ vector, features: ['f0', 'f1', 'kind code', 'f3'] })))
    expect(cautions.join()).toMatch(/kind code of table tells every label of "kind" alone/)
    expect(await toEnd(open(labelled()))).toMatchObject({ warnings: [], cautions: [] })
  })

  it.each([
    ['a column that is not there', {}, { label: 'sort' }, /no label column "sort"/],
    ['numbers', {}, { label: 'weight' }, /"weight" holds numbers/],
    ['one class', { codes: () => 1 }, {}, /Every labelled sample has the same label, "b"/],
    ['no label at all', { codes: () => -1 }, {}, /No sample has a label/],
    ['a class of one sample', { codes: (row: number) => (row === 7 ? 2 : row % 2) }, {}, /"c" has one sample/],
  ])('refuses %s', (_, data, change, message) => {
    expect(() => open(labelled(data), { ...small, ...change })).toThrow(message)
  })

  it('says that it measured what it learnt from where nothing was kept', async () => {
    const ended = await toEnd(
      open(labelled(), { ...small, training: { ...training, testFraction: 0, validationFraction: 0 } }),
    )
    expect(ended.body).toMatchObject({ measuredOn: 'training', measured: 120, temperature: 1 })
    const told = words(ended)
      .details.map(({ text }) => text)
      .join(' ')
    expect(told).toMatch(/all numbers are too high/)
    expect(told).toMatch(/not calibrated/)
  })
})
