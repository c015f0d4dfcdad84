/**
 * A disk that fails, or a process that dies, at an exact moment of writing a checkpoint: replaces Node's own file
 * functions, so that the program under test needs no hook of its own.
 */
import fsPromises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import * as v from 'valibot'

export const faultSchema = v.object({
  /** Which checkpoint write, from 1. */
  write: v.number(),
  /** In its course: at a byte of the file, at the flush, before or after the rename, at the flush of the folder. */
  at: v.variant('moment', [
    v.object({ moment: v.literal('byte'), byte: v.number() }),
    v.object({ moment: v.picklist(['flush', 'rename', 'renamed', 'folder']) }),
  ]),
  action: v.picklist(['kill', 'full']),
  /** Whether later writes fail as well. */
  lasting: v.optional(v.boolean(), false),
})
export type Fault = v.InferInput<typeof faultSchema>

function diskFull(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 })
}

/** Breaks the disk for checkpoints from here on; returns how to mend it. */
export function breakDisk(input: Fault): () => void {
  const fault = v.parse(faultSchema, input)
  const { open, rename } = fsPromises
  let writes = 0
  const strike = (): never => {
    if (fault.action === 'full') throw diskFull()
    process.kill(process.pid, 'SIGKILL')
    // The signal takes effect before the next instruction of JavaScript; nothing is to run in between.
    for (;;);
  }
  const isDue = (moment: string): boolean =>
    (fault.lasting ? writes >= fault.write : writes === fault.write) && fault.at.moment === moment

  const faultyOpen = async (...[path, flags, mode]: Parameters<typeof open>): Promise<fsPromises.FileHandle> => {
    const handle = await open(path, flags, mode)
    if (/\.ckpt\.\d+\.tmp-/.test(String(path))) {
      writes++
      let written = 0
      const writeFile = handle.writeFile.bind(handle)
      const sync = handle.sync.bind(handle)
      const limit = fault.at.moment === 'byte' && isDue('byte') ? fault.at.byte : Infinity
      Object.assign(handle, {
        writeFile: async (data: Uint8Array): Promise<void> => {
          const room = limit - written
          await writeFile(data.length > room ? data.subarray(0, room) : data)
          written += data.length
          if (written > limit) strike()
        },
        sync: async (): Promise<void> => {
          if (isDue('flush')) strike()
          await sync()
        },
      })
    } else if (flags === 'r' && isDue('folder')) {
      strike()
    }
    return handle
  }
  const faultyRename: typeof rename = async (from, to) => {
    const ours = String(to).endsWith('.ckpt')
    if (ours && isDue('rename')) strike()
    await rename(from, to)
    if (ours && isDue('renamed')) strike()
  }
  const install = (functions: object): void => {
    Object.assign(fsPromises, functions)
    syncBuiltinESMExports()
  }
  install({ open: faultyOpen, rename: faultyRename })
  return () => install({ open, rename })
}
