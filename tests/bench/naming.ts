/**
 * How often components are called by the right outcomes: instruments of three binary factors with the exact means of all
 * eight clusters, named by the search of causalPIMA alone, without any training.
 *
 *     npm run bench -- naming [--draws 5] [--only PART_OF_A_NAME]
 *
 * Lines were drawn for the first half of the instruments with the second in view; the pairs set nothing.
 */
import { parseArgs } from 'node:util'
import { canonicalOrder } from '../../src-main/models/causal-pima/naming/assignment-symmetry.ts'
import { searchAssignment } from '../../src-main/models/causal-pima/naming/assignment.ts'
import { type ComponentLooks, componentLooks } from '../../src-main/models/causal-pima/naming/component-looks.ts'
import { lookDistances } from '../../src-main/models/causal-pima/naming/component-distances.ts'
import { type Criterion, separableCriterion } from '../../src-main/models/causal-pima/naming/criterion.ts'
import { namingCriteria } from '../../src-main/models/causal-pima/naming/naming-criteria.ts'
import { namingEvidenceOf } from '../../src-main/models/causal-pima/naming/naming-evidence.ts'
import { whole } from '../../src-main/statistics/piecewise.ts'
import { thresholds } from '../../src-shared/methods/causal-pima/thresholds.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { curves } from './naming/curves.ts'
import { images } from './naming/images.ts'
import type { Instrument, Levels, Measure } from './naming/instrument.ts'
import { nulls } from './naming/nulls.ts'
import { pairs } from './naming/pairs.ts'
import { tables } from './naming/tables.ts'

