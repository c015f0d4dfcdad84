/**
 * The one door between page and host. Each request is checked before a handler sees it: who asks, how long it is, that
 * the channel exists, that the body fits its schema. Whatever goes wrong is answered as error data, never thrown.
 */
import * as v from 'valibot'
import {
  type Channel,
  type CheckedOf,
  longestRequest,
  type Reply,
  requests,
  type ResponseOf,
} from '../../src-shared/contract.ts'
import { type ErrorData, refused, toErrorData } from '../../src-shared/errors.ts'
import { issueWords } from '../../src-shared/issue-words.ts'
import type { Sender } from './host.ts'
import { type Origin, pathWithin } from './origin.ts'

export type Handler<C extends Channel> = (body: CheckedOf<C>) => Promise<ResponseOf<C>> | ResponseOf<C>
export type Handlers<C extends Channel = Channel> = { readonly [K in C]: Handler<K> }

export interface RouterOptions {
  readonly origin: Origin
  /** Answers are held to the contract as well: tests say yes, people's machines need not pay for it. */
  readonly checkAnswers: boolean
  /** Told of every refusal that a well-behaved page never causes, and of unexpected errors. */
  readonly log: (message: string, error?: unknown) => void
}

export type Router = (sender: Sender, channel: unknown, body: unknown) => Promise<string>

/** Throws when a channel of the contract has no handler. */
export function createRouter(handlers: Handlers, options: RouterOptions): Router {
  const channels = new Map(Object.entries(requests))
  const byChannel = new Map<string, (body: unknown) => unknown>()
  for (const channel of channels.keys()) {
    const handler: unknown = Object.hasOwn(handlers, channel) ? Reflect.get(handlers, channel) : undefined
    if (typeof handler !== 'function') throw new Error(`no handler for channel ${channel}`)
    byChannel.set(channel, (body) => Reflect.apply(handler, handlers, [body]) as unknown)
  }

  const answer = async (sender: Sender, channel: unknown, body: unknown): Promise<Reply> => {
    if (!sender.mainFrame || pathWithin(options.origin, sender.url) === null)
      return declined(options, 'This page may not ask anything.', `request from ${sender.url.slice(0, 200)}`)
    const handler = typeof channel === 'string' ? byChannel.get(channel) : undefined
    const schemas = typeof channel === 'string' ? channels.get(channel) : undefined
    if (handler === undefined || schemas === undefined)
      return declined(options, 'There is no such request.', `unknown channel ${called(channel)}`)
    if (typeof body !== 'string' || body.length > longestRequest)
      return declined(options, 'The request is too long.', `oversized or unreadable request to ${called(channel)}`)
    const parsed = v.safeParse(schemas.request, fromJson(body), { abortEarly: true })
    if (!parsed.success) return { ok: false, error: misshapen(parsed.issues) }
    const value = await handler(parsed.output)
    if (options.checkAnswers) v.parse(schemas.response, value)
    return { ok: true, value }
  }

  return async (sender, channel, body) => {
    try {
      return JSON.stringify(await answer(sender, channel, body))
    } catch (error) {
      const data = toErrorData(error)
      if (data.code === 'failed') options.log(`${called(channel)}: ${data.message}`, error)
      return JSON.stringify({ ok: false, error: data } satisfies Reply)
    }
  }
}

/** For the log. What the page sent may be anything, even something that cannot be turned into text. */
function called(channel: unknown): string {
  return typeof channel === 'string' ? channel.slice(0, 100) : `of type ${typeof channel}`
}

function fromJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function declined(options: RouterOptions, message: string, log: string): Reply {
  options.log(log)
  return { ok: false, error: refused(message).toData() }
}

/** The first thing that does not fit, by field, in words. */
function misshapen(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): ErrorData {
  const field = v.getDotPath(issues[0]) ?? ''
  const where = field === '' ? 'The request' : `The field ${field}`
  return refused(`${where} is not as it should be: ${issueWords(issues[0])}`, 'Check what was entered.', {
    ...(field === '' ? {} : { field }),
  }).toData()
}
