import { describe, expect, it } from 'vitest'
import { withSetting } from '../../../../src-shared/config/parse.ts'
import { assignmentsOf, configAt, parseVariation, pointsOf } from '../../../../src-main/services/studies/grid.ts'

const plan = {
  method: 'causal-pima' as const,
  config: { training: { epochs: 3 } },
  over: [parseVariation('training.batchSize=16,32'), parseVariation('latent.size=2,3,4')],
  seeds: [5, 6],
}

describe('the grid of a study', () => {
  it('reads values by comma, those of lists whole', () => {
    expect(parseVariation('weights.necessity=0.1, 1 ,10')).toEqual({ key: 'weights.necessity', values: ['0.1', '1', '10'] }) // prettier-ignore
    expect(parseVariation('networks.hidden=[64],[64,32]')).toEqual({ key: 'networks.hidden', values: ['[64]', '[64,32]'] }) // prettier-ignore
    expect(parseVariation('modalities=["a,b","c"],["c"]').values).toEqual(['["a,b","c"]', '["c"]'])
  })

  it.each(['', 'training.epochs', '=1', 'training.epochs=', 'training.epochs=1,,2'])('refuses "%s"', (text) => {
    expect(() => parseVariation(text)).toThrow(/not a setting with its values/)
  })

  it('refuses a value given twice, and more runs than anyone waits for', () => {
    expect(() => parseVariation('latent.size=2,3,2')).toThrow(/the value 2 twice/)
    const seeds = Array.from({ length: 400 }, (_, seed) => seed)
    expect(() => pointsOf({ ...plan, seeds })).toThrow(/has 2400 runs/)
  })

  it('has every combination with every seed, all combinations of a seed first', () => {
    const points = pointsOf(plan)
    expect(points).toHaveLength(12)
    expect(points.slice(0, 6).map(({ values }) => values.join())).toEqual([
      '16,2',
      '16,3',
      '16,4',
      '32,2',
      '32,3',
      '32,4',
    ])
    expect(points.map(({ seed }) => seed)).toEqual([...Array<number>(6).fill(5), ...Array<number>(6).fill(6)])
    expect(points[7]).toEqual({ setting: 1, seed: 6, values: ['16', '3'] })
    expect(configAt(plan, points[7]!)).toEqual({ training: { epochs: 3, batchSize: 16 }, latent: { size: 3 } })
    expect(() => configAt({ ...plan, over: [{ key: 'latent.sise', values: ['1'] }] }, points[0]!)).toThrow(
      /no setting "latent.sise"/,
    )
  })

  it('is one point without a setting that differs', () => {
    expect(pointsOf({ ...plan, over: [], seeds: [0] })).toEqual([{ setting: 0, seed: 0, values: [] }])
  })

  it('writes a configuration as settings that make it again', () => {
    const config = { training: { epochs: 3 }, modalities: ['a,b', 'c'], nodes: [{ name: 'N', categories: 2 }] }
    const again = assignmentsOf(config).reduce<unknown>((at, one) => withSetting('causal-pima', at, one), {})
    expect(again).toEqual(config)
  })
})