const { values } = parseArgs({
  options: { draws: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
})
const draws = Number(values.draws)
const chosenNames = <T extends { readonly name: string }>(all: readonly T[]): T[] =>
  all.filter(({ name }) => name.includes(values.only))

const categories = [2, 2, 2]
const outcomes: readonly Levels[] = Array.from({ length: 8 }, (_, a) => [
  2 * (a >> 2) - 1,
  (a & 2) - 1,
  2 * (a & 1) - 1,
])
const truth = canonicalOrder([0, 1, 2, 3, 4, 5, 6, 7], categories).join()
/** Nuisances averaged for a cluster's mean, the same for every cluster. */
const nuisances = 8

/** Exact means of one modality as looks without noise. */
function exact(means: readonly (readonly number[])[]): ComponentLooks {
  const memberships = Float32Array.from({ length: 64 }, (_, at) => (at % 9 === 0 ? 1 : 0))
  return componentLooks(memberships, 8, means.flat(), new Uint8Array(8).fill(1))
}

function exactLooks(measure: Measure, name: string, draw: number): ComponentLooks[] {
  const sums: number[][][] = []
  outcomes.forEach((levels, a) => {
    const random = RandomStream.of(draw, `naming/nuisance/${name}`)
    for (let n = 0; n < nuisances; n++)
      measure(levels, random).forEach((modality, m) => {
        const mean = ((sums[m] ??= [])[a] ??= modality.map(() => 0))
        modality.forEach((x, j) => (mean[j]! += x / nuisances))
      })
  })
  return sums.map(exact)
}

const best = (criteria: readonly Criterion[]) =>
  whole(searchAssignment(criteria, categories, { restarts: 1 }, RandomStream.of(0, 'naming')))

function named(looks: readonly ComponentLooks[], seed: number) {
  const assignment = best(namingCriteria(looks, categories))
  const names = looks.map((_, m) => String(m))
  const random = RandomStream.of(seed, 'naming/null')
  const evidence = whole(namingEvidenceOf(assignment, looks, names, categories, undefined, random))
  return { right: assignment.chosen.order.join() === truth, evidence, residual: assignment.chosen.residual }
}

/** By squared distances alone, every modality alike. */
function rightBySquares(looks: readonly ComponentLooks[]): boolean {
  const criteria = looks.map((look) =>
    separableCriterion(
      lookDistances(look).plain.map((d) => d * d),
      categories,
    ),
  )
  return best(criteria).chosen.order.join() === truth
}

interface Row {
  readonly name: string
  readonly part: string
  readonly squares: boolean
  readonly right: boolean
  readonly decided: boolean
  /** Decided but for the margin, and the margin. */
  readonly otherwise: boolean
  readonly margin: number
}

const line = (cells: readonly (string | number)[]): void => {
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}
const head = (cells: readonly string[]): void => {
  line(cells)
  line(cells.map(() => '---'))
}
const share = (rows: readonly unknown[], of: readonly unknown[]): string =>
  of.length === 0 ? '' : (rows.length / of.length).toFixed(2)

function report(name: string, rows: readonly Row[]): void {
  const decided = rows.filter((row) => row.decided)
  line([
    name,
    rows.length,
    share(
      rows.filter((row) => row.squares),
      rows,
    ),
    share(
      rows.filter((row) => row.right),
      rows,
    ),
    share(decided, rows),
    `${decided.filter((row) => row.right).length} of ${decided.length}`,
  ])
}

const single = [...curves, ...images, ...tables]
const parts: readonly (readonly [string, readonly Instrument[]])[] = [
  ['first half', single.filter((_, i) => i % 2 === 0)],
  ['second half', single.filter((_, i) => i % 2 === 1)],
  ['pairs', pairs],
]
process.stdout.write('## Instruments\n\n')
head(['instrument', 'draws', 'first by squared distances', 'first', 'decided', 'right where decided'])
const rows: Row[] = []
for (const [part, instruments] of parts) {
  for (const instrument of chosenNames(instruments)) {
    const { name } = instrument
    const drawn = Array.from({ length: draws }, (_, draw): Row => {
      const looks = exactLooks(instrument.draw(RandomStream.of(draw, `naming/${name}`)), name, draw)
      const { right, evidence } = named(looks, draw)
      return {
        name,
        part,
        squares: rightBySquares(looks),
        right,
        decided: evidence.decided,
        otherwise: evidence.measuresAgree && evidence.distinct && (evidence.nullP ?? 1) <= thresholds.namingNull,
        margin: evidence.margin ?? 0,
      }
    })
    report(name, drawn)
    rows.push(...drawn)
  }
  report(
    `**${part}**`,
    rows.filter((row) => row.part === part),
  )
}

process.stdout.write('\n## Margins\n\n')
head(['margin from', ...parts.map(([part]) => `right where decided, ${part}`)])
for (const margin of [0, 0.005, 0.01, 0.02, 0.03, 0.05])
  line([
    margin,
    ...parts.map(([part]) => {
      const decided = rows.filter((row) => row.part === part && row.otherwise && row.margin >= margin)
      return `${decided.filter((row) => row.right).length} of ${decided.length}`
    }),
  ])

process.stdout.write('\n## Clusters without the structure\n\n')
head(['clusters', 'draws', 'null p <= .05', 'decided'])
const without: boolean[] = []
for (const { name } of chosenNames(Object.keys(nulls).map((name) => ({ name })))) {
  const drawn = Array.from(
    { length: 2 * draws },
    (_, draw) => named([exact(nulls[name]!(RandomStream.of(draw, `naming/${name}`)))], draw).evidence,
  )
  without.push(...drawn.map(({ decided }) => decided))
  line([
    name,
    drawn.length,
    share(
      drawn.filter(({ nullP }) => (nullP ?? 1) <= thresholds.namingNull),
      drawn,
    ),
    share(
      drawn.filter(({ decided }) => decided),
      drawn,
    ),
  ])
}
line(['**all**', without.length, '', share(without.filter(Boolean), without)])

/** 480 noisy samples of a spectrum, beside a picture of nothing but stripes of a random phase. */
function besideNoise(draw: number): ComponentLooks[] {
  const random = RandomStream.of(draw, 'naming/beside')
  const measure = curves[3]!.draw(random)
  const [spectra, textures]: [number[], number[]] = [[], []]
  const memberships = new Float32Array(480 * 8)
  for (let d = 0; d < 480; d++) {
    memberships[d * 8 + (d % 8)] = 1
    spectra.push(...measure(outcomes[d % 8]!, random)[0]!.map((x) => x + 0.05 * random.normal()))
    const phase = 2 * Math.PI * random.uniform()
    for (let j = 0; j < 144; j++) textures.push(Math.sin(1.1 * (j % 12) + 0.6 * Math.floor(j / 12) + phase))
  }
  const present = new Uint8Array(480).fill(1)
  return [spectra, textures].map((data) => componentLooks(memberships, 8, data, present))
}

process.stdout.write('\n## A modality of noise beside a good one\n\n')
head(['names by', 'right'])
const noisy = Array.from({ length: 30 }, (_, draw) => besideNoise(draw))
const rightBy = (looks: readonly ComponentLooks[]): boolean =>
  best(namingCriteria(looks, categories)).chosen.order.join() === truth
line(['the spectrum alone', `${noisy.filter(([spectrum]) => rightBy([spectrum!])).length} of 30`])
line([
  'both, whatever they carry',
  `${noisy.filter((looks) => best(namingCriteria(looks, categories, () => true)).chosen.order.join() === truth).length} of 30`,
])
line(['both, each with a vote where clusters differ in it', `${noisy.filter(rightBy).length} of 30`])

process.stdout.write('\n## Wrong clusters: two in one, another cut in two\n\n')
head(['clusters', 'draws', 'null p > .2', 'residual > .85', 'median residual'])
const clusterings = {
  right: (means: number[][]) => means,
  wrong: (means: number[][], random: RandomStream) => confused(means, random),
}

function confused(means: number[][], random: RandomStream): number[][] {
  const [a, b, c] = random.permutation(8)
  const spread = means[c!]!.map((x, j) => 0.1 * (x - means[a!]![j]!))
  const out = means.map((mean) => mean.slice())
  out[a!] = means[a!]!.map((x, j) => (x + means[b!]![j]!) / 2)
  out[b!] = means[c!]!.map((x, j) => x + spread[j]!)
  out[c!] = means[c!]!.map((x, j) => x - spread[j]!)
  return out
}
for (const [what, change] of Object.entries(clusterings)) {
  const found = chosenNames(single).map((instrument) => {
    const looks = exactLooks(instrument.draw(RandomStream.of(99, `naming/${instrument.name}`)), instrument.name, 99)
    const { means, width } = looks[0]!
    const rowsOfMeans = Array.from({ length: 8 }, (_, a) => Array.from(means.subarray(a * width, (a + 1) * width)))
    const { evidence, residual } = named([exact(change(rowsOfMeans, RandomStream.of(0, instrument.name)))], 0)
    return { nullP: evidence.nullP ?? 1, residual }
  })
  const residuals = found.map(({ residual }) => residual).toSorted((p, q) => p - q)
  line([
    what,
    found.length,
    share(
      found.filter(({ nullP }) => nullP > 0.2),
      found,
    ),
    share(
      found.filter(({ residual }) => residual > 0.85),
      found,
    ),
    (residuals[Math.floor(residuals.length / 2)] ?? 0).toFixed(2),
  ])
}
