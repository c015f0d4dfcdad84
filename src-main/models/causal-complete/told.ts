/** How well labels are told on the samples that are measured. */
import type { Told } from '../../../src-shared/methods/causal-complete/result.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import { shareOf } from './intervals.ts'
import { termNames } from './regulariser/regulariser.ts'

/** [C][C]: samples of a class (rows) by the class that was told. */
export function confusionOf(told: ArrayLike<number>, labels: Int32Array, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  labels.forEach((label, row) => counts[label]![told[row]!]!++)
  return counts
}

export function hitsOf(told: ArrayLike<number>, labels: Int32Array): number {
  return labels.reduce((sum, label, row) => sum + Number(told[row] === label), 0)
}

/**
 * @param logits [rows, C]
 * @param labels [rows], each with a label
 * @param terms as `CausalCompleteModel.terms` on the same rows
 */
export function toldOf(logits: Float32Array, labels: Int32Array, classes: number, terms: Float32Array): Told {
  const told = likeliest(logits, classes)
  const confusion = confusionOf(told, labels, classes)
  const found = confusion.map((row, c) => row[c]! / row.reduce((a, b) => a + b, 0))
  const term = (name: (typeof termNames)[number]): number => terms[termNames.indexOf(name)]!
  return {
    accuracy: shareOf(hitsOf(told, labels), labels.length),
    balancedAccuracy: found.some(Number.isNaN) ? null : found.reduce((a, b) => a + b, 0) / classes,
    crossEntropy: term('crossEntropy'),
    sufficiencyRisk: term('sufficiencyRisk'),
    necessityRisk: term('necessityRisk'),
  }
}
