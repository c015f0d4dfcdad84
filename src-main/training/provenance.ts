/** How the numbers of a run came about: program, versions, engine, seed, data. */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import type { Provenance, TrainJob } from '../../src-shared/domain/run.ts'
import { preparationRecord } from '../../src-shared/preparations/words.ts'
import type { Engine } from '../compute/engine.ts'

const manifestSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    name: v.literal('causalscope'),
    productName: v.string(),
    version: v.string(),
    dependencies: v.record(v.string(), v.string()),
  }),
)

/** The program's own package.json: the nearest above this file, wherever the build puts it. */
export async function readManifest(): Promise<v.InferOutput<typeof manifestSchema>> {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => null)
    const manifest = v.safeParse(manifestSchema, text)
    if (manifest.success) return manifest.output
    if (folder === dirname(folder)) throw new Error('the program lies apart from its package.json')
  }
}

/** @param modalities those that the run uses */
export async function provenanceOf(
  job: TrainJob,
  engine: Engine,
  modalities: readonly Modality[],
): Promise<Provenance> {
  const { productName, version, dependencies } = await readManifest()
  const preparations = modalities.flatMap(preparationRecord)
  const { goesOnFrom: from } = job
  const tensorflow = Object.entries(dependencies).filter(([name]) => name.startsWith('@tensorflow/'))
  return {
    application: `${productName} ${version}`,
    versions: { node: process.versions.node, ...Object.fromEntries(tensorflow) },
    engine: engine.name,
    engineDetail: engine.detail,
    threads: engine.threads,
    seed: job.seed,
    datasetSha256: job.packSha256,
    ...(preparations.length === 0 ? {} : { preparations }),
    ...(from === undefined ? {} : { goesOnFrom: { run: from.run, epoch: from.epoch, sha256: from.sha256 } }),
  }
}
