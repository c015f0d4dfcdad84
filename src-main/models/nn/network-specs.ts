/** Encoders and decoders by kind of modality (causal-pima.md section 6), layer by layer; sizes follow the modality's shape. */
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import type { Activation } from '../../compute/layers.ts'
import { sizeOf } from '../../datasets/dataset.ts'
import { type Cost, costOf, type LayerSpec, together } from './layer-specs.ts'

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

/** Dense layers through the given sizes, the last linear; `dense0`, `dense1`, ... below `name`. */
export function denseLayers(name: string, sizes: readonly number[], activation: Activation = 'elu'): LayerSpec[] {
  return sizes.slice(1).map((outputs, i) => ({
    kind: 'dense',
    name: `${name}/dense${i}`,
    inputs: sizes[i]!,
    outputs,
    activation: i + 2 === sizes.length ? 'linear' : activation,
  }))
}

function imageEncoder(name: string, shape: readonly number[], outputs: number): LayerSpec[] {
  const [height = 1, width = 1, depth = 1] = shape
  const sizes = imageStages(height, width)
  const stages = sizes.length - 1
  const [h, w] = sizes.at(-1)!
  return [
    ...Array.from({ length: stages }, (_, stage): LayerSpec => ({
      kind: 'convolution',
      name: `${name}/conv${stage}`,
      size: sizes[stage]!,
      kernel: [3, 3],
      stride: [2, 2],
      inputs: stage === 0 ? depth : channels(stage - 1),
      outputs: channels(stage),
      activation: 'elu',
    })),
    { kind: 'flatten' },
    ...denseLayers(name, [h * w * channels(stages - 1), 128, outputs]),
  ]
}

function imageDecoder(name: string, shape: readonly number[], latent: number): LayerSpec[] {
  const [height = 1, width = 1, depth = 1] = shape
  const sizes = imageStages(height, width)
  const stages = sizes.length - 1
  const [h, w] = sizes.at(-1)!
  const [first, second] = denseLayers(name, [latent, 128, h * w * 64, 0])
  return [
    first!,
    second!,
    { kind: 'reshape', shape: [h, w, 64] },
    ...Array.from({ length: stages }, (_, done): LayerSpec => {
      const stage = stages - 1 - done
      return {
        kind: 'transposed',
        name: `${name}/conv${done}`,
        size: sizes[stage]!,
        kernel: [3, 3],
        stride: [2, 2],
        inputs: done === 0 ? 64 : channels(stage),
        outputs: stage === 0 ? depth : channels(stage - 1),
        activation: stage > 0 ? 'elu' : 'linear',
      }
    }),
  ]
}

function curveEncoder(name: string, points: number, units: number): LayerSpec[] {
  const half = Math.ceil(points / 2)
  const quarter = Math.ceil(half / 2)
  const stage = (index: number, size: number, inputs: number, outputs: number): LayerSpec => ({
    kind: 'convolution',
    name: `${name}/conv${index}`,
    size: [1, size],
    kernel: [1, 5],
    stride: [1, 2],
    inputs,
    outputs,
    activation: 'elu',
  })
  return [
    { kind: 'reshape', shape: [1, points, 1] },
    stage(0, points, 1, 16),
    stage(1, half, 16, 32),
    { kind: 'flatten' },
    ...denseLayers(name, [quarter * 32, 64, units]),
  ]
}

/** Modality to so many numbers. */
export function encoderSpec(modality: Modality, outputs: number): LayerSpec[] {
  const name = `encoder/${modality.name}`
  const size = sizeOf(modality.shape)
  switch (modality.kind) {
    case 'image':
      return imageEncoder(name, modality.shape, outputs)
    case 'curve':
      return curveEncoder(name, size, outputs)
    case 'vector':
    case 'embedding':
      return denseLayers(name, [size, 64, 64, outputs])
  }
}

/** Latent point to the modality's values. */
export function decoderSpec(modality: Modality, latent: number): LayerSpec[] {
  const name = `decoder/${modality.name}`
  const size = sizeOf(modality.shape)
  switch (modality.kind) {
    case 'image':
      return imageDecoder(name, modality.shape, latent)
    case 'curve':
      return denseLayers(name, [latent, 64, 128, size])
    case 'vector':
    case 'embedding':
      return denseLayers(name, [latent, 64, 64, size])
  }
}

/** Of one sample through a modality's encoder and decoder. */
export function networkCost(modality: Modality, latent: number): Cost {
  return together(costOf(encoderSpec(modality, 2 * latent)), costOf(decoderSpec(modality, latent)))
}
