/** What a page that has gone bad may ask: wrong bodies on every channel, channels that are none, callers that are nobody. */
import { join } from 'node:path'
import { type Channel, type Reply, requests } from '../../../src-shared/contract.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { CausalscopeApp } from '../../../src-main/app/application.ts'
import { UserSettings } from '../../../src-main/services/settings.ts'
import { saidInWords, type Verdict } from './verdict.ts'
import { idleHost } from '../../idle-host.ts'

const page = { url: 'https://causalscope.localhost/', mainFrame: true }

/** Values that a field may get instead of its own. Paths lead nowhere: what is asked may be done. */
const wrong: readonly unknown[] = [
  null, true, '', 'x', '\0', '\u001b[2J', '__proto__', '../../../nowhere', '/proc/self/nowhere/x', 'n'.repeat(20_000),
  0, -1, 1, 1.5, 2 ** 40, 2 ** 53, -(2 ** 53), 1e308, [], {}, [[]], [null], [1, 2, 3], { a: { b: { c: {} } } },
  { __proto__: null, constructor: 1 }, Array.from({ length: 5000 }, (_, i) => i),
] // prettier-ignore

function keysOf(channel: Channel): string[] {
  const schema: unknown = requests[channel].request
  return typeof schema === 'object' && schema !== null && 'entries' in schema
    ? Object.keys(schema.entries as object)
    : []
}

function bodyFor(channel: Channel, random: RandomStream): string {
  const one = (): unknown => wrong[random.integer(wrong.length)]
  const kind = random.integer(8)
  if (kind === 0) return JSON.stringify(one())
  if (kind === 1) return '{"a":'
  const body = Object.fromEntries(keysOf(channel).map((key) => [key, one()]))
  return JSON.stringify(kind === 2 ? { ...body, more: one() } : body)
}

/** `bodies`: wrong bodies a channel. */
export async function* hostileRequests(folder: string, seed: number, bodies: number): AsyncGenerator<Verdict> {
  const logged: unknown[] = []
  const app = new CausalscopeApp(idleHost, {
    version: '0.0.0',
    settings: new UserSettings(join(folder, 'settings')),
    page: join(folder, 'no-page'),
    checkAnswers: true,
    log: (_, error) => logged.push(error),
  })
  const judge = async (input: string, sender: typeof page, channel: unknown, body: unknown): Promise<Verdict> => {
    logged.length = 0
    const answered = await app.answer(sender, channel, body)
    const reply = JSON.parse(answered) as Reply
    if (reply.ok) return { input, outcome: 'read', held: sender === page, what: answered.slice(0, 200) }
    const { code, message } = reply.error
    // An error that nobody foresaw is logged with where it came from.
    const foreseen = logged.every((error) => error === undefined || (error instanceof Error && error.name === 'CausalscopeError')) // prettier-ignore
    const held = foreseen && code !== 'interrupted' && saidInWords(message)
    return { input, outcome: held ? 'refused' : 'fault', held, what: `${code}: ${message}` }
  }
  try {
    for (const channel of Object.keys(requests) as Channel[]) {
      // Folders of the person's own are not for a test to fill.
      if (channel === 'project.openSample') continue
      const random = RandomStream.of(seed, `hostile/${channel}`)
      for (let i = 0; i < bodies; i++) {
        const body = bodyFor(channel, random)
        yield await judge(`${channel} ${body.slice(0, 120)}`, page, channel, body)
      }
    }
    for (const channel of ['', 'no.such', '__proto__', 'constructor', 7, null, {}, 'x'.repeat(1e6)])
      yield await judge(`channel ${JSON.stringify(channel).slice(0, 40)}`, page, channel, '{}')
    for (const body of [undefined, null, 7, {}, 'x'.repeat(17 * 2 ** 20)])
      yield await judge(`a body of type ${typeof body}`, page, 'project.current', body)
    for (const sender of [
      { url: 'https://example.com/', mainFrame: true },
      { url: 'https://causalscope.localhost.example.com/', mainFrame: true },
      { url: page.url, mainFrame: false },
      { url: '', mainFrame: true },
    ])
      yield await judge(`from ${sender.url}`, sender, 'project.current', '{}')
  } finally {
    await app.end()
  }
}
