/**
 * Programs of other people on sets of our own, each with a Gaussian mixture on what it finds that is told the true number of
 * joint outcomes: MOFA+, and two multimodal autoencoders of MultiVae. Joint NMI and seconds, to hold beside what
 * `npm run bench -- recovery` says of our training. They are no dependencies; tried with
 *
 *     python3 -m venv peers && peers/bin/pip install mofapy2==0.7.5 multivae==1.0.3 scikit-learn==1.9.1
 *     npm run bench -- representation-peers --python peers/bin/python [--sets circles-line,stripes-peak,rings-ratio]
 *          [--peers mofa,mvae,mvtcae] [--samples 1200] [--seeds 1] [--factors 10] [--latent 8]
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { type NpyArray, npzBytes } from '../../src-main/datasets/npz.ts'
import { datasetOf } from '../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../src-main/datasets/synthetic/registry.ts'
import { normalisedMutualInformation } from '../../src-main/evaluation/clustering.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    sets: { type: 'string', default: 'circles-line,stripes-peak,rings-ratio' },
    samples: { type: 'string', default: '1200' },
    seeds: { type: 'string', default: '1' },
    peers: { type: 'string', default: 'mofa,mvae,mvtcae' },
    factors: { type: 'string', default: '10' },
    latent: { type: 'string', default: '8' },
  },
})
const said = v.object({ labels: v.array(v.number()), factors: v.number(), seconds: v.number(), version: v.string() })

/** Each peer: what it is called, and its script with what follows the file. */
const peers: Readonly<Record<string, { name: string; script: string; size: string; more: readonly string[] }>> = {
  mofa: { name: 'MOFA+', script: 'mofa.py', size: values.factors, more: [] },
  mvae: { name: 'MultiVae, MVAE,', script: 'multivae-peer.py', size: values.latent, more: ['MVAE'] },
  mvtcae: { name: 'MultiVae, MVTCAE,', script: 'multivae-peer.py', size: values.latent, more: ['MVTCAE'] },
}
const samples = Number(values.samples)

const folder = await mkdtemp(join(tmpdir(), 'representation-peers-'))
try {
  console.log('| set | seed | program | factors | joint NMI | seconds |\n| --- | --- | --- | --- | --- | --- |')
  for (const name of values.sets.split(','))
    for (let seed = 0; seed < Number(values.seeds); seed++) {
      const set = await makeSynthetic(name, { samples, seed })
      const arrays = datasetOf(set).modalities.map(({ modality, data }): [string, NpyArray] => [
        modality.name,
        { shape: [samples, data.length / samples], values: data },
      ])
      const file = join(folder, `${name}-${seed}.npz`)
      await writeFile(file, npzBytes(Object.fromEntries(arrays)))
      const width = set.nodes.length
      const joint = Array.from({ length: samples }, (_, row) =>
        set.nodes.reduce((at, node, l) => at * node.categories.length + set.factors[row * width + l]!, 0),
      )
      const outcomes = set.nodes.reduce((product, node) => product * node.categories.length, 1)
      for (const peer of values.peers.split(',')) {
        const { name: program, script, size, more } = peers[peer]!
        const place = join(import.meta.dirname, 'representation-peers', script)
        const args = [place, file, size, String(outcomes), String(seed), ...more]
        const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }
        const { status, stdout, stderr, error } = spawnSync(values.python, args, { encoding: 'utf8', env })
        if (status !== 0) throw new Error(`${values.python}: ${error?.message ?? stderr}`)
        const { labels, factors, seconds, version } = v.parse(said, JSON.parse(stdout))
        const nmi = normalisedMutualInformation(labels, joint)
        console.log(
          `| ${name} | ${seed} | ${program} ${version}, mixture of ${outcomes} | ${factors} | ${nmi.toFixed(3)} | ${seconds.toFixed(0)} |`,
        )
      }
    }
} finally {
  await rm(folder, { recursive: true, force: true })
}
