import { describe, expect, it } from 'vitest'
import { valueAt, withValueAt } from '../../../../src-renderer/state/config-path.ts'

const config = { training: { epochs: 20, batchSize: 128 }, nodes: [{ name: 'N1' }, { name: 'N2' }] }

describe('a place in a configuration', () => {
  it('is read through groups and lists', () => {
    expect(valueAt(config, 'training.epochs')).toBe(20)
    expect(valueAt(config, 'nodes.1.name')).toBe('N2')
    expect(valueAt(config, 'nodes.7.name')).toBeUndefined()
    expect(valueAt(config, 'training.epochs.more')).toBeUndefined()
  })

  it('is changed in a copy that shares the rest', () => {
    const changed = withValueAt(config, 'nodes.0.name', 'Topology')
    expect(changed).toEqual({ ...config, nodes: [{ name: 'Topology' }, { name: 'N2' }] })
    expect(valueAt(changed, 'training')).toBe(config.training)
    expect(config.nodes[0]).toEqual({ name: 'N1' })
  })
})
