import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Drops } from '../../../src-main/app/drops.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('dropped files', () => {
  const drops = new Drops()
  afterEach(() => drops.clear())

  it('are put together from their pieces, folders and all', async () => {
    const drop = await drops.begin('set')
    await drops.write(drop, [
      { path: 'set/images/a.png', offset: 0, base64: base64('first ') },
      { path: 'set/curves.csv', offset: 0, base64: base64('id,y') },
    ])
    await drops.write(drop, [{ path: 'set/images/a.png', offset: 6, base64: base64('second') }])
    const path = await drops.end(drop)
    expect(basename(path)).toBe('set')
    expect(await readFile(`${path}/images/a.png`, 'utf8')).toBe('first second')
    expect(await readFile(`${path}/curves.csv`, 'utf8')).toBe('id,y')
  })

  it('are the folder of them all when several lie side by side', async () => {
    const drop = await drops.begin('set')
    await drops.write(drop, [
      { path: 'a.csv', offset: 0, base64: '' },
      { path: 'b.csv', offset: 0, base64: '' },
    ])
    const path = await drops.end(drop)
    expect(basename(path)).toBe('set')
    expect(existsSync(`${path}/a.csv`)).toBe(true)
    await drops.clear()
    expect(existsSync(path)).toBe(false)
  })

  it.each([
    ['curves, images and 2 more', 'curves, images and 2 more'],
    ['../../etc', 'etc'],
    ['..', 'Dropped files'],
    ['a/b\\c:d', 'a b c d'],
  ])('lie in a folder that %j is made to be a name for', async (title, name) => {
    const drop = await drops.begin(title)
    await drops.write(
      drop,
      ['a.csv', 'b.csv'].map((path) => ({ path, offset: 0, base64: '' })),
    )
    expect(basename(await drops.end(drop))).toBe(name)
  })

  it('of a window whose program was killed go with the next drop', async () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    const left = mkdtempSync(join(tmpdir(), `causalscope-drop-${pid}-`))
    const alive = mkdtempSync(join(tmpdir(), `causalscope-drop-${process.ppid}-`))
    try {
      await drops.begin('set')
      expect([left, alive].map((folder) => existsSync(folder))).toEqual([false, true])
    } finally {
      await rm(alive, { recursive: true })
    }
  })

  it.each(['../evil', 'a/../../evil', '/etc/evil', '..', ''])('are not written to %j', async (path) => {
    const drop = await drops.begin('set')
    await expect(drops.write(drop, [{ path, offset: 0, base64: '' }])).rejects.toMatchObject({ code: 'refused' })
  })

  it('come piece after piece, and leave no hole', async () => {
    const drop = await drops.begin('set')
    await drops.write(drop, [{ path: 'a.bin', offset: 0, base64: base64('four') }])
    for (const offset of [2 ** 40, 5, 3])
      await expect(drops.write(drop, [{ path: 'a.bin', offset, base64: base64('more') }])).rejects.toMatchObject({
        code: 'refused',
        message: `A piece of a.bin is out of order: 4 bytes are here, it begins at ${offset}.`,
      })
    expect(await readFile(await drops.end(drop), 'utf8')).toBe('four')
  })

  it('are refused in words under names that the disk does not take', async () => {
    const drop = await drops.begin('set')
    await drops.write(drop, [{ path: 'a', offset: 0, base64: '' }])
    for (const path of ['x'.repeat(300), 'a/b', 'a'])
      await expect(drops.write(drop, [{ path, offset: 0, base64: '' }])).rejects.toThrow(/^Could not write/)
    await expect(drops.write(drop, [{ path: 'new', offset: 9, base64: '' }])).rejects.toThrow(/^Could not write new/)
  })

  it('are refused when there are none, or their drop is unknown', async () => {
    const drop = await drops.begin('set')
    await expect(drops.end(drop)).rejects.toMatchObject({ message: 'Nothing was dropped.' })
    await expect(drops.end('unknown')).rejects.toMatchObject({ code: 'refused' })
  })
})
