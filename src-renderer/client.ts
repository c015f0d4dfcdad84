/**
 * The page's end of the contract: requests typed by channel, events by name, arrays by URL. A refused or failed request
 * throws a CausalscopeError, whose message and hint are for the person.
 */
import { type Channel, type EventName, type EventOf, type RequestOf, type ResponseOf } from '../src-shared/contract.ts'
import type { ArrayRef } from '../src-shared/contract/shapes.ts'
import { CausalscopeError, failed } from '../src-shared/errors.ts'

export async function request<C extends Channel>(channel: C, body: RequestOf<C>): Promise<ResponseOf<C>> {
  const reply = await window.causalscope.request(channel, body)
  if (!reply.ok) throw new CausalscopeError(reply.error)
  // The host answers by the same contract; the router's tests hold it to that.
  return reply.value as ResponseOf<C>
}

type Listener = (payload: unknown) => void
const listeners = new Map<string, Set<Listener>>()
let listening = false

/** Calls `listener` for each event of this name until the returned function is called. */
export function on<E extends EventName>(name: E, listener: (payload: EventOf<E>) => void): () => void {
  if (!listening) {
    listening = true
    window.causalscope.listen((event, payload) => listeners.get(event)?.forEach((l) => l(payload)))
  }
  const set = listeners.get(name) ?? new Set<Listener>()
  listeners.set(name, set)
  const heard: Listener = (payload) => listener(payload as EventOf<E>)
  set.add(heard)
  return () => set.delete(heard)
}

/** A name for long work, unique in this page: pass it as `task`, watch `task.progress`, cancel with `task.cancel`. */
export function newTask(): string {
  return crypto.randomUUID()
}

interface ArrayTypes {
  float32: Float32Array
  int32: Int32Array
  uint8: Uint8Array
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url)
  if (!response.ok) throw failed(`The data at ${url} are no longer there.`, 'Open this view again.')
  return response
}

function decoded(base64: string): ArrayBuffer {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes.buffer
}

/** The values of an array reference, row-major in `ref.shape`. */
export async function load<D extends ArrayRef['dtype']>(ref: ArrayRef & { readonly dtype: D }): Promise<ArrayTypes[D]>
export async function load(ref: ArrayRef): Promise<Float32Array | Int32Array | Uint8Array> {
  const buffer = ref.base64 === undefined ? await (await fetched(ref.url)).arrayBuffer() : decoded(ref.base64)
  switch (ref.dtype) {
    case 'float32':
      return new Float32Array(buffer)
    case 'int32':
      return new Int32Array(buffer)
    case 'uint8':
      return new Uint8Array(buffer)
  }
}

/** The JSON at a data URL (`idsUrl`). */
export async function loadStrings(url: string): Promise<readonly string[]> {
  const value: unknown = await (await fetched(url)).json()
  if (!Array.isArray(value)) throw failed(`The data at ${url} are not a list.`)
  return value.map(String)
}
