/** The engines of this machine as the page lists them. */
import { availableParallelism } from 'node:os'
import type { EngineReport } from '../../src-shared/contract/app.ts'
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
  #known: Promise<readonly EngineReport[]> | null = null

  read(refresh: boolean): Promise<readonly EngineReport[]> {
    if (refresh) this.#known = null
    this.#known ??= probe()
    return this.#known
  }
}

async function probe(): Promise<readonly EngineReport[]> {
  // Tensor libraries take their time to load: only who asks for engines waits for them.
  const { describeEngines } = await import('../compute/registry.ts')
  const found = await describeEngines()
  const chosen = found.find((engine) => engine.present && engine.reason === null)?.name
  return found.map(({ name, present, device, reason }) => ({
    name,
    title: titles[name],
    present,
    device: device ?? '',
    why: reason ?? '',
    conformance: 'not run',
    threads: name === 'wasm' ? Math.max(1, Math.floor(availableParallelism() / 2)) : 1,
    chosen: name === chosen,
  }))
}
