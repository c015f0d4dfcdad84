import type { EngineName } from '../../../src-shared/domain/run.ts'
import { openReferenceTraining } from '../../models/causal-pima/bench/reference-training.ts'
import { openEngine } from '../../compute/engine.ts'
import type { Terminal } from '../terminal.ts'
import { machine, median } from './machine.ts'

export interface StepOptions {
  readonly engine: EngineName | 'auto'
  readonly threads?: number
  readonly batch: number
  /** Steps timed. */
  readonly steps: number
}

/**
 * Before the timed steps: the runtime compiles what runs often for some hundred steps, on the cores that several threads
 * would use. A run trains for thousands.
 */
const warmUp = { steps: 5, milliseconds: 4000 }

/** `bench step`: median milliseconds of one training step of the reference network. */
export async function benchStep(terminal: Terminal, options: StepOptions): Promise<void> {
  const { batch, steps } = options
  const engine = await openEngine(options.engine, options.threads === undefined ? {} : { threads: options.threads })
  const reference = await openReferenceTraining(batch, engine.threads)
  const lossBefore = await reference.loss()
  const warmedUpAt = performance.now() + warmUp.milliseconds
  for (let i = 0; i < warmUp.steps || performance.now() < warmedUpAt; i++) await reference.step()
  const times: number[] = []
  for (let i = 0; i < steps; i++) {
    const start = performance.now()
    await reference.step()
    times.push(performance.now() - start)
    terminal.progress({ label: 'Steps', fraction: (i + 1) / steps, secondsLeft: null })
  }
  terminal.finish()
  const medianMs = median(times)
  const { name, detail, threads } = engine
  await terminal.result(
    {
      bench: 'step',
      engine: name,
      detail,
      threads,
      batch,
      steps,
      medianMs,
      fastestMs: Math.min(...times),
      parameters: reference.parameters,
      lossBefore,
      lossAfter: await reference.loss(),
      ...machine(),
    },
    `${medianMs.toFixed(1)} ms a step (median of ${steps}), batch ${batch}, ${name} (${detail}), threads ${threads}, ${machine().cpu}`,
  )
  await reference.dispose()
}
