/** How well labels are told on the samples that are measured. */
import type { Told } from '../../../src-shared/methods/causal-complete/result.ts'
import { classificationMeasures } from '../../evaluation/classification/measures.ts'
import { reliability } from '../../evaluation/classification/calibration.ts'
import type { RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import { shareOf } from './intervals.ts'
import { termNames } from './regulariser/regulariser.ts'

/**
 * @param probabilities calibrated, [rows, C]
 * @param labels [rows], each with a label
 * @param terms as `CausalCompleteModel.terms` on the same rows
 */
export function toldOf(probabilities: RealMatrix, labels: Int32Array, terms: Float32Array): Told {
  const { accuracy, balancedAccuracy, macroF1 } = classificationMeasures(probabilities, labels)
  const term = (name: (typeof termNames)[number]): number => terms[termNames.indexOf(name)]!
  return {
    accuracy: shareOf(Math.round(accuracy * labels.length), labels.length),
    ...{ balancedAccuracy, macroF1 },
    calibrationError: reliability(probabilities, labels).expectedCalibrationError,
    crossEntropy: term('crossEntropy'),
    sufficiencyRisk: term('sufficiencyRisk'),
    necessityRisk: term('necessityRisk'),
  }
}
