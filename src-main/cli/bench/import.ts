import { join } from 'node:path'
import { writeSynthetic } from '../../datasets/synthetic/write.ts'
import { openProject } from '../../project/project.ts'
import { importDataset } from '../../services/datasets.ts'
import type { Terminal } from '../terminal.ts'
import { machine, median } from './machine.ts'

export interface ImportOptions {
  readonly samples: number
  readonly repeats: number
}

/** `bench import`: PNG files to a stored data set, the importer's start included. `folder` is for what it writes. */
export async function benchImport(terminal: Terminal, folder: string, options: ImportOptions): Promise<void> {
  const { samples, repeats } = options
  const source = join(folder, 'circles')
  await writeSynthetic('circles', { out: source, samples, seed: 0 })
  const times: number[] = []
  for (let i = 0; i < repeats; i++) {
    const file = join(folder, `import-${i}.causalscope`)
    const project = openProject(file, { program: 'causalscope bench', create: 'new' })
    const start = performance.now()
    await importDataset(file, { source }, () => project)
    times.push((performance.now() - start) / 1000)
    project.close()
    terminal.progress({ label: 'Imports', fraction: (i + 1) / repeats, secondsLeft: null })
  }
  terminal.finish()
  const medianSeconds = median(times)
  const samplesPerSecond = samples / medianSeconds
  await terminal.result(
    { bench: 'import', samples, repeats, medianSeconds, samplesPerSecond, ...machine() },
    `${medianSeconds.toFixed(2)} s for ${samples} PNG images, ${Math.round(samplesPerSecond)} a second (median of ${repeats}), ${machine().cpu}`,
  )
}
