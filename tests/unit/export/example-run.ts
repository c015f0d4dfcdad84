/** A small finished run: images and curves of lattices, three nodes, two metadata columns, one sample without image. */
import { type CausalPimaBody, scoreKind } from '../../../src-shared/methods/causal-pima/result.ts'
import { canBeWritten } from '../../../src-shared/contract/exports.ts'
import { facetNames } from '../../../src-shared/methods/results.ts'
import { exportFormats } from '../../../src-main/export/formats.ts'
import { sampleArrays } from '../example-result.ts'
import type { FinishedRun } from '../../../src-main/export/finished-run.ts'
import type { EpochMetrics } from '../../../src-shared/domain/run.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { categoriesOfOutcomes } from '../../../src-shared/graph-formats/probabilities.ts'
import { exampleJudgement } from '../shared/findings/example-judgement.ts'
import { lattice } from '../shared/graph-formats/example-graph.ts'

/** Every format that a run of this method can be written in. */
export const writableFormats = exportFormats.filter((format) => canBeWritten(format, facetNames('causal-pima')))

const size = 16
const points = 25
const grid = Array.from({ length: points }, (_, i) => (10 * i) / (points - 1))
const counts = lattice.nodes.map((node) => node.categories.length)
const categories = categoriesOfOutcomes(counts)
const outcomes = lattice.logJoint.length

/** A picture of struts as thick as the category says, [size, size, 3] in [0, 1]. */
function picture(outcome: number): number[] {
  const [topology, width] = [categories[0]![outcome]!, categories[1]![outcome]!]
  return Array.from({ length: size * size }, (_, i) => {
    const [y, x] = [Math.floor(i / size), i % size]
    const line = topology === 0 ? (x + y) % 8 : Math.hypot((x % 8) - 4, (y % 8) - 4)
    const dark = topology === 0 ? line <= width : Math.abs(line - 2.5) <= 0.4 + width / 2
    return dark ? [0.2, 0.25, 0.3] : [0.95, 0.95, 0.92]
  }).flat()
}

/** Stress in stored scale: elastic up to a yield strain, then nearly flat, [points]. */
function curve(outcome: number): number[] {
  const slope = 0.06 + 0.07 * categories[2]![outcome]!
  const yieldStrain = 3 + 2 * categories[3]![outcome]!
  return grid.map((strain) => slope * Math.min(strain, yieldStrain) + 0.01 * Math.max(0, strain - yieldStrain))
}

function epochsOf(random: RandomStream): EpochMetrics[] {
  return Array.from({ length: 40 }, (_, i): EpochMetrics => {
    const phase = i < 20 ? 'pretrain' : 'joint'
    const image = -900 * Math.exp(-i / 3) + 1800 + random.normal() * 3
    const stress = -90 * Math.exp(-i / 4) + 60 + random.normal()
    const rest: Record<string, number> =
      phase === 'pretrain' ? { kl: -6 - i / 10 } : { clusterEvidence: -9 + i / 20, posteriorEntropy: 1.5 - i / 50 }
    const terms = { 'reconstruction/micrograph': image, 'reconstruction/stress': stress, ...rest }
    const elbo = Object.values(terms).reduce((sum, term) => sum + term, 0)
    return {
      epoch: i + 1,
      phase,
      step: (i + 1) * 32,
      seconds: i * 2.5,
      score: i === 0 ? elbo - 40_000 : elbo,
      validationScore: elbo - 12,
      terms,
      figures: { temperature: 1, learningRate: 1e-3, klWeight: 1 },
      edges: null,
    }
  })
}

