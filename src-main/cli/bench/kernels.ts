import type { EngineName } from '../../../src-shared/domain/run.ts'
import { kernelTimes } from '../../compute/bench/kernel-times.ts'
import { openEngine } from '../../compute/engine.ts'
import type { Terminal } from '../terminal.ts'
import { machine } from './machine.ts'

export interface KernelOptions {
  readonly engine: EngineName | 'auto'
  readonly batch: number
  readonly repeats: number
}

/** `bench kernels`: the parts of a training step, one thread. */
export async function benchKernels(terminal: Terminal, { engine, batch, repeats }: KernelOptions): Promise<void> {
  const { name, detail } = await openEngine(engine)
  for (const time of await kernelTimes(batch, repeats)) {
    const speed = time.gigaflops === null ? '' : `, ${time.gigaflops.toFixed(1)} GFLOP/s`
    await terminal.result(
      { bench: 'kernels', engine: name, detail, batch, repeats, ...time, ...machine() },
      `${time.kernel}: ${time.medianMs.toFixed(2)} ms${speed}`,
    )
  }
}
