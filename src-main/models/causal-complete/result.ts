/** What a finished run says (causal-complete.md section 5), read from all samples under the best epoch's parameters. */
import type { Provenance } from '../../../src-shared/domain/run.ts'
import { namedMatrix } from '../../../src-shared/domain/result.ts'
import {
  type CausalCompleteConfig,
  directionOf,
  effectiveWeights,
} from '../../../src-shared/methods/causal-complete/config.ts'
import { arrayNames, type CausalCompleteBody, scoreKind } from '../../../src-shared/methods/causal-complete/result.ts'
import { classificationMeasures } from '../../evaluation/classification/measures.ts'
import { probabilitiesAt } from '../../evaluation/classification/calibration.ts'
import type { RobustnessRow } from '../../evaluation/robustness/robustness.ts'
import type { SessionResult } from '../session.ts'
import { fragileChanges } from './fragile-changes.ts'
import { type Fragility, fragilityOf } from './fragility.ts'
import { pairedGain } from './intervals.ts'
import type { CausalCompleteModel } from './model.ts'
import { logitMatrix, measure, type Measured } from './measured.ts'
import { type Outputs, readOutputs } from './outputs.ts'
import type { TrainingData } from './training-data.ts'

/** Fragile samples that are named. */
const fragileShown = 12

export interface ResultParts {
  readonly model: CausalCompleteModel
  readonly data: TrainingData
  readonly config: CausalCompleteConfig
  readonly base: CausalCompleteModel | null
}

export interface Ending {
  readonly epochs: number
  readonly seconds: number
  readonly provenance: Provenance
}

export async function buildResult(
  { model, data, config, base }: ResultParts,
  { epochs, seconds, provenance }: Ending,
): Promise<SessionResult> {
  const { measured: rows, classes, judged, labels } = data
  const place = new Map(Array.from(rows, (row, at) => [row, at]))
  const outputs = await readOutputs(model, data, rows)
  const known = Int32Array.from(judged.rows, (row) => labels.values[row]!)
  const weight = await model.classifier.weight.data<'float32'>()
  const fragility = fragilityOf(outputs.logits, outputs.representation, weight, classes)
  const fragile = fragileSamples(fragility, data)
  const { draws } = config.robustness
  const whole = await measure(model, data, draws)
  const without = base === null ? null : await measure(base, data, draws)
  const { told, temperature } = whole
  const { confusion } = classificationMeasures(whole.probabilities, known)
  const counts = confusion.map((row) => row.reduce((a, b) => a + b, 0))
  const body: CausalCompleteBody = {
    ...{ profile: config.profile, fusion: config.networks.fusion, label: labels.column },
    leftOut: config.training.leaveOut,
    learntOn: data.source === null ? null : { run: data.source.run, heldOut: data.source.reader.heldOut.length },
    classes: labels.classes.map((name, c) => ({ name, ...countsOf(data, c) })),
    unlabelled: labels.missing,
    weights: effectiveWeights(config),
    direction: directionOf(config),
    ...{ measuredOn: judged.part, measured: judged.rows.length },
    majority: Math.max(...counts) / known.length,
    ...{ told, temperature },
    confusion: confusion.map((row) => [...row]),
    robustness: whole.robustness.map((row, at) => robustnessOf(row, without?.robustness[at] ?? null)),
    modalities: data.modalities.map(({ name }) => name),
    attention: attentionOf(outputs, data, place),
    calibration: whole.calibration,
    ...fragile,
    changes: await fragileChanges(model, data, fragile.fragile),
    base: without === null ? null : { told: without.told, gain: gainOf(whole, without, known) },
  }
  const { sufficiencyRisk, necessityRisk } = told
  return {
    result: {
      ...{ method: 'causal-complete', provenance, config, seconds, epochs, body, warnings: [...data.warnings] },
      cautions: [...data.cautions],
      score: {
        ...scoreKind,
        value: sufficiencyRisk + necessityRisk,
        terms: { sufficiencyRisk, necessityRisk, crossEntropy: told.crossEntropy },
      },
    },
    arrays: { ids: data.ids, named: namedArrays(outputs, fragility, temperature, data) },
  }
}

