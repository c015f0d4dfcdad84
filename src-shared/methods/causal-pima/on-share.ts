/** A configuration for a training on a part of the samples, as a replicate is. */
import { smallerBatch } from '../../config/smaller-batch.ts'
import type { CausalPimaConfig } from './config.ts'

/** Categories are compared, which the joint phase refines: half of it does, where the half is several epochs. */
const jointShare = 0.5
const fewestEpochs = 4

/** @param share of the samples, in (0, 1] */
export function onShare(config: CausalPimaConfig, share: number): CausalPimaConfig {
  const { batchSize, epochs } = config.training
  return {
    ...config,
    training: {
      ...config.training,
      batchSize: smallerBatch(batchSize, share),
      epochs: Math.min(epochs, Math.max(fewestEpochs, Math.ceil(epochs * jointShare))),
    },
  }
}
