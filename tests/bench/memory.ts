/**
 * What training holds in memory, in the real trainer process on one thread:
 *
 *     npm run bench -- memory peak [--samples 10000]     the most that a run on circles ever takes
 *     npm run bench -- memory flat [--steps 10000]       whether it grows with the steps: circles-line, small batches
 *
 * Resident memory as the trainer tells it every two seconds, and its highest (VmHWM) on Linux.
 */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writePack } from '../../src-main/datasets/pack.ts'
import { datasetOf } from '../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../src-main/datasets/synthetic/registry.ts'
import { RunSupervisor } from '../../src-main/training/supervisor.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { samples: { type: 'string', default: '10000' }, steps: { type: 'string', default: '10000' } },
})

interface Reading {
  readonly step: number
  /** MiB */
  readonly rss: number
  readonly tensors: number
}

interface Course {
  readonly readings: readonly Reading[]
  /** VmHWM, MiB; null where the system does not tell. */
  readonly peak: number | null
  readonly seconds: number
}

async function highest(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kib = /VmHWM:\s+(\d+) kB/.exec(status)?.[1]
  return kib === undefined ? null : Number(kib) / 1024
}

async function train(name: string, samples: number, config: unknown): Promise<Course> {
  const folder = await mkdtemp(join(tmpdir(), 'causalscope-memory-'))
  try {
    const packFile = join(folder, 'data.pack')
    const { sha256: packSha256 } = await writePack(packFile, datasetOf(await makeSynthetic(name, { samples, seed: 0 })))
    const runFolder = join(folder, 'run')
    await mkdir(runFolder)
    const readings: Reading[] = []
    let peak: number | null = null
    const start = performance.now()
    const look = async (): Promise<void> => {
      if (run.pid !== undefined) peak = (await highest(run.pid)) ?? peak
    }
    const run = new RunSupervisor().start(
      {
        ...{ runId: 1, method: 'causal-pima', packFile, packSha256, runFolder, config, seed: 0 },
        ...{ engine: 'wasm', threads: 1, resume: false },
      },
      {
        event: () => void look(),
        alive: ({ step, memory }) => {
          readings.push({ step, rss: memory.rss / 2 ** 20, tensors: memory.tensors ?? 0 })
          void look()
        },
      },
    )
    // A run of few epochs has few events, and the highest is gone with the process.
    const timer = setInterval(() => void look(), 100)
    const end = await run.ended
    clearInterval(timer)
    if (end.type !== 'done') throw new Error(JSON.stringify(end))
    return { readings, peak, seconds: (performance.now() - start) / 1000 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

if (positionals[0] === 'flat') {
  const steps = Number(values.steps)
  // 180 training samples in batches of 9: 20 steps an epoch, half of them in each phase.
  const epochs = Math.round(steps / 40)
  const { readings, peak, seconds } = await train('circles-line', 200, {
    training: { pretrainEpochs: epochs, epochs, batchSize: 9, patience: 0 },
    mixture: { readings: 1, retries: 0 },
    dag: { restarts: 2, steps: 50 },
  })
  console.log('| step | resident, MiB | tensors |\n| --- | --- | --- |')
  for (let k = 1; k <= 10; k++) {
    const at = readings.find(({ step }) => step >= (k / 10) * steps) ?? readings.at(-1)!
    console.log(`| ${at.step} | ${at.rss.toFixed(0)} | ${at.tensors} |`)
  }
  console.log(`\nhighest ${peak?.toFixed(0) ?? '?'} MiB, ${steps} steps, ${seconds.toFixed(0)} s`)
} else {
  const { readings, peak, seconds } = await train('circles', Number(values.samples), {
    training: { pretrainEpochs: 2, epochs: 2, patience: 0 },
    mixture: { readings: 2, retries: 0 },
  })
  const told = Math.max(...readings.map(({ rss }) => rss))
  console.log(
    `${values.samples} images of 28 x 28 x 3, 2 + 2 epochs: highest ${peak?.toFixed(0) ?? '?'} MiB, ` +
      `${told.toFixed(0)} MiB as told every two seconds; ${seconds.toFixed(0)} s`,
  )
}
