/** What an import may use by default. */
import { totalmem } from 'node:os'
import { refused } from '../../src-shared/errors.ts'
import type { ImportLimits } from '../../src-shared/domain/import.ts'

export const mebibyte = 1024 * 1024

/** What this process may have: the machine's memory, or less where it runs in a container. */
function machineMemory(): number {
  const constrained = process.constrainedMemory()
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
}

export const defaultLimits: ImportLimits = {
  seconds: 1800,
  memory: Math.min(3072, Math.floor((0.6 * machineMemory()) / mebibyte)),
  pixels: 64_000_000,
  entries: 200_000,
  file: 2000,
}

/** Refuses values that would not fit into memory beside their scaled copy. */
export function checkValues(values: number, bytesEach: number, what: string, limits: ImportLimits): void {
  const needed = (values * bytesEach) / mebibyte
  if (needed > 0.4 * limits.memory)
    throw refused(
      `${what} would take ${Math.round(needed)} MiB; an import may use ${limits.memory} MiB in all.`,
      'Import fewer samples, or smaller images: "size": [height, width] in a data description.',
      { file: what },
    )
}
