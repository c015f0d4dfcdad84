import { chown, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ownMark } from '../../../src-main/datasets/process-mark.ts'
import { EventQueue } from '../../../src-main/host/chromium/bridge.ts'
import { findChromium, type Machine } from '../../../src-main/host/chromium/executable.ts'
import { flags } from '../../../src-main/host/chromium/flags.ts'
import { makeProfile, removeProfile, sweepProfiles } from '../../../src-main/host/chromium/profile.ts'
import { readWindowSize, usualSize, writeWindowSize } from '../../../src-main/host/chromium/window-size.ts'
import { usualSlurm } from '../../../src-shared/domain/cluster.ts'

function machine(given: Partial<Machine>, ...files: string[]): Machine {
  return { platform: 'linux', env: {}, home: '/home/ada', exists: (path) => files.includes(path), ...given }
}

describe('the search for a browser', () => {
  it('takes CHROME_PATH before anything else', () => {
    const env = { CHROME_PATH: '/opt/chrome', PATH: '/usr/bin' }
    expect(findChromium(machine({ env }, '/opt/chrome', '/usr/bin/chromium'))).toBe('/opt/chrome')
  })

  it('says so when CHROME_PATH names no file', () => {
    expect(() => findChromium(machine({ env: { CHROME_PATH: '/gone' } }))).toThrow(/CHROME_PATH is \/gone/)
  })

  it('prefers Chromium to Chrome to Edge on the PATH', () => {
    const env = { PATH: '/usr/local/bin:/usr/bin' }
    const files = ['/usr/bin/microsoft-edge', '/usr/bin/google-chrome', '/usr/bin/chromium']
    expect(findChromium(machine({ env }, ...files))).toBe('/usr/bin/chromium')
    expect(findChromium(machine({ env }, ...files.slice(0, 2)))).toBe('/usr/bin/google-chrome')
    expect(findChromium(machine({ env }, ...files.slice(0, 1)))).toBe('/usr/bin/microsoft-edge')
  })

  it('looks into the applications of macOS, the person’s own included', () => {
    const path = '/home/ada/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(findChromium(machine({ platform: 'darwin' }, path))).toBe(path)
  })

  it('looks into the program folders of Windows', () => {
    const path = join('C:/Program Files (x86)', 'Microsoft', 'Edge', 'Application', 'msedge.exe')
    const env = { 'PROGRAMFILES(X86)': 'C:/Program Files (x86)' }
    expect(findChromium(machine({ platform: 'win32', env }, path))).toBe(path)
  })

  it('finds nothing where there is nothing', () => {
    expect(findChromium(machine({ env: { PATH: '/usr/bin' } }))).toBeNull()
  })
})

describe('the browser’s switches', () => {
  const size = { width: 1280, height: 800 }

  it('let no name resolve and nothing speak in the background', () => {
    const given = flags({ headless: false, root: false, size, position: null })
    expect(given).toContain('--host-resolver-rules=MAP * ~NOTFOUND')
    expect(given).toContain('--disable-background-networking')
    expect(given).not.toContain('--no-sandbox')
  })

  it('open an app window on a screen only', () => {
    expect(flags({ headless: false, root: false, size, position: null }).join()).toContain('--app=')
    expect(flags({ headless: true, root: true, size, position: null }).join()).not.toContain('--app=')
  })
})

describe('the temporary profile', () => {
  it('is removed after use, and swept up where its program was killed', async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'causalscope-profiles-'))
    const mine = await makeProfile(temporary)
    // No process has a number this high.
    const orphan = await mkdtemp(join(temporary, 'causalscope-browser-4194999-'))
    await sweepProfiles(temporary)
    expect(await readdir(temporary)).toEqual([mine.slice(temporary.length + 1)])
    await removeProfile(mine)
    await removeProfile(orphan)
    expect(await readdir(temporary)).toEqual([])
    await rm(temporary, { recursive: true })
  })

  it.runIf(process.platform === 'linux')('is known by more than a number that another process has by now', async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'causalscope-profiles-'))
    const left = async (pid: number, change: object): Promise<string> => {
      const folder = await mkdtemp(join(temporary, `causalscope-browser-${pid}-`))
      const text = JSON.stringify({ ...ownMark(), process: pid, ...change })
      await writeFile(join(folder, 'causalscope-owner.json'), text)
      return basename(folder)
    }
    const mine = basename(await makeProfile(temporary))
    const parent = await left(process.ppid, { started: null })
    const elsewhere = await left(4194999, { host: 'another-machine' })
    await left(process.pid, { started: '1' })
    await left(process.ppid, { started: '1' })
    await symlink('/', join(temporary, 'causalscope-browser-4194999-link'))
    await sweepProfiles(temporary)
    const kept = [mine, parent, elsewhere, 'causalscope-browser-4194999-link']
    expect((await readdir(temporary)).sort()).toEqual(kept.sort())
    await rm(temporary, { recursive: true })
  })

  it.runIf(process.getuid?.() === 0)('of another person is left alone', async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'causalscope-profiles-'))
    const theirs = await mkdtemp(join(temporary, 'causalscope-browser-4194999-'))
    await chown(theirs, 4242, 4242)
    await sweepProfiles(temporary)
    expect(await readdir(temporary)).toEqual([basename(theirs)])
    await rm(temporary, { recursive: true })
  })
})

describe('the size of the window', () => {
  it('is kept, and the usual one where nothing sensible was', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'causalscope-size-'))
    const file = join(folder, 'deep', 'window.json')
    expect(readWindowSize(file)).toEqual(usualSize)
    writeWindowSize(file, 1600, 1000)
    writeWindowSize(file, '1', {})
    writeWindowSize(file, 10, 1e9)
    expect(readWindowSize(file)).toEqual({ width: 1600, height: 1000 })
    expect(readWindowSize(null)).toEqual(usualSize)
    await rm(folder, { recursive: true })
  })
})

describe('events on their way to the page', () => {
  const event = (theme: 'light' | 'dark') =>
    ({ name: 'settings.changed', payload: { theme, engine: 'auto', threads: null, slurm: usualSlurm } }) as const

  it('are kept in order until the page asks', async () => {
    const queue = new EventQueue()
    queue.push(event('light'))
    queue.push(event('dark'))
    expect(JSON.parse(await queue.next())).toEqual({ running: 0, events: [event('light'), event('dark')] })
  })

  it('answer a page that is waiting', async () => {
    const queue = new EventQueue()
    const next = queue.next()
    queue.push(event('dark'))
    expect(JSON.parse(await next)).toMatchObject({ events: [event('dark')] })
  })

  it('go to the newest asker after a reload', async () => {
    const queue = new EventQueue()
    const before = queue.next()
    const after = queue.next()
    expect(JSON.parse(await before)).toMatchObject({ events: [] })
    queue.push(event('light'))
    expect(JSON.parse(await after)).toMatchObject({ events: [event('light')] })
  })

  it('tell how many runs train as soon as that changes', async () => {
    const queue = new EventQueue()
    const next = queue.next()
    queue.guard(2)
    expect(JSON.parse(await next)).toEqual({ running: 2, events: [] })
  })
})
