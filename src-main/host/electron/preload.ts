/** Runs in the page's sandbox before the page: puts the contract into it, and nothing else of Electron. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge, Reply } from '../../../src-shared/contract.ts'
import { ipcEvent, ipcRequest } from './ipc.ts'

const bridge: Bridge = {
  request: async (channel, body) => {
    const reply: unknown = await ipcRenderer.invoke(ipcRequest, channel, JSON.stringify(body))
    return JSON.parse(String(reply)) as Reply
  },
  listen: (listener) => {
    const heard = (_event: unknown, name: string, payload: unknown): void => listener(name, payload)
    ipcRenderer.on(ipcEvent, heard)
    return () => void ipcRenderer.off(ipcEvent, heard)
  },
  pathOf: (file) => {
    if (!(file instanceof File)) return null
    const path = webUtils.getPathForFile(file)
    return path === '' ? null : path
  },
}

contextBridge.exposeInMainWorld('causalscope', bridge)
