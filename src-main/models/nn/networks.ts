/** Encoders and decoders built from their specifications. */
import * as tf from '@tensorflow/tfjs-core'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { type Gaussian, maximumLogVariance, minimumLogVariance } from './gaussian.ts'
import { buildLayers, type LayerContext } from './layers.ts'
import { decoderSpec, encoderSpec } from './network-specs.ts'

export type Encoder = (x: tf.Tensor) => Gaussian
/** z [n, l] -> prediction [n, ...shape] */
export type Decoder = (z: tf.Tensor2D) => tf.Tensor

/** The network's 2 l outputs are split into mean and clamped log variance. */
export function buildEncoder(context: LayerContext, modality: Modality, latent: number): Encoder {
  const body = buildLayers(context, encoderSpec(modality, 2 * latent))
  return (x) => {
    const out = body(x) as tf.Tensor2D
    const rows = out.shape[0]
    return {
      mean: tf.slice(out, [0, 0], [rows, latent]),
      logVar: tf.clipByValue<tf.Tensor2D>(
        tf.slice(out, [0, latent], [rows, latent]),
        minimumLogVariance,
        maximumLogVariance,
      ),
    }
  }
}

export function buildDecoder(context: LayerContext, modality: Modality, latent: number): Decoder {
  return buildLayers(context, decoderSpec(modality, latent))
}