function countsOf({ labels, split }: TrainingData, c: number): { training: number; validation: number; test: number } {
  const of = (rows: Int32Array): number => rows.reduce((sum, row) => sum + Number(labels.values[row] === c), 0)
  return { training: of(split.training), validation: of(split.validation), test: of(split.test) }
}

function robustnessOf(
  { kind, corruption, modalities, samples, mean, worst }: RobustnessRow,
  base: RobustnessRow | null,
): CausalCompleteBody['robustness'][number] {
  return {
    ...{ kind, corruption, modalities: [...modalities], samples, accuracy: mean.accuracy, worst },
    base: base === null ? null : { accuracy: base.mean.accuracy, worst: base.worst },
  }
}

/** Paired by sample. */
function gainOf(
  { classes: own }: Measured,
  { classes: base }: Measured,
  labels: Int32Array,
): { value: number; low: number; high: number } {
  const only = (a: Int32Array, b: Int32Array): number =>
    labels.reduce((sum, label, row) => sum + Number(a[row] === label && b[row] !== label), 0)
  return pairedGain(only(own, base), only(base, own), labels.length)
}

function attentionOf(
  { attention }: Outputs,
  data: TrainingData,
  place: ReadonlyMap<number, number>,
): CausalCompleteBody['attention'] {
  const count = data.modalities.length
  return data.modalities.map((_, i) => {
    const rows = data.rowsWith(i, data.judged.rows)
    return data.modalities.map((__, j) => {
      if (rows.length === 0) return null
      const sum = rows.reduce((total, row) => total + attention[(place.get(row)! * count + i) * count + j]!, 0)
      return sum / rows.length
    })
  })
}

function fragileSamples(
  { distance, told, instead }: Fragility,
  { ids, labels, measured: rows }: TrainingData,
): Pick<CausalCompleteBody, 'medianFragility' | 'fragile'> {
  const order = Array.from(distance.keys()).sort((a, b) => distance[a]! - distance[b]! || a - b)
  const name = (c: number): string => labels.classes[c]!
  return {
    medianFragility: distance[order[Math.floor(order.length / 2)]!]!,
    fragile: order.slice(0, fragileShown).map((at) => {
      const label = labels.values[rows[at]!]!
      return {
        ...{ id: ids[rows[at]!]!, fragility: distance[at]!, told: name(told[at]!), instead: name(instead[at]!) },
        label: label < 0 ? null : name(label),
      }
    }),
  }
}

function namedArrays(
  { logits, representation }: Outputs,
  { distance }: Fragility,
  temperature: number,
  data: TrainingData,
): SessionResult['arrays']['named'] {
  const { samples, classes, measured: rows, split } = data
  const width = representation.length / rows.length
  const spread = (values: Float32Array, columns: number): Float32Array => {
    const all = new Float32Array(samples * columns).fill(NaN)
    rows.forEach((row, at) => all.set(values.subarray(at * columns, (at + 1) * columns), row * columns))
    return all
  }
  const part = new Float32Array(samples).fill(NaN)
  for (const [number, one] of [split.training, split.validation, split.test].entries())
    for (const row of one) part[row] = number
  return {
    [arrayNames.representation]: namedMatrix(spread(representation, width), samples, width),
    [arrayNames.spread]: namedMatrix(new Float32Array(samples * width).fill(NaN), samples, width),
    [arrayNames.probabilities]: namedMatrix(
      spread(Float32Array.from(probabilitiesAt(logitMatrix(logits, classes), temperature).values), classes),
      samples,
      classes,
    ),
    [arrayNames.fragility]: namedMatrix(spread(distance, 1), samples, 1),
    [arrayNames.part]: namedMatrix(part, samples, 1),
  }
}
