import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { attended, inTurns, type Piecewise, piecesFor, whole } from '../../../src-main/statistics/piecewise.ts'

function* counting(pieces: number): Piecewise<number> {
  for (let i = 0; i < pieces; i++) yield `piece ${i}`
  return pieces
}

describe('work in pieces', () => {
  it('comes to its outcome at once', () => {
    expect(whole(counting(3))).toBe(3)
  })

  it('says where it stands when the time is up, and goes on from there', () => {
    const work = counting(3)
    expect(piecesFor(work, 0)).toEqual({ done: false, value: 'piece 0' })
    expect(piecesFor(work, 0)).toEqual({ done: false, value: 'piece 1' })
    expect(piecesFor(work, 60_000)).toEqual({ done: true, value: 3 })
  })

  it('lets other work in while it lasts', async () => {
    let others = 0
    let over = false
    const other = async (): Promise<void> => {
      while (!over) {
        others++
        await setImmediate()
      }
    }
    // Never done by itself: only another's turn ends it.
    function* untilOther(): Piecewise<string> {
      while (others < 3) yield 'waiting'
      return 'met'
    }
    const meanwhile = other()
    expect(await inTurns(untilOther())).toBe('met')
    over = true
    await meanwhile
  })

  it('looks up while it waits for what others do, and ends as they do', async () => {
    const others = Promise.withResolvers<string>()
    let looks = 0
    const waited = attended(others.promise, () => {
      if (++looks === 2) others.resolve('started')
      return Promise.resolve()
    })
    expect(await waited).toBe('started')
    expect(looks).toBe(2)
    await expect(attended(Promise.reject(new Error('no threads')), () => Promise.resolve())).rejects.toThrow(
      'no threads',
    )
  })
})
