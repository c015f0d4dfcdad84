/** What a trained model reaches on the samples that are measured: as they are, corrupted, and seen in part. */
import type { CausalCompleteBody, Told } from '../../../src-shared/methods/causal-complete/result.ts'
import {
  brierScore,
  fitTemperature,
  probabilitiesAt,
  reliability,
} from '../../evaluation/classification/calibration.ts'
import { publishedPlan, robustnessTable, type RobustnessRow } from '../../evaluation/robustness/robustness.ts'
import { realMatrix, type RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import type { CausalCompleteModel } from './model.ts'
import { readOutputs, readTerms, readViews } from './outputs.ts'
import { toldOf } from './told.ts'
import type { TrainingData } from './training-data.ts'

/** Fewer validation samples say nothing of how sure the classifier may be. */
const fewestCalibrated = 20

export interface Measured {
  readonly told: Told
  /** Divides the logits; 1 where there are too few validation samples. */
  readonly temperature: number
  /** Class that is told of each measured row. */
  readonly classes: Int32Array
  /** Calibrated, [measured, C] */
  readonly probabilities: RealMatrix
  readonly calibration: Calibration
  readonly robustness: readonly RobustnessRow[]
}

type Calibration = NonNullable<CausalCompleteBody['calibration']>

/** On the measured rows, where it was not fitted. */
function calibrationOf(logits: RealMatrix, temperature: number, labels: Int32Array): Calibration {
  const at = (heat: number): Calibration['after'] => {
    const probabilities = probabilitiesAt(logits, heat)
    const { bins, expectedCalibrationError } = reliability(probabilities, labels)
    return {
      bins: bins.map((bin) => ({ ...bin })),
      ...{ error: expectedCalibrationError, brier: brierScore(probabilities, labels) },
    }
  }
  return { before: at(1), after: at(temperature) }
}

export function logitMatrix(logits: Float32Array, classes: number): RealMatrix {
  return realMatrix(logits.length / classes, classes, Float64Array.from(logits))
}

/** Divides the logits; 1 where there are too few validation samples to choose it by. */
export async function temperatureOf(model: CausalCompleteModel, data: TrainingData): Promise<number> {
  const { validation } = data.split
  if (validation.length < fewestCalibrated) return 1
  const { logits } = await readOutputs(model, data, validation)
  const labels = Int32Array.from(validation, (row) => data.labels.values[row]!)
  return fitTemperature(logitMatrix(logits, data.classes), labels).temperature
}

/** @param draws of each corruption; 0: nothing is corrupted */
export async function measure(model: CausalCompleteModel, data: TrainingData, draws: number): Promise<Measured> {
  const { rows } = data.judged
  const labels = Int32Array.from(rows, (row) => data.labels.values[row]!)
  const temperature = await temperatureOf(model, data)
  const { logits } = await readOutputs(model, data, rows)
  const probabilities = probabilitiesAt(logitMatrix(logits, data.classes), temperature)
  const seeds = Array.from({ length: draws }, (_, seed) => seed)
  const plan = publishedPlan(model.shape.config.profile, seeds)
  return {
    ...{ temperature, probabilities },
    told: toldOf(probabilities, labels, await readTerms(model, data, rows)),
    classes: likeliest(logits, data.classes),
    calibration: calibrationOf(logitMatrix(logits, data.classes), temperature, labels),
    robustness: await robustnessTable(
      async (views) => {
        const seen = await readViews(model, data, views)
        return probabilitiesAt(logitMatrix(seen.logits, data.classes), temperature)
      },
      { views: data.views(rows), labels },
      { ...plan, corruptions: draws === 0 ? [] : plan.corruptions },
    ),
  }
}
