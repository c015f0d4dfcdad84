/** A page that has gone bad, with the run of the window's own JavaScript: it achieves nothing. */
import { createSocket } from 'node:dgram'
import { createServer, Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { longestRequest } from '../../src-shared/contract.ts'
import { expect, test } from './app.ts'

/** The reply to a raw request, past the typed client. */
function ask(page: Page, channel: unknown, body: unknown): Promise<unknown> {
  return page.evaluate(([name, content]) => window.causalscope.request(name as string, content), [
    channel,
    body,
  ] as const)
}

const refusal = { ok: false, error: { code: 'refused' } }

test('navigating away achieves nothing', async ({ app }) => {
  const { page } = app
  const home = page.url()
  for (const target of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    'file:///etc/passwd',
    'data:text/html,<h1>away</h1>',
    'https://causalscope.localhost.example.com/',
    'https://causalscope.localhost@example.com/',
  ]) {
    await page.evaluate((url) => {
      const link = document.createElement('a')
      link.href = url
      document.body.append(link)
      link.click()
      link.remove()
    }, target)
    await page.evaluate((url) => {
      try {
        window.location.href = url
      } catch {
        // Refused at once, as it should be.
      }
    }, target)
    await expect.poll(() => page.evaluate(() => typeof window.causalscope).catch(() => 'away')).toBe('object')
    expect(page.url()).toBe(home)
  }
  const form = await page.evaluate(() => {
    const made = document.createElement('form')
    made.action = 'https://example.com/steal'
    made.method = 'post'
    document.body.append(made)
    made.submit()
    return window.location.href
  })
  expect(form).toBe(home)
})

test('a page that did get away is brought back and has no contract meanwhile', async ({ app }) => {
  const { page } = app
  const home = page.url()
  const returned = page.waitForURL(home)
  await page.evaluate(() => {
    window.location.href = 'about:blank'
  })
  await returned
  await expect.poll(() => page.evaluate(() => typeof window.causalscope).catch(() => 'away')).toBe('object')
})

test('opening a window or a frame achieves nothing', async ({ app }) => {
  const { page } = app
  await page.evaluate(() => {
    window.open('https://example.com/')
    window.open('about:blank')
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
  })
  await expect.poll(() => page.context().pages().length).toBe(1)
  await expect.poll(() => page.frames().filter((frame) => frame.url().includes('example.com')).length).toBe(0)
})

test('a frame of the page has no contract', async ({ app }) => {
  const answers = await app.page.evaluate(async () => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const inner = frame.contentWindow
    if (inner === null) return ['no frame']
    const binding: unknown = Reflect.get(inner, '__causalscope')
    const answer =
      typeof binding === 'function'
        ? await Promise.race([
            (binding as (...args: unknown[]) => Promise<unknown>)('request', 'app.start', '{}').catch(() => 'thrown'),
            new Promise((resolve) => setTimeout(resolve, 2000, 'silence')),
          ])
        : 'no binding'
    return [typeof Reflect.get(inner, 'causalscope'), String(answer)]
  })
  expect(answers[0]).toBe('undefined')
  expect(answers[1]).not.toContain('"ok":true')
})

test('unknown channels and wrong shapes are refused as data', async ({ app }) => {
  for (const channel of ['fs.read', 'constructor', '__proto__', 'toString', '', 7, null, { toString: 'app.start' }])
    expect(await ask(app.page, channel, {})).toMatchObject(refusal)
  for (const [channel, body] of [
    ['app.start', { extra: 1 }],
    ['app.start', null],
    ['app.start', undefined],
    ['project.open', {}],
    ['project.open', { path: 7 }],
    ['project.open', { path: 'relative.causalscope' }],
    ['project.open', { path: '/tmp/\0.causalscope' }],
    ['run.start', { dataset: 1.5 }],
    ['settings.set', { theme: 'pink' }],
    ['settings.set', { __proto__: null, threads: 1e9 }],
    ['export.run', { run: 1, folder: '/tmp', formats: ['evil.sh'], task: 'evil' }],
    ['drop.write', { drop: 'none', pieces: [{ path: '../../evil', offset: 0, base64: 'AA==' }] }],
  ] as const)
    expect(await ask(app.page, channel, body)).toMatchObject(refusal)
})

