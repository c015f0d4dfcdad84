import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openParentPort } from '../../../src-main/training/parent-port.ts'

afterEach(() => {
  Reflect.deleteProperty(process, 'parentPort')
  vi.restoreAllMocks()
})

describe("the trainer's line to its parent", () => {
  it("is Electron's parentPort in a utility process, whose messages come as the data of an event", () => {
    const parentPort = Object.assign(new EventEmitter(), { postMessage: vi.fn() })
    Object.assign(process, { parentPort })
    const port = openParentPort()
    const heard = vi.fn()
    port.onMessage(heard)
    parentPort.emit('message', { data: { type: 'pause' }, ports: [] })
    expect(heard).toHaveBeenCalledExactlyOnceWith({ type: 'pause' })
    port.send({ type: 'paused' })
    expect(parentPort.postMessage).toHaveBeenCalledExactlyOnceWith({ type: 'paused' })
  })

  it('is refused to a process that was started by hand', () => {
    const send: unknown = Reflect.get(process, 'send')
    Object.assign(process, { send: undefined })
    try {
      expect(() => openParentPort()).toThrow(/cannot be started by hand/)
    } finally {
      Object.assign(process, { send })
    }
  })
})
