/**
 * How often single components return where theory identifies them up to a rotation alone: two noisy views of latents uniform
 * on a sphere, as perfect encoders would give them, unmixed and replicated as a run is. Trainings share samples, so that
 * FastICA's rotation returns in part by itself; the thresholds of components must not take that for a finding.
 *
 *     npm run bench -- sphere-rotation
 */
import { judgeComponents } from '../../src-main/evidence/components/judge-components.ts'
import { drawSubsample } from '../../src-main/evidence/subsample.ts'
import { type Outputs, outputsOf, unmixModalities } from '../../src-main/models/partial-causal/components.ts'
import { whole } from '../../src-main/statistics/piecewise.ts'
import { replicateShare } from '../../src-shared/domain/replication.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'

const spread = 0.12
const replicates = 4

function onSphere(values: readonly number[]): number[] {
  const length = Math.hypot(...values)
  return values.map((value) => value / length)
}

function views(samples: number, latents: number, seed: number): Outputs[] {
  const random = RandomStream.of(seed, 'sphere')
  const rows = Int32Array.from({ length: samples }, (_, row) => row)
  const values = ['x', 't'].map(() => new Float64Array(samples * latents))
  for (const row of rows) {
    const z = onSphere(Array.from({ length: latents }, () => random.normal()))
    for (const table of values) table.set(onSphere(z.map((one) => one + spread * random.normal())), row * latents)
  }
  return values.map((table, m) => outputsOf('xt'[m]!, rows, table))
}

for (const [samples, latents] of [
  [3000, 5],
  [9000, 5],
  [30_000, 5],
  [9000, 10],
  [9000, 3],
] as const)
  for (const seed of [1, 2, 3]) {
    const outputs = views(samples, latents, seed)
    const rules = { components: latents, principal: false, maxIterations: 200, tolerance: 1e-4 }
    const read = (rows: Int32Array, own: number): Float32Array[] => {
      const fitted = rows.filter((_, i) => i % 10 > 0)
      const measured = rows.filter((_, i) => i % 10 === 0)
      return whole(unmixModalities(outputs, samples, fitted, measured, { ...rules, seed: own })).modalities.map(
        ({ values }) => Float32Array.from(values),
      )
    }
    const { mcc, components } = judgeComponents({
      ...{ components: latents, samples, planned: replicates, seed, upToRotation: true },
      modalities: read(
        Int32Array.from({ length: samples }, (_, row) => row),
        seed,
      ),
      replicates: Array.from({ length: replicates }, (_, r) => {
        const { inside, outside } = drawSubsample(samples, { share: replicateShare, seed: 100 * seed + r })
        return { components: latents, leftOut: Array.from(outside), modalities: read(inside, 100 * seed + r) }
      }),
    })
    const each = components.map(
      ({ replicability, standing }) =>
        `${replicability!.mean.toFixed(2)} (${replicability!.interval[0].toFixed(2)}) ${standing}`,
    )
    process.stdout.write(
      `${samples} samples, ${latents} latents, seed ${seed}: MCC ${mcc!.mean.toFixed(2)}; ${each.join(', ')}\n`,
    )
  }