export function exampleRun(samples = 60): FinishedRun {
  const random = RandomStream.of(1, 'example')
  const truth = Array.from({ length: samples }, () => random.categorical(lattice.logJoint.map(Math.exp)))
  const ids = truth.map((_, row) => `s${String(row + 1).padStart(3, '0')}`)
  const latent = 3
  const responsibilities = new Float32Array(samples * outcomes).fill(0.004)
  truth.forEach((outcome, row) => (responsibilities[row * outcomes + outcome] = 1 - 0.004 * (outcomes - 1)))
  const present = Uint8Array.from(ids, (_, row) => (row === 1 ? 0 : 1))
  const components = Array.from({ length: outcomes }, (_, outcome) => {
    const rows = [...truth.keys()].filter((row) => truth[row] === outcome)
    return {
      outcome,
      categories: categories.map((ofOutcome) => ofOutcome[outcome]!),
      weight: rows.length / samples,
      mean: Array.from({ length: latent }, () => random.normal()),
      variance: Array.from({ length: latent }, () => random.uniform()),
      nearest: rows.slice(0, 8).map((row) => ids[row]!),
    }
  })
  const each = Array.from({ length: outcomes }, (_, outcome) => outcome)
  const reversed = each.toReversed()
  return {
    result: {
      method: 'causal-pima',
      provenance: {
        application: 'Causalscope 0.1.0',
        versions: { node: '24.0.0', '@tensorflow/tfjs-core': '4.22.0' },
        engine: 'wasm',
        engineDetail: 'WebAssembly, SIMD',
        threads: 2,
        seed: 20_261_122,
        datasetSha256: 'ab'.repeat(32),
      },
      config: {
        nodes: [{ name: 'Topology', categories: 2 }],
        latent: { size: 3 },
        dag: { lambda: 0.003, restarts: 12 },
      },
      body: {
        graph: lattice,
        components,
        decoded: [
          { modality: 'micrograph', values: each.map(picture) },
          { modality: 'stress', values: each.map(curve) },
        ],
        assignment: {
          chosen: { order: each, residual: 0.41 },
          rivals: [
            { order: reversed, residual: 0.58 },
            { order: [1, 0, ...each.slice(2)], residual: 0.63 },
          ],
          evidence: {
            margin: 0.41,
            nullP: 0.01,
            measuresAgree: true,
            distinct: true,
            decided: true,
            votes: [
              { modality: 'micrograph', counted: true, noiseShare: 0.02, pValue: 0, residual: 0.41, agrees: true },
              { modality: 'stress', counted: false, noiseShare: 0.93, pValue: 0.4, residual: null, agrees: null },
            ],
          },
        },
      } satisfies CausalPimaBody,
      score: {
        ...scoreKind,
        value: 1848.25,
        terms: { 'reconstruction/micrograph': 1799, 'reconstruction/stress': 59 },
      },
      seconds: 101.2,
      epochs: 40,
      warnings: ['Component 7 stayed empty for 5 epochs and was started again from component 2.'],
    },
    arrays: sampleArrays({
      ids,
      responsibilities,
      latentMean: random.normals(samples * latent),
      latentSd: random.normals(samples * latent).map(Math.abs),
      modalityError: Float32Array.from({ length: samples * 2 }, (_, i) => (i === 2 ? NaN : random.uniform())),
      components: outcomes,
      latent,
      modalities: 2,
    }),
    dataset: {
      name: 'Lattice study',
      source: 'lattice/',
      ids,
      notes: [{ severity: 'warning', message: 's002 has no micrograph.', ids: ['s002'] }],
      modalities: [
        {
          modality: {
            name: 'micrograph',
            kind: 'image',
            shape: [size, size, 3],
            scaling: { offset: [0], scale: [255] },
            present: samples - 1,
            source: 'images/',
          },
          data: Float32Array.from(truth.flatMap((outcome, row) => picture(outcome).map((v) => v * present[row]!))),
          present,
        },
        {
          modality: {
            name: 'stress',
            kind: 'curve',
            shape: [points],
            scaling: { offset: [5], scale: [250] },
            present: samples,
            source: 'curves.csv',
            grid,
            gridLabel: 'strain',
            gridUnit: '%',
            valueLabel: 'stress',
            valueUnit: 'MPa',
          },
          data: Float32Array.from(truth.flatMap((outcome) => curve(outcome).map((v) => v + 0.01 * random.normal()))),
          present: new Uint8Array(samples).fill(1),
        },
      ],
      metadata: [
        {
          column: { column: 'topology', kind: 'category', categories: ['octet', '=gyroid'], missing: 1 },
          values: Float64Array.from(truth, (outcome, row) => (row === 2 ? -1 : categories[0]![outcome]!)),
        },
        {
          column: { column: 'Yield', kind: 'number', missing: 1 },
          values: Float64Array.from(truth, (_, row) => (row === 3 ? NaN : random.normal() / 3)),
        },
      ],
    },
    epochs: epochsOf(random),
    components: null,
    judged: {
      judgement: exampleJudgement(lattice),
      stability: Float32Array.from(ids, (_, row) => (row % 2 === 0 ? 1 : 0.75)),
    },
  }
}
