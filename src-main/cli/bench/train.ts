import { join } from 'node:path'
import { methodIds } from '../../../src-shared/methods/available.ts'
import type { EngineName } from '../../../src-shared/domain/run.ts'
import { writePack } from '../../datasets/pack.ts'
import { datasetOf } from '../../datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../datasets/synthetic/registry.ts'
import { ingestPack } from '../../project/ingest.ts'
import { openProject } from '../../project/project.ts'
import { readEpochs } from '../../project/run-history.ts'
import { readResult } from '../../services/results.ts'
import { RunQueue } from '../../services/run-queue.ts'
import { follow, requireDone } from '../follow.ts'
import type { Terminal } from '../terminal.ts'
import { machine } from './machine.ts'

export interface TrainOptions {
  readonly engine: EngineName | 'auto'
  readonly threads?: number
  readonly samples: number
}

/** The epochs of the reference implementation, none left out. */
const config = { training: { pretrainEpochs: 20, epochs: 40, patience: 0 } }

/** `bench train`: a whole run on circles, with the time and ELBO of each epoch. `folder` is for what it writes. */
export async function benchTrain(terminal: Terminal, folder: string, options: TrainOptions): Promise<void> {
  const { samples } = options
  const project = openProject(join(folder, 'bench.causalscope'), { program: 'causalscope bench', create: 'new' })
  try {
    const packFile = join(folder, 'circles.pack')
    const set = await makeSynthetic('circles', { samples, seed: 0, structure: 'complete' })
    const { sha256 } = await writePack(packFile, datasetOf(set))
    const dataset = await ingestPack(project.database, packFile, sha256)
    const queue = new RunQueue(project)
    const { id } = queue.start({
      datasetId: dataset.id,
      method: methodIds[0]!,
      config,
      seed: 0,
      engine: options.engine,
      threads: options.threads ?? null,
      name: null,
    })
    requireDone(await follow(terminal, queue, id), project.file)
    const { seconds, score, provenance } = await readResult(project, id)
    const elbo = score.value
    const { engine, engineDetail: detail, threads } = provenance
    const epochs = readEpochs(project.database, id).map((m) => ({
      epoch: m.epoch + 1,
      seconds: m.seconds,
      elbo: m.score,
    }))
    await terminal.result(
      { bench: 'train', engine, detail, threads, samples, seconds, elbo, epochs, ...machine() },
      `${seconds.toFixed(1)} s for ${epochs.length} epochs of ${samples} circles, ELBO ${elbo.toFixed(2)} nats, ${engine} (${detail}), threads ${threads}, ${machine().cpu}`,
    )
  } finally {
    project.close()
  }
}
