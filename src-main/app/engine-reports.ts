/** The engines of this machine as the page lists them. */
import type { EngineReport } from '../../src-shared/contract/app.ts'
import { defaultThreads } from '../compute/threads.ts'
import { findEngines, type FoundEngine } from '../services/engines.ts'
import type { Spawn } from '../training/spawn.ts'
import type { EngineName } from '../../src-shared/domain/run.ts'

const titles: Readonly<Record<EngineName, string>> = {
  'tensorflow-gpu': 'TensorFlow on the GPU (CUDA)',
  webgpu: 'WebGPU',
  tensorflow: 'TensorFlow on the CPU',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
}

/** Probes once and remembers: the machine does not change while the app runs, unless the person says so. */
export class EngineReports {
  readonly #spawn: Spawn
  #known: Promise<readonly EngineReport[]> | null = null

  constructor(spawn: Spawn) {
    this.#spawn = spawn
  }

  read(refresh: boolean): Promise<readonly EngineReport[]> {
    if (refresh) this.#known = null
    this.#known ??= this.#find()
    // What failed once may succeed the next time.
    this.#known.catch(() => (this.#known = null))
    return this.#known
  }

  async #find(): Promise<readonly EngineReport[]> {
    return reports(await findEngines(this.#spawn))
  }
}

function reports(found: readonly FoundEngine[]): readonly EngineReport[] {
  const chosen = found.find((engine) => engine.present && engine.reason === null)?.name
  return found.map(({ name, present, device, reason }) => ({
    name,
    title: titles[name],
    present,
    device: device ?? '',
    why: reason ?? '',
    conformance: 'not run',
    threads: name === 'wasm' ? defaultThreads() : 1,
    chosen: name === chosen,
  }))
}
