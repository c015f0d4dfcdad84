import { describe, expect, it } from 'vitest'
import type { Sender } from '../../../src-main/host/host.ts'
import { createRouter, type Handlers } from '../../../src-main/host/router.ts'
import { longestRequest, requests } from '../../../src-shared/contract.ts'
import { refused } from '../../../src-shared/errors.ts'

const page: Sender = { url: 'https://causalscope.localhost/', mainFrame: true }
const called: string[] = []

/** Handlers that take note and answer nothing, but for those given. */
function handlers(given: Partial<Handlers> = {}): Handlers {
  const silent = Object.fromEntries(Object.keys(requests).map((channel) => [channel, () => void called.push(channel)]))
  return { ...silent, ...given } as Handlers
}

function routerOf(given: Partial<Handlers> = {}, checkAnswers = false, log: string[] = []) {
  called.length = 0
  const route = createRouter(handlers(given), {
    origin: 'https://causalscope.localhost',
    checkAnswers,
    log: (message) => log.push(message),
  })
  return async (sender: Sender, channel: unknown, body: unknown): Promise<unknown> =>
    JSON.parse(await route(sender, channel, body)) as unknown
}

const refusal = { ok: false, error: { code: 'refused' } }

describe('the router', () => {
  it('gives the page what its handler answers', async () => {
    const ask = routerOf({ 'task.cancel': ({ task }) => ({ cancelled: task === 'import' }) })
    expect(await ask(page, 'task.cancel', '{"task":"import"}')).toEqual({ ok: true, value: { cancelled: true } })
  })

  it('refuses to exist without a handler for every channel', () => {
    const all = Object.entries(handlers()).filter(([channel]) => channel !== 'run.start')
    expect(() =>
      createRouter(Object.fromEntries(all) as Handlers, {
        origin: 'https://causalscope.localhost',
        checkAnswers: false,
        log: () => undefined,
      }),
    ).toThrow('no handler for channel run.start')
  })

  it.each([
    ['a frame inside the page', { ...page, mainFrame: false }],
    ['another origin', { url: 'https://example.com/', mainFrame: true }],
    ['a name that only begins alike', { url: 'https://causalscope.localhost.example.com/', mainFrame: true }],
    ['a user name that looks alike', { url: 'https://causalscope.localhost@example.com/', mainFrame: true }],
    ['another scheme', { url: 'http://causalscope.localhost/', mainFrame: true }],
    ['a blank page', { url: 'about:blank', mainFrame: true }],
    ['no address', { url: '', mainFrame: true }],
  ])('refuses %s', async (_who, sender) => {
    const ask = routerOf()
    expect(await ask(sender, 'app.start', '{}')).toMatchObject(refusal)
    expect(called).toEqual([])
  })

  it.each([
    ['fs.read'],
    ['constructor'],
    ['__proto__'],
    ['toString'],
    [''],
    [7],
    [null],
    [{ toString: 1 }],
    [['app.start']],
  ])('refuses the channel %j', async (channel) => {
    expect(await routerOf()(page, channel, '{}')).toMatchObject(refusal)
    expect(called).toEqual([])
  })

  it.each([
    ['no JSON', 'app.start', '{'],
    ['an unknown field', 'app.start', '{"extra":1}'],
    ['a missing field', 'project.open', '{}'],
    ['a wrong type', 'project.open', '{"path":7}'],
    ['a relative path', 'project.open', '{"path":"study.causalscope"}'],
    ['a NUL in a path', 'project.open', '{"path":"/tmp/\\u0000"}'],
    ['a fraction for an id', 'graph.get', '{"run":1.5}'],
    ['too many rows', 'clusters.gallery', JSON.stringify({ run: 1, rows: new Array(65).fill(0) })],
    ['a number for a body', 'app.start', 7],
    ['an object for a body', 'app.start', {}],
  ])('refuses %s', async (_what, channel, body) => {
    expect(await routerOf()(page, channel, body)).toMatchObject(refusal)
    expect(called).toEqual([])
  })

  it('names the field that does not fit', async () => {
    const reply = await routerOf()(page, 'settings.set', '{"theme":"pink"}')
    expect(reply).toMatchObject({ ok: false, error: { details: { field: 'theme' } } })
  })

  it('refuses a request that is too long, unread', async () => {
    const body = `"${'x'.repeat(longestRequest)}"`
    expect(await routerOf()(page, 'app.report', body)).toMatchObject({
      ok: false,
      error: { code: 'refused', message: 'The request is too long.' },
    })
  })

  it('answers errors as data with their hint', async () => {
    const ask = routerOf({
      'run.list': () => {
        throw refused('No project is open.', 'Open one.', { field: 'project' })
      },
    })
    expect(await ask(page, 'run.list', '{}')).toEqual({
      ok: false,
      error: { code: 'refused', message: 'No project is open.', hint: 'Open one.', details: { field: 'project' } },
    })
  })

  it('logs what nobody expected and still answers', async () => {
    const log: string[] = []
    const ask = routerOf({ 'run.list': () => Promise.reject(new Error('disk on fire')) }, false, log)
    expect(await ask(page, 'run.list', '{}')).toMatchObject({ ok: false, error: { code: 'failed' } })
    expect(log).toEqual(['run.list: disk on fire'])
  })

  it('catches a handler that answers another shape when answers are checked', async () => {
    const wrong = { 'task.cancel': () => ({ cancelled: 'yes' }) } as unknown as Partial<Handlers>
    expect(await routerOf(wrong, true)(page, 'task.cancel', '{"task":"a"}')).toMatchObject({ ok: false })
    expect(await routerOf(wrong, false)(page, 'task.cancel', '{"task":"a"}')).toMatchObject({ ok: true })
  })
})
