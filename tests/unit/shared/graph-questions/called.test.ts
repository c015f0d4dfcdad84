import { describe, expect, it } from 'vitest'
import { nodesCalled, settingCalled, settingsCalled } from '../../../../src-shared/graph-questions/called.ts'

const nodes = [
  { name: 'hue', categories: ['red', 'blue'] },
  { name: 'radius', categories: ['2', '1'] },
]

describe('nodes and categories of a question', () => {
  it('are found by name, else by number', () => {
    expect(settingCalled(nodes, 'hue=blue')).toEqual({ node: 0, value: 1 })
    expect(settingCalled(nodes, ' 1 = 2')).toEqual({ node: 0, value: 1 })
    expect(nodesCalled(nodes, 'radius, 1')).toEqual([1, 0])
  })

  it('are what they are called where a name is a number', () => {
    expect(settingCalled(nodes, 'radius=1')).toEqual({ node: 1, value: 1 })
  })

  it('are refused with what there is', () => {
    expect(() => settingCalled(nodes, 'shade=blue')).toThrow('no node "shade"')
    expect(() => settingCalled(nodes, 'hue=green')).toThrow('hue has no category "green"')
    expect(() => settingCalled(nodes, 'hue')).toThrow('sets nothing')
    expect(() => settingCalled(nodes, 'hue=3')).toThrow('no category')
    expect(() => settingsCalled(nodes, ['hue=red', '1=blue'])).toThrow('hue is set twice')
    expect(() => nodesCalled(nodes, 'hue,1')).toThrow('hue is named twice')
  })
})