test('a dropped file cannot leave its folder', async ({ app }) => {
  const begun = (await ask(app.page, 'drop.begin', { title: 'evil' })) as { value: { drop: string } }
  for (const path of ['../evil', '/etc/evil', 'a/../../evil', '..'])
    expect(
      await ask(app.page, 'drop.write', { drop: begun.value.drop, pieces: [{ path, offset: 0, base64: 'AA==' }] }),
    ).toMatchObject(refusal)
})

test('a huge request is refused unread', async ({ app }) => {
  const reply = await app.page.evaluate(
    (length) => window.causalscope.request('app.report', { message: 'x'.repeat(length), stack: '' }),
    longestRequest + 1,
  )
  expect(reply).toMatchObject({ ok: false, error: { code: 'refused', message: 'The request is too long.' } })
  expect(await ask(app.page, 'project.current', {})).toMatchObject({ ok: true })
})

test('the contract cannot be replaced or added to', async ({ app }) => {
  const state = await app.page.evaluate(() => {
    const before = window.causalscope
    try {
      Object.assign(window, { causalscope: null })
    } catch {
      // Not writable.
    }
    return { same: window.causalscope === before, frozen: Object.isFrozen(before), keys: Object.keys(before).sort() }
  })
  expect(state.same).toBe(true)
  expect(state.keys).toEqual(['listen', 'pathOf', 'request'])
})

test('pictures, scripts, fetches and sockets of the network are blocked', async ({ app }) => {
  const outcome = await app.page.evaluate(async () => {
    const image = (src: string): Promise<string> =>
      new Promise((resolve) => {
        const made = new Image()
        made.onload = () => resolve('loaded')
        made.onerror = () => resolve('blocked')
        made.src = src
      })
    const script = (): Promise<string> =>
      new Promise((resolve) => {
        const made = document.createElement('script')
        made.onload = () => resolve('loaded')
        made.onerror = () => resolve('blocked')
        made.src = 'https://example.com/x.js'
        document.head.append(made)
      })
    const fetched = (url: string): Promise<string> =>
      fetch(url).then(
        (response) => (response.ok ? 'loaded' : `status ${response.status}`),
        () => 'blocked',
      )
    const socket = (): Promise<string> =>
      new Promise((resolve) => {
        try {
          const made = new WebSocket('wss://example.com/')
          made.onopen = () => resolve('loaded')
          made.onerror = () => resolve('blocked')
          made.onclose = () => resolve('blocked')
        } catch {
          resolve('blocked')
        }
      })
    const inline = (): string => {
      const made = document.createElement('script')
      made.textContent = 'window.inlineRan = true'
      document.head.append(made)
      return Reflect.get(window, 'inlineRan') === true ? 'ran' : 'blocked'
    }
    // Later: what a test runs at once may evaluate strings, what the page runs may not.
    const evaluated = (): Promise<string> =>
      new Promise((resolve) =>
        setTimeout(() => {
          try {
            const made: unknown = Reflect.construct(Function, ['return "ran"'])
            resolve(typeof made === 'function' ? 'ran' : 'blocked')
          } catch {
            resolve('blocked')
          }
        }),
      )
    return [
      await image('https://example.com/pixel.png'),
      await image('http://127.0.0.1:9/pixel.png'),
      await script(),
      await fetched('https://example.com/'),
      await fetched('http://127.0.0.1:9/'),
      await socket(),
      inline(),
      await evaluated(),
    ]
  })
  expect(outcome).toEqual(new Array(8).fill('blocked'))
})

test('only files of the page and its data are served', async ({ app }) => {
  const statuses = await app.page.evaluate(() =>
    Promise.all(
      ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/data/../index.html', '/data/x', '/src'].map(
        async (path) => {
          const response = await fetch(path)
          const text = await response.text()
          return response.status === 404 || !text.includes('"name"')
        },
      ),
    ),
  )
  expect(statuses).toEqual(new Array(6).fill(true))
})

