/** Does a node come back in other parts of the samples, beyond what few trainings and samples leave open? */
import type { Estimate } from '../domain/judgement.ts'
import { evidenceThresholds } from './thresholds.ts'

export function returns({ interval: [low] }: Estimate): boolean {
  return low >= evidenceThresholds.supportedNode
}
