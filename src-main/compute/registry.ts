/** Every engine, in the order of choice: what each needs, whether this machine has it, and why not. */
import type { EngineName } from '../../src-shared/domain/run.ts'
import type { CausalscopeError } from '../../src-shared/errors.ts'
import { cpuEntry } from './cpu.ts'
import { tensorflowCpuEntry, tensorflowGpuEntry } from './tensorflow/entry.ts'
import { wasmEntry } from './wasm/entry.ts'
import { webgpuEntry } from './webgpu/entry.ts'

/** What a probe found. A software device (no real GPU behind a GPU interface) is never chosen by default. */
export type Presence =
  | { readonly present: true; readonly device: string; readonly software: boolean }
  | { readonly present: false; readonly reason: string }

export interface EngineEntry {
  readonly name: EngineName
  /** True when training may use several data-parallel worker threads. */
  readonly threaded: boolean
  /** Cheap look at the machine; leaves the current backend as it is. */
  readonly probe: () => Promise<Presence>
  /** Makes the backend current and returns the detail for a run's provenance. */
  readonly open: () => Promise<string>
  /** What has befallen the device since it was opened; null while all is well. */
  readonly fault: () => CausalscopeError | null
}

/** In order of choice. */
export const engineEntries: readonly EngineEntry[] = [
  tensorflowGpuEntry,
  webgpuEntry,
  tensorflowCpuEntry,
  wasmEntry,
  cpuEntry,
]

export interface EngineDescription {
  readonly name: EngineName
  readonly present: boolean
  readonly device: string | null
  /** Why it is absent, or why it is not chosen by default; null when nothing is to be said. */
  readonly reason: string | null
}

/** Every engine of the registry as `causalscope engines` lists it. */
export async function describeEngines(): Promise<readonly EngineDescription[]> {
  return Promise.all(
    engineEntries.map(async ({ name, probe }) => {
      const presence = await probe()
      if (!presence.present) return { name, present: false, device: null, reason: presence.reason }
      const reason = presence.software ? 'software rendering only: not chosen by default' : null
      return { name, present: true, device: presence.device, reason }
    }),
  )
}
