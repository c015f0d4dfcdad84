import { describe, expect, it } from 'vitest'
import { Budget } from '../../../src-main/importers/budget.ts'

describe('a budget', () => {
  it('lets as much be done at once as it has, in order, what exceeds it alone', async () => {
    const budget = new Budget(10)
    let running = 0
    const seen: [string, number][] = []
    const work = (name: string, cost: number) =>
      budget.spend(cost, async () => {
        running += cost
        seen.push([name, running])
        await Promise.resolve()
        running -= cost
      })
    await Promise.all([work('a', 6), work('b', 4), work('huge', 99), work('c', 5), work('d', 5)])
    expect(seen.map(([name]) => name)).toEqual(['a', 'b', 'huge', 'c', 'd'])
    expect(seen.find(([name]) => name === 'huge')![1]).toBe(99)
    expect(Math.max(...seen.filter(([name]) => name !== 'huge').map(([, at]) => at))).toBeLessThanOrEqual(10)
  })

  it('is given back by work that fails', async () => {
    const budget = new Budget(1)
    await expect(budget.spend(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await budget.spend(1, () => Promise.resolve('done'))).toBe('done')
  })
})
