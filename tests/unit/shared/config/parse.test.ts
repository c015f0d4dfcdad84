import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkConfig, configKeys, parseConfig, withSetting } from '../../../../src-shared/config/parse.ts'
import { editDistance, nearestName } from '../../../../src-shared/config/nearest.ts'

const method = 'causal-pima'

describe('the configuration of a run', () => {
  it('is filled with defaults', () => {
    expect(parseConfig(method, {})).toMatchObject({
      latent: { size: 0 },
      training: { pretrainEpochs: 20, batchSize: 128, learningRate: 1e-3 },
      dag: { lambda: 0.003, temperature: 0.1 },
    })
    expect(parseConfig(method, { training: { epochs: 3 } }).training).toMatchObject({ epochs: 3, pretrainEpochs: 20 })
    expect(parseConfig(method, {}).training).toMatchObject({ pretrainEpochs: 20, pretrainSteps: 500 })
  })

  it.each([
    [{ epochs: 5 }, 'epochs', 'training.epochs'],
    [{ training: { epoch: 5 } }, 'training.epoch', 'training.epochs'],
    [{ traning: {} }, 'traning', 'training'],
    [{ dag: { lamda: 0 } }, 'dag.lamda', 'dag.lambda'],
    [{ nodes: [{ name: 'A', categories: 2, achor: 'x' }] }, 'nodes.0.achor', 'nodes.0.anchor'],
  ])('refuses the unknown key in %j with the nearest valid name', (input, field, nearest) => {
    expect(checkConfig(method, input).problems).toEqual([
      { field, message: `There is no setting "${field}".`, hint: `Did you mean "${nearest}"?` },
    ])
  })

  it.each([
    [{ training: { epochs: 'many' } }, 'The setting "training.epochs" must be a number; it is "many".'],
    [{ training: { epochs: 1.5 } }, 'The setting "training.epochs" must be a whole number; it is 1.5.'],
    [{ training: { epochs: -1 } }, 'The setting "training.epochs" must be at least 0; it is -1.'],
    [{ dag: { temperature: 0 } }, 'The setting "dag.temperature" must be more than 0; it is 0.'],
    [{ noise: 'optimum' }, 'The setting "noise" must be one of "trainable", "optimal"; it is "optimum".'],
    [{ nodes: [] }, 'The setting "nodes" must have at least 1 entries; it is [].'],
    [{ nodes: [{ categories: 2 }] }, 'The setting "nodes.0.name" is missing.'],
    ['epochs', 'The configuration must be a group of settings; it is "epochs".'],
  ])('says what is wrong with %j', (input, message) => {
    expect(checkConfig(method, input).problems.map((p) => p.message)).toEqual([message])
  })

  it('takes epochs of pre-training that are given alone for just those', () => {
    expect(parseConfig(method, { training: { pretrainEpochs: 3 } }).training).toMatchObject({ pretrainSteps: 0 })
    const both = { pretrainEpochs: 3, pretrainSteps: 40 }
    expect(parseConfig(method, { training: both }).training).toMatchObject(both)
  })

  it('tells every problem at once', () => {
    const input = { training: { epochs: -1, bachSize: 3 }, noise: 'optimum' }
    expect(
      checkConfig(method, input)
        .problems.map((p) => p.field)
        .sort(),
    ).toEqual(['noise', 'training.bachSize', 'training.epochs'])
    expect(() => parseConfig(method, input)).toThrow(/bachSize[^]*noise|noise[^]*bachSize/)
  })

  it('refuses two nodes of one name and a formula expert without formula', () => {
    const nodes = [
      { name: 'A', categories: 2 },
      { name: 'A', categories: 3 },
    ]
    const { problems } = checkConfig(method, { nodes, experts: [{ modality: 'curve', kind: 'formula' }] })
    expect(problems.map((p) => p.field)).toEqual(['nodes.1.name', 'experts.0.formula'])
  })
})

describe('--set', () => {
  it.each([
    ['training.epochs=40', { training: { epochs: 40 } }],
    ['dag.lambda=1e-2', { dag: { lambda: 0.01 } }],
    ['modalities=image,curve', { modalities: ['image', 'curve'] }],
    ['modalities=["a,b"]', { modalities: ['a,b'] }],
    ['modalities=', { modalities: [] }],
    ['noise=optimal', { noise: 'optimal' }],
  ])('reads %s', (assignment, expected) => {
    expect(withSetting(method, {}, assignment)).toEqual(expected)
    expect(checkConfig(method, withSetting(method, {}, assignment)).problems).toEqual([])
  })

  it('changes one setting and leaves the others', () => {
    const config = { training: { epochs: 3, batchSize: 32 } }
    expect(withSetting(method, config, 'training.epochs=4')).toEqual({ training: { epochs: 4, batchSize: 32 } })
    expect(config.training.epochs).toBe(3)
  })

  it('names a node by its index, of the default ones too; a number stays a name', () => {
    const named = parseConfig(method, withSetting(method, {}, 'nodes.1.name=42'))
    expect(named.nodes.map((n) => n.name)).toEqual(['N1', '42', 'N3'])
  })

  it('refuses a key that does not exist, and what is no assignment', () => {
    expect(() => withSetting(method, {}, 'latent.dim=4')).toThrow(/no setting "latent.dim"/)
    expect(() => withSetting(method, {}, 'epochs=4')).toThrow(
      expect.objectContaining({ hint: 'Did you mean "training.epochs"?' }),
    )
    expect(() => withSetting(method, {}, 'training.epochs')).toThrow(/not a setting/)
  })

  it('leaves a value that does not fit to the schema, which names it', () => {
    expect(() => parseConfig(method, withSetting(method, {}, 'training.epochs=ten'))).toThrow(/it is "ten"/)
  })
})

describe('the nearest name', () => {
  it('finds each valid key after any one letter of it is lost', () => {
    const keys = configKeys(method)
    expect(keys).toContain('training.pretrainEpochs')
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.nat(), (key, at) => {
        const i = at % key.length
        fc.pre(key[i] !== '.')
        const wrong = key.slice(0, i) + key.slice(i + 1)
        expect(editDistance(wrong, nearestName(wrong, keys)!)).toBeLessThanOrEqual(1)
      }),
      { seed: 1 },
    )
  })

  it('counts edits, and knows when there is nothing to choose from', () => {
    expect(editDistance('lambda', 'lamdba')).toBe(1)
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(nearestName('x', [])).toBeNull()
  })
})
