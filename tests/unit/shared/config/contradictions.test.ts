import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../../../src-shared/config/parse.ts'

const node = (name: string, anchor: string | null = null) => ({ name, categories: 2, anchor })
const line = (modality: string) => ({ modality, kind: 'line' })

describe('a configuration that contradicts itself', () => {
  it.each([
    ['two nodes of one name', { nodes: [node('A'), node('A')] }, 'nodes.1.name'],
    ['two nodes on one column', { nodes: [node('A', 'plate'), node('B'), node('C', 'plate')] }, 'nodes.2.anchor'],
    ['a modality twice', { modalities: ['image', 'curve', 'image'] }, 'modalities.2'],
    ['two experts on one curve', { experts: [line('curve'), line('curve')] }, 'experts.1.modality'],
    [
      'an expert for a modality that is not used',
      { modalities: ['image'], experts: [line('curve')] },
      'experts.0.modality',
    ],
    ['a formula expert without one', { experts: [{ modality: 'curve', kind: 'formula' }] }, 'experts.0.formula'],
  ])('is refused for %s', (_, config, field) => {
    const { problems } = checkConfig('causal-pima', config)
    expect(problems.map((problem) => problem.field)).toEqual([field])
    for (const { message, hint } of problems) expect(`${message} ${hint}`).not.toContain('undefined')
  })

  it('is told all of it at once', () => {
    const config = {
      nodes: [node('A', 'plate'), node('A', 'plate')],
      modalities: ['curve', 'curve'],
      experts: [line('curve'), line('image')],
    }
    expect(checkConfig('causal-pima', config).problems.map(({ field }) => field)).toEqual([
      'nodes.1.name',
      'nodes.1.anchor',
      'modalities.1',
      'experts.1.modality',
    ])
  })

  it('may leave several nodes free', () => {
    expect(checkConfig('causal-pima', { nodes: [node('A'), node('B')] }).problems).toEqual([])
  })
})
