/** Encoders and decoders by kind of modality (causal-pima.md section 6); sizes follow the modality's shape. */
import * as tf from '@tensorflow/tfjs-core'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { sizeOf } from '../../datasets/dataset.ts'
import {
  convolution,
  dense,
  flatten,
  type Layer,
  type LayerContext,
  reshapeTo,
  sequence,
  transposedConvolution,
} from './layers.ts'
import { type Gaussian, maximumLogVariance, minimumLogVariance } from '../causal-pima/elbo.ts'

export type Encoder = (x: tf.Tensor) => Gaussian
/** z [n, l] -> prediction [n, ...shape] */
export type Decoder = (z: tf.Tensor2D) => tf.Tensor

const channels = (stage: number): number => (stage === 0 ? 32 : 64)

/** Side lengths after each stride-2 stage: two stages, or more until the smallest map is at most 10 x 10. */
function imageStages(height: number, width: number): [number, number][] {
  const sizes: [number, number][] = [[height, width]]
  const half = (n: number): number => Math.ceil(n / 2)
  while (sizes.length < 3 || Math.max(...sizes.at(-1)!) > 10) {
    const [h, w] = sizes.at(-1)!
    sizes.push([half(h), half(w)])
  }
  return sizes
}

/** Splits a network's 2 l outputs into mean and clamped log variance. */
function gaussianHead(latent: number, body: Layer): Encoder {
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

function imageEncoder(context: LayerContext, name: string, shape: readonly number[], latent: number): Layer {
  const [height = 1, width = 1, depth = 1] = shape
  const sizes = imageStages(height, width)
  const layers: Layer[] = []
  for (let stage = 0; stage + 1 < sizes.length; stage++)
    layers.push(
      convolution(context, `${name}/conv${stage}`, {
        kernel: [3, 3],
        stride: [2, 2],
        inputs: stage === 0 ? depth : channels(stage - 1),
        outputs: channels(stage),
        activation: 'elu',
      }),
    )
  const [h, w] = sizes.at(-1)!
  return sequence(
    ...layers,
    flatten,
    dense(context, `${name}/dense0`, h * w * channels(sizes.length - 2), 128, 'elu'),
    dense(context, `${name}/dense1`, 128, 2 * latent),
  )
}

function imageDecoder(context: LayerContext, name: string, shape: readonly number[], latent: number): Layer {
  const [height = 1, width = 1, depth = 1] = shape
  const sizes = imageStages(height, width)
  const [h, w] = sizes.at(-1)!
  const stages = sizes.length - 1
  const layers: Layer[] = [
    dense(context, `${name}/dense0`, latent, 128, 'elu'),
    dense(context, `${name}/dense1`, 128, h * w * 64, 'elu'),
    reshapeTo([h, w, 64]),
  ]
  for (let stage = stages - 1; stage >= 0; stage--) {
    const inputs = stage === stages - 1 ? 64 : channels(stage)
    const outputs = stage === 0 ? depth : channels(stage - 1)
    layers.push(
      transposedConvolution(
        context,
        `${name}/conv${stages - 1 - stage}`,
        { kernel: [3, 3], stride: [2, 2], inputs, outputs, activation: stage > 0 ? 'elu' : 'linear' },
        sizes[stage]!,
      ),
    )
  }
  return sequence(...layers)
}

function curveEncoder(context: LayerContext, name: string, points: number, latent: number): Layer {
  const quarter = Math.ceil(Math.ceil(points / 2) / 2)
  const stage = (index: number, inputs: number, outputs: number): Layer =>
    convolution(context, `${name}/conv${index}`, { kernel: [1, 5], stride: [1, 2], inputs, outputs, activation: 'elu' })
  return sequence(
    reshapeTo([1, points, 1]),
    stage(0, 1, 16),
    stage(1, 16, 32),
    flatten,
    dense(context, `${name}/dense0`, quarter * 32, 64, 'elu'),
    dense(context, `${name}/dense1`, 64, 2 * latent),
  )
}

function denseNetwork(context: LayerContext, name: string, sizes: readonly number[]): Layer {
  const layers: Layer[] = []
  for (let i = 0; i + 1 < sizes.length; i++) {
    const last = i + 2 === sizes.length
    layers.push(dense(context, `${name}/dense${i}`, sizes[i]!, sizes[i + 1]!, last ? 'linear' : 'elu'))
  }
  return sequence(...layers)
}

export function buildEncoder(context: LayerContext, modality: Modality, latent: number): Encoder {
  const name = `encoder/${modality.name}`
  const size = sizeOf(modality.shape)
  switch (modality.kind) {
    case 'image':
      return gaussianHead(latent, imageEncoder(context, name, modality.shape, latent))
    case 'curve':
      return gaussianHead(latent, curveEncoder(context, name, size, latent))
    case 'vector':
    case 'embedding':
      return gaussianHead(latent, denseNetwork(context, name, [size, 64, 64, 2 * latent]))
  }
}

export function buildDecoder(context: LayerContext, modality: Modality, latent: number): Decoder {
  const name = `decoder/${modality.name}`
  const size = sizeOf(modality.shape)
  switch (modality.kind) {
    case 'image':
      return imageDecoder(context, name, modality.shape, latent)
    case 'curve':
      return denseNetwork(context, name, [latent, 64, 128, size])
    case 'vector':
    case 'embedding':
      return denseNetwork(context, name, [latent, 64, 64, size])
  }
}
