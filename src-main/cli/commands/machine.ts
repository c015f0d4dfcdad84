/** The machine itself: engines and pace. */
import { Argument, type Command, Option } from 'commander'
import { positive } from '../arguments.ts'
import type { Benchmark } from '../bench/bench.ts'
import { engine, type EngineChoice, json, type Json, terminalOf } from './options.ts'

interface BenchArguments extends Json {
  readonly engine: EngineChoice
  readonly threads?: number
  readonly batch: number
  readonly steps: number
  readonly samples: number
  readonly repeats: number
}

export function machineCommands(program: Command): void {
  program
    .command('engines')
    .description('tensor engines: which are here, on what device, and why not')
    .addOption(
      new Option('--native <folder>', 'take a TensorFlow library of your own as the engine').conflicts('forget'),
    )
    .option('--forget', 'forget the TensorFlow that was named')
    .addOption(json())
    .action(async (options: Json & { readonly native?: string; readonly forget?: true }) => {
      const { engines, forgetNative, nameNative } = await import('../engines.ts')
      if (options.native !== undefined) await nameNative(terminalOf(options), options.native)
      else if (options.forget === true) await forgetNative(terminalOf(options))
      else await engines(terminalOf(options))
    })
  program
    .command('bench')
    .description('how fast this machine trains and imports')
    .addArgument(new Argument('<what>', 'what to measure').choices(['step', 'train', 'import', 'kernels']))
    .addOption(engine())
    .option('--threads <n>', 'worker threads of the engine', positive)
    .option('--batch <n>', 'step, kernels: samples a step', positive, 128)
    .option('--steps <n>', 'step: steps timed', positive, 50)
    .option('--samples <n>', 'train, import: number of samples', positive, 4096)
    .option('--repeats <n>', 'import, kernels: times measured', positive, 9)
    .addOption(json())
    .action(async (what: Benchmark, options: BenchArguments) => {
      const { bench } = await import('../bench/bench.ts')
      await bench(terminalOf(options), what, options)
    })
}
