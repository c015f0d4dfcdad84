import { describe, expect, it } from 'vitest'
import { commands } from '../../../src-shared/commands.ts'
import { events, requests } from '../../../src-shared/contract.ts'

describe('the contract', () => {
  it('names channels and events by what they concern', () => {
    for (const name of [...Object.keys(requests), ...Object.keys(events)]) expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
  })

  it('gives each key to one command only', () => {
    const keys = commands.flatMap((command) => (command.keys === null ? [] : [command.keys]))
    expect(new Set(keys).size).toBe(keys.length)
  })
})
