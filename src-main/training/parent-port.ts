/**
 * The trainer's line to the process that started it: the same file runs under Node's child_process.fork (process.send)
 * and as an Electron utility process (process.parentPort).
 */

export interface ParentPort {
  /** Messages to a parent that is gone are dropped. */
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The parent died or let go. Electron ends a utility process together with its parent: there it is never called. */
  onClosed(listener: () => void): void
}

/** The part of Electron's parentPort that is used here; its messages arrive as the `data` of an event. */
interface ElectronPort {
  on(event: 'message', listener: (event: unknown) => void): unknown
  postMessage(message: unknown): void
}

function isElectronPort(port: unknown): port is ElectronPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port
}

function dataOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'data' in event ? event.data : undefined
}

function electronParent(port: ElectronPort): ParentPort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', (event) => listener(dataOf(event))),
    onClosed: () => undefined,
  }
}

function nodeParent(): ParentPort {
  return {
    send: (message) => {
      // The callback takes the error of a parent that goes while the message is under way.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
    },
    onMessage: (listener) => void process.on('message', listener),
    onClosed: (listener) => void process.on('disconnect', listener),
  }
}

/** @throws Error when this process was started by hand. */
export function openParentPort(): ParentPort {
  if ('parentPort' in process && isElectronPort(process.parentPort)) return electronParent(process.parentPort)
  if (process.send !== undefined) return nodeParent()
  throw new Error('The trainer works for another process and cannot be started by hand.')
}