test('permissions are denied without asking', async ({ app }) => {
  const outcome = await app.page.evaluate(async () => {
    const state = (name: PermissionName): Promise<string> =>
      navigator.permissions.query({ name }).then(
        (status) => status.state,
        () => 'denied',
      )
    const located = await new Promise<string>((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('located'),
        () => resolve('denied'),
      ),
    )
    return [located, await state('geolocation'), await state('notifications'), await state('camera')]
  })
  expect(outcome).toEqual(['denied', 'denied', 'denied', 'denied'])
})

test('a download puts nothing on the disk', async ({ app }) => {
  const downloaded = app.page.waitForEvent('download')
  await app.page.evaluate(() => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob(['x'.repeat(1000)]))
    link.download = 'evil.sh'
    link.click()
  })
  const download = await downloaded
  expect(await download.failure()).not.toBeNull()
})

test('nothing leaves the machine while the app is used', async ({ start, hostKind }) => {
  test.skip(hostKind === 'electron', 'Electron takes no proxy from the command line of its browser')
  test.setTimeout(240_000)
  // All that the browser would send anywhere goes to this proxy: it hears nothing.
  let connections = 0
  const proxy = createServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  // The host itself lives in this process: any socket that it opened would be counted here.
  const connect = Reflect.get(Socket.prototype, 'connect') as (...given: unknown[]) => unknown
  let opened = 0
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    opened++
    return Reflect.apply(connect, this, given) as Socket
  }
  const { port } = proxy.address() as AddressInfo
  const app = await start({
    extraFlags: [`--proxy-server=http://127.0.0.1:${port}`, '--proxy-bypass-list=<-loopback>'],
  })
  for (const command of ['view.data', 'view.model', 'view.runs', 'view.start'])
    await app.page.evaluate((name) => {
      window.dispatchEvent(new CustomEvent('test', { detail: name }))
      void fetch('https://example.com/').catch(() => undefined)
      new Image().src = 'https://example.org/pixel.png'
    }, command)
  await app.page.keyboard.press('Control+2')
  await app.page.keyboard.press('Control+7')
  await ask(app.page, 'app.engines', { refresh: true })
  await ask(app.page, 'project.openSample', { sample: 'mechanical-mnist', task: 'sample' })
  await app.close()
  Reflect.set(Socket.prototype, 'connect', connect)
  await new Promise<void>((resolve) => {
    proxy.close(() => resolve())
  })
  expect({ fromBrowser: connections, fromHost: opened }).toEqual({ fromBrowser: 0, fromHost: 0 })
})

test('a peer connection reaches nobody', async ({ app }) => {
  // Where another program would listen: STUN goes over UDP, past every rule for names and requests.
  const heard: string[] = []
  const listener = createSocket('udp4', (message) => heard.push(message.toString('hex')))
  const tcp = createServer((socket) => {
    heard.push('tcp')
    socket.destroy()
  })
  await new Promise<void>((resolve) => listener.bind(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const [udpPort, tcpPort] = [listener.address().port, (tcp.address() as AddressInfo).port]
  const found = await app.page.evaluate(
    async ([udp, other]) => {
      if (typeof RTCPeerConnection === 'undefined') return []
      const urls = [`stun:127.0.0.1:${udp}`, `turn:127.0.0.1:${udp}`, `turn:127.0.0.1:${other}?transport=tcp`]
      const connection = new RTCPeerConnection({ iceServers: [{ urls, username: 'a', credential: 'b' }] })
      const candidates: string[] = []
      connection.onicecandidate = ({ candidate }) => {
        if (candidate !== null && candidate.candidate !== '') candidates.push(candidate.candidate)
      }
      connection.createDataChannel('leak')
      await connection.setLocalDescription(await connection.createOffer())
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (connection.iceGatheringState === 'complete') resolve()
        }
        connection.onicegatheringstatechange = look
        setTimeout(resolve, 3000)
        look()
      })
      connection.close()
      return candidates
    },
    [udpPort, tcpPort] as const,
  )
  listener.close()
  tcp.close()
  expect(heard).toEqual([])
  expect(found).toEqual([])
})
