import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FileEntry } from '../../../../src-shared/contract/projects.ts'
import { FileWalk } from '../../../../src-renderer/state/file-walk.svelte.ts'

const folders = ['/home', '/home/lab', '/data']
const entryOf = (path: string): FileEntry | null =>
  folders.includes(path.replace(/(.)\/$/, '$1'))
    ? {
        ...{ name: path, path: path.replace(/(.)\/$/, '$1'), kind: 'folder', looks: 'folder' },
        ...{ bytes: 0, modifiedAt: new Date(0).toISOString() },
      }
    : null

/** A host that answers when it is told to, in any order. */
class SlowHost {
  readonly waiting: { answer: () => void }[] = []
  readonly walk = new FileWalk({
    list: (path) =>
      this.#later(() => {
        const folder = path ?? '/home'
        if (!folders.includes(folder)) throw new Error(`The folder ${folder} is not there.`)
        return { path: folder, parent: null, trail: [], entries: [], cut: false, places: [] }
      }),
    describe: (path) => this.#later(() => ({ entry: entryOf(path) })),
    createFolder: ({ parent, name }) => this.#later(() => ({ path: `${parent}/${name}` })),
  })

  #later<T>(make: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push({
        answer: () => {
          void Promise.resolve().then(make).then(resolve, reject)
        },
      })
    })
  }

  /** Answers one that waits, and lets everything that follows from it happen. */
  async answer(at: number): Promise<void> {
    this.waiting.splice(at % this.waiting.length, 1)[0]!.answer()
    await new Promise((resolve) => setTimeout(resolve, 0))
  }

  async answerAll(): Promise<void> {
    while (this.waiting.length > 0) await this.answer(0)
  }
}

describe('walking through folders', () => {
  it('means the path in the field, whatever is listed', async () => {
    const host = new SlowHost()
    const first = host.walk.show(null)
    host.walk.typed = '/home/lab'
    await host.answerAll()
    await first
    expect(host.walk.typed).toBe('/home/lab')
    expect(host.walk.elsewhere).toBe(true)
    const found = host.walk.typedEntry('open-data-folder')
    await host.answerAll()
    expect(await found).toEqual({ path: '/home/lab', kind: 'folder' })
    host.walk.typed = '/home/nowhere'
    const nothing = host.walk.typedEntry('open-data-folder')
    await host.answerAll()
    expect(await nothing).toBeNull()
    expect(host.walk.error?.message).toBe('There is nothing at /home/nowhere.')
    expect(host.walk.elsewhere).toBe(true)
  })

  it('takes a slash at the end for the same folder', async () => {
    const host = new SlowHost()
    void host.walk.show('/data')
    await host.answerAll()
    host.walk.typed = '/data/ '
    expect(host.walk.elsewhere).toBe(false)
  })

  it('lists what was asked last, in whatever order the host answers', async () => {
    const step = fc.oneof(
      fc.record({ does: fc.constant('show' as const), path: fc.constantFrom(...folders, '/gone') }),
      fc.record({ does: fc.constant('type' as const), path: fc.constantFrom(...folders, 'x') }),
      fc.record({ does: fc.constant('answer' as const), at: fc.nat(5) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const host = new SlowHost()
        const { walk } = host
        let last: string | null = null
        let typedBefore: string | null = null
        for (const one of steps) {
          if (one.does === 'show') {
            typedBefore = walk.typed
            void walk.show(one.path).then((listed) => (typedBefore = listed ? null : typedBefore))
            last = one.path
          } else if (one.does === 'type') walk.typed = one.path
          else if (host.waiting.length > 0) await host.answer(one.at)
        }
        const [typed, untouched] = [walk.typed, walk.typed === typedBefore]
        await host.answerAll()
        if (last === null) expect(walk.listing).toBeNull()
        else if (last === '/gone') expect(walk.error?.message).toContain('/gone')
        else expect(walk.listing?.path).toBe(last)
        // The field follows a step unless somebody typed meanwhile.
        expect(walk.typed).toBe(untouched && last !== '/gone' ? last : typed)
      }),
    )
  })
})
