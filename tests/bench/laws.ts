/**
 * Whether a wrong law of an expert decoder is told from a right one (src-main/models/causal-pima/experts/law-fit.ts): what
 * it leaves of single curves, in shares of what as many free directions leave. Nothing is trained.
 *
 *     npm run bench -- laws [--half set|report] [--seeds 1] [--engine wasm]
 *
 * The line was drawn on the sets of the first half, seed 1; the second half set nothing.
 */
import { parseArgs } from 'node:util'
import { openEngine } from '../../src-main/compute/engine.ts'
import { datasetOf } from '../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../src-main/datasets/synthetic/registry.ts'
import { lawFit } from '../../src-main/models/causal-pima/experts/law-fit.ts'
import { breathless } from '../../src-main/statistics/piecewise.ts'
import { thresholds } from '../../src-shared/methods/causal-pima/thresholds.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'

const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'set,report' },
    seeds: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'wasm' },
  },
})

interface Pair {
  readonly half: 'set' | 'report'
  readonly set: string
  /** Of the set; "correlated": its own, and besides of 5 % of the range from point to point by .8. */
  readonly noises: readonly (number | 'correlated')[]
  readonly right: readonly string[]
  readonly wrong: readonly string[]
}

/** A kind of expert, or a formula. */
const pairs: readonly Pair[] = [
  {
    ...{ half: 'set', set: 'ring-decay', noises: [0.003, 0.03, 0.1, 0.3, 'correlated'] },
    right: ['exponential-decay'],
    wrong: ['line', 'power-law', 'elastic-plastic', 'damped-oscillation'],
  },
  {
    ...{ half: 'set', set: 'lattice', noises: [0.02, 0.2, 1, 3, 'correlated'] },
    right: ['elastic-plastic'],
    wrong: ['line', 'power-law', 'exponential-decay'],
  },
  {
    ...{ half: 'set', set: 'blobs-oscillation', noises: [0.005, 0.05, 0.2, 0.6, 'correlated'] },
    right: ['damped-oscillation'],
    wrong: ['exponential-decay', 'elastic-plastic'],
  },
  {
    ...{ half: 'set', set: 'droplet-relaxation', noises: [0.002, 0.02, 0.08, 0.2, 'correlated'] },
    right: ['a * (1 + 20 * t) ^ (-k) + c'],
    wrong: ['exponential-decay', 'power-law'],
  },
  {
    ...{ half: 'set', set: 'circles-line', noises: [0.005, 0.05, 0.2, 'correlated'] },
    right: ['line', 'power-law'],
    wrong: [],
  },
  {
    ...{ half: 'report', set: 'disc-slope', noises: [0.005, 0.05, 0.2, 'correlated'] },
    right: ['a * t + b'],
    wrong: ['line', 'power-law'],
  },
  {
    ...{ half: 'report', set: 'powder-isotherm', noises: [0.002, 0.02, 0.1, 'correlated'] },
    right: ['b + a * k * t / (1 + k * t)'],
    wrong: ['line', 'power-law', 'exponential-decay'],
  },
  {
    ...{ half: 'report', set: 'grains-stress', noises: [0.15, 1.5, 8, 'correlated'] },
    right: ['elastic-plastic'],
    wrong: ['line', 'power-law', 'exponential-decay'],
  },
  {
    ...{ half: 'report', set: 'cells-growth', noises: [0.003, 0.03, 0.15, 'correlated'] },
    right: ['b + a / (1 + exp(-k * (t - m)))'],
    wrong: ['line', 'exponential-decay', 'a * tanh(k * t)'],
  },
  {
    ...{ half: 'report', set: 'beam-vibration', noises: [0.005, 0.05, 0.3, 'correlated'] },
    right: ['damped-oscillation'],
    wrong: ['exponential-decay'],
  },
]
const kinds = ['line', 'elastic-plastic', 'exponential-decay', 'power-law', 'damped-oscillation'] as const

/** In place: noise that goes on from point to point. */
function disturb(curves: Float32Array, points: number, seed: number): void {
  const random = RandomStream.of(seed, 'laws/correlated')
  let last = 0
  curves.forEach((_, at) => {
    last = (at % points === 0 ? 0 : 0.8 * last) + 0.6 * 0.05 * random.normal()
    curves[at]! += last
  })
}

async function ratioOf(set: string, noise: number | 'correlated', law: string, seed: number): Promise<number> {
  const own = noise === 'correlated' ? {} : { noise }
  const { modalities } = datasetOf(await makeSynthetic(set, { samples: 300, seed, ...own }))
  const { modality, data } = modalities.find((one) => one.modality.kind === 'curve')!
  const grid = modality.grid!
  const stored = Float32Array.from(data)
  if (noise === 'correlated') disturb(stored, grid.length, seed)
  const kind = kinds.find((known) => known === law)
  const config = {
    modality: modality.name,
    ...(kind === undefined ? { kind: 'formula' as const, formula: law } : { kind }),
  }
  const offset = modality.scaling.offset[0]! / modality.scaling.scale[0]!
  const fit = await lawFit(config, { values: stored, grid, offset }, breathless)
  if (fit === null) throw new Error(`${law} could not be tried on ${set}`)
  return fit.error < thresholds.lawLeaves * fit.variance ? 0 : fit.error / fit.free
}

await openEngine(values.engine === 'cpu' ? 'cpu' : 'wasm')
const row = (cells: readonly string[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`)
row(['half', 'curves of', 'law', 'right', 'noise: times what free directions leave', 'warns'])
row(['---', '---', '---', '---', '---', '---'])
const warned = { set: [0, 0, 0, 0], report: [0, 0, 0, 0] }
for (const { half, set, noises, right, wrong } of pairs.filter((pair) => values.half.includes(pair.half)))
  for (const law of [...right, ...wrong]) {
    const isRight = right.includes(law)
    const cells: string[] = []
    let warnings = 0
    let tries = 0
    for (const noise of noises)
      for (let seed = 1; seed <= Number(values.seeds); seed++) {
        const ratio = await ratioOf(set, noise, law, seed)
        const warns = ratio >= thresholds.lawMisses
        if (warns) warnings++
        tries++
        cells.push(`${noise}: ${ratio.toFixed(ratio < 10 ? 2 : 0)}`)
      }
    const [at, of] = isRight ? [0, 1] : [2, 3]
    warned[half][at]! += warnings
    warned[half][of]! += tries
    row([half, set, law, isRight ? 'yes' : 'no', cells.join(', '), `${warnings} of ${tries}`])
  }
for (const [half, [a, b, c, d]] of Object.entries(warned))
  if (b! + d! > 0) process.stdout.write(`\n${half}: ${a} of ${b} right laws warned of, ${c} of ${d} wrong ones\n`)
