/** `bench`: how fast this machine trains and imports, each number with what it was made on. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Terminal } from '../terminal.ts'
import { benchImport, type ImportOptions } from './import.ts'
import { benchKernels, type KernelOptions } from './kernels.ts'
import { benchStep, type StepOptions } from './step.ts'
import { benchTrain, type TrainOptions } from './train.ts'

export type Benchmark = 'step' | 'train' | 'import' | 'kernels'

/** What a benchmark writes goes to a folder of its own that is removed with it. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'causalscope-bench-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function bench(
  terminal: Terminal,
  what: Benchmark,
  options: StepOptions & TrainOptions & ImportOptions & KernelOptions,
): Promise<void> {
  switch (what) {
    case 'step':
      return benchStep(terminal, options)
    case 'train':
      return inFolder((folder) => benchTrain(terminal, folder, options))
    case 'import':
      return inFolder((folder) => benchImport(terminal, folder, options))
    case 'kernels':
      return benchKernels(terminal, options)
  }
}
