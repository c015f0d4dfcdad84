/**
 * The same few-shot heads on features as they are, after FastICA, and after PCA and FastICA, side by side: over several draws
 * of labelled rows, on test rows like those drawn from and on shifted ones.
 */
import { unmixingNoteText, type UnmixingNote } from '../../../src-shared/domain/unmixing.ts'
import { pickRows, type RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import { bestClasses, logits } from '../../statistics/regression/logistic-regression.ts'
import { unmix, unmixRows, type Unmixing } from '../../statistics/unmixing/unmix.ts'
import { cachedHead, cachedLogits, cachedTerms, searchWeights, type HeadRows } from './cached-head.ts'
import {
  allFeatures,
  featureTitles,
  shiftedMean,
  type Features,
  type Head,
  type ProbeComparison,
  type ProbeData,
  type ProbeOptions,
  type ProbeScore,
} from './comparison.ts'
import { drawShots, rowsByClass } from './few-shot.ts'
import { planProbe, type ProbePlan } from './plan.ts'
import { accuracyOf, searchProbe } from './penalty-search.ts'

/** @throws refused where no number of shots can be drawn, or nothing is left to test on */
export function compareFeatures(
  data: ProbeData,
  options: ProbeOptions,
  report: (fraction: number, doing: string) => void = () => undefined,
): ProbeComparison {
  const plan = planProbe(data, options)
  const unmixed = new FitNotes()
  const scores: ProbeScore[] = []
  const byClass = rowsByClass(plan.pool, data.labels, data.classes.length)
  const rounds = options.seeds.length * plan.shots.length * allFeatures.length
  let done = 0
  for (const seed of options.seeds) {
    const fittedOnPool = new Map<string, Unmixing>()
    for (const shots of plan.shots) {
      const draw = drawShots(byClass, shots, seed)
      for (const features of allFeatures) {
        report(done++ / rounds, `${features}, ${shots} a class, seed ${seed}`)
        const map = featureMap(data.rows, features, shots, seed, draw, plan, options, fittedOnPool)
        unmixed.add(features, map.notes)
        scores.push(...scoresOf({ data, features, shots, seed, map: map.apply, draw, plan, options }))
      }
    }
  }
  const { sourceDomain, shots: drawn } = plan
  const tests = Object.fromEntries(plan.tests.map(({ name, rows }) => [name, rows.length]))
  return { scores, sourceDomain, shots: drawn, tests, notes: [...plan.notes, ...unmixed.texts()] }
}

/** What the fits had to note, each kind once for each kind of features: the first of it, and how often. */
class FitNotes {
  readonly #found = new Map<string, { readonly text: string; times: number }>()

  add(features: Features, notes: readonly UnmixingNote[]): void {
    for (const note of notes) {
      const own = note.what === 'components-reduced' ? `${note.of}/${note.kept}/${note.asked}` : ''
      const key = `${features}/${note.what}/${own}`
      const known = this.#found.get(key)
      if (known === undefined)
        this.#found.set(key, { text: `${featureTitles[features]}: ${unmixingNoteText(note)}`, times: 1 })
      else known.times++
    }
  }

  texts(): string[] {
    return Array.from(this.#found.values(), ({ text, times }) => (times === 1 ? text : `${text} (${times} fits)`))
  }
}

interface Draw {
  readonly training: Int32Array
  readonly validation: Int32Array
}

interface FeatureMap {
  readonly apply: (rows: RealMatrix) => RealMatrix
  readonly notes: readonly UnmixingNote[]
}

function featureMap(
  rows: RealMatrix,
  features: Features,
  shots: number,
  seed: number,
  draw: Draw,
  plan: ProbePlan,
  { profile, fit, principal, components, rankTolerance }: ProbeOptions,
  fittedOnPool: Map<string, Unmixing>,
): FeatureMap {
  if (features === 'raw') return { apply: (some) => some, notes: [] }
  const usual = profile === 'released' && shots > 4 ? 200 : 160
  const asked = features === 'ica' ? (components.ica ?? 300) : (components.pcaIca ?? usual)
  const key = `${features}/${asked}`
  const known = fit === 'pool' ? fittedOnPool.get(key) : undefined
  const both = Int32Array.of(...draw.training, ...draw.validation)
  const few = profile === 'released' ? both : draw.training
  const fitted =
    known ??
    unmix(pickRows(rows, fit === 'pool' ? plan.pool : few), {
      components: asked,
      // The authors have one seed of FastICA for all.
      seed: profile === 'released' ? 0 : seed,
      ...(features === 'pca-ica' ? { principal } : {}),
      ...(rankTolerance === undefined ? {} : { rankTolerance }),
    })
  if (fit === 'pool') fittedOnPool.set(key, fitted)
  return { apply: (some) => unmixRows(fitted, some), notes: known === undefined ? fitted.notes : [] }
}

interface Round {
  readonly data: ProbeData
  readonly features: Features
  readonly shots: number
  readonly seed: number
  readonly map: (rows: RealMatrix) => RealMatrix
  readonly draw: Draw
  readonly plan: ProbePlan
  readonly options: ProbeOptions
}

function scoresOf({ data, features, shots, seed, map, draw, plan, options }: Round): ProbeScore[] {
  const { profile, heads } = options
  const of = (rows: Int32Array): HeadRows & { readonly labels: Int32Array } => {
    const raw = pickRows(data.rows, rows)
    return { features: raw, unmixed: map(raw), labels: rows.map((row) => data.labels[row]!) }
  }
  const [training, validation] = [of(draw.training), of(draw.validation)]
  const tests = plan.tests.map((test) => ({ test, rows: of(test.rows) }))
  const classes = data.classes.length
  const scored = (head: Head, c: number | null, classify: (rows: HeadRows) => RealMatrix): ProbeScore[] => {
    const each = tests.map(({ test, rows }): ProbeScore => {
      const accuracy = accuracyOf(bestClasses(classify(rows), test.present), rows.labels)
      return { features, head, shots, seed, test: test.name, accuracy, c }
    })
    const shifted = each.filter((_, at) => plan.tests[at]!.shifted)
    if (shifted.length === 0) return each
    const mean = shifted.reduce((sum, { accuracy }) => sum + accuracy, 0) / shifted.length
    return [...each, { features, head, shots, seed, test: shiftedMean, accuracy: mean, c: null }]
  }
  return heads.flatMap((head) => {
    if (head === 'probe') {
      const unmixed = (rows: typeof training) => ({ rows: rows.unmixed, labels: rows.labels })
      const { fitted, c } = searchProbe(unmixed(training), unmixed(validation), classes, profile)
      return scored(head, c, (rows) => logits(fitted, rows.unmixed))
    }
    const kept = cachedHead(training, training.labels, classes, profile)
    const weights = searchWeights(kept, validation)
    return scored(head, null, (rows) => cachedLogits(cachedTerms(kept, rows)(weights.beta), weights))
  })
}
