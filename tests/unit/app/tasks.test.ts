import { describe, expect, it } from 'vitest'
import { Tasks } from '../../../src-main/app/tasks.ts'
import type { AnyEvent } from '../../../src-shared/contract.ts'
import { refused } from '../../../src-shared/errors.ts'

describe('long work', () => {
  it('tells its progress under the page’s name, within bounds', async () => {
    const heard: AnyEvent[] = []
    const tasks = new Tasks((event) => heard.push(event))
    await tasks.run('import', ({ report }) => {
      report('Reading', 1.4, '14 of 10')
      report('Reading', Number.NaN)
      return Promise.resolve()
    })
    expect(heard.map(({ payload }) => payload)).toMatchObject([
      { task: 'import', label: 'Reading', fraction: 1, detail: '14 of 10' },
      { fraction: null, detail: '' },
    ])
  })

  it('ends interrupted when it is cancelled', async () => {
    const tasks = new Tasks(() => undefined)
    const work = tasks.run(
      'import',
      ({ signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    )
    expect(tasks.cancel('import')).toBe(true)
    await expect(work).rejects.toMatchObject({ code: 'interrupted' })
    expect(tasks.cancel('import')).toBe(false)
  })

  it('keeps the reason of work that failed by itself', async () => {
    const tasks = new Tasks(() => undefined)
    await expect(tasks.run('import', () => Promise.reject(refused('Empty folder.')))).rejects.toMatchObject({
      code: 'refused',
    })
  })

  it('refuses a second piece of work of one name', async () => {
    const tasks = new Tasks(() => undefined)
    const first = Promise.withResolvers<undefined>()
    const running = tasks.run('import', () => first.promise)
    await expect(tasks.run('import', () => Promise.resolve())).rejects.toMatchObject({ code: 'refused' })
    first.resolve(undefined)
    await running
  })
})
